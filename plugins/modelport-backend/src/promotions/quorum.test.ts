import { quorumOf, whyNotCounted } from './quorum';
import { DecisionRecord, PromotionRecord } from './PromotionRecord';

type Counted = Parameters<typeof quorumOf>[0];

function given(people: Record<string, string[]>, approvals = 2) {
  return quorumOf(recordOf(people, approvals));
}

function recordOf(people: Record<string, string[]>, approvals = 2): Counted {
  const decisions = Object.entries(people).map(
    ([by, groups]): DecisionRecord => ({
      by,
      decision: 'approve',
      comment: null,
      at: '2030-01-01T00:00:00Z',
      groups,
      allGroups: groups,
      revision: 1,
    }),
  );
  return {
    kind: 'promotion',
    state: 'in_review',
    requested: { at: '2030-01-01T00:00:00Z', gates: [], evidence: [] },
    now: null,
    owner: null,
    excluded: [],
    changedAtRevision: null,
    decisions,
    policy: policyOf(approvals),
  };
}

function policyOf(approvals: number): PromotionRecord['policy'] {
  return {
    environment: 'production',
    alias: 'champion',
    gates: [],
    approvals: { approvals, differentGroups: true, oneFrom: [] },
    riskGroups: [],
    rollback: 'one',
    expireAfterDays: 30,
    waiverMaximumDays: 30,
    authorsWaivable: true,
  };
}

describe('different groups', () => {
  it('are no groups of which exactly the same people approve', () => {
    expect(given({ ada: ['a', 'b'], bob: ['b', 'a'] })).toMatchObject({
      given: 1,
      met: false,
    });
    expect(
      given({ ada: ['a', 'b'], bob: ['b', 'a'], cleo: ['c'] }, 3),
    ).toMatchObject({ given: 2, met: false });
  });

  it('are those of people of whom one is of a group that the other is not of', () => {
    expect(given({ ada: ['a'], bob: ['a', 'b'] }).met).toBe(true);
    expect(given({ ada: ['a'], bob: ['a'] }).met).toBe(false);
    expect(given({ ada: ['a'], bob: [] }).met).toBe(false);
  });
});

it('says of every approval that does not count why', () => {
  const record: Counted = {
    ...recordOf({ ada: ['a'], bob: ['a'], cleo: ['b'], dan: ['c'] }),
    excluded: [{ entityRef: 'cleo', why: 'committer' }],
    changedAtRevision: 2,
  };
  const [ada, bob, cleo, dan] = record.decisions.map((decision, place) => ({
    ...decision,
    revision: place === 3 ? 1 : 2,
  }));
  const decisions = [ada, bob, cleo, dan];
  expect(decisions.map(whyNotCounted({ ...record, decisions }))).toEqual([
    null,
    'same-groups',
    'own-work',
    'changed',
  ]);
});
