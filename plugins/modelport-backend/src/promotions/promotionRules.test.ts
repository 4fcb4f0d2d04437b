import fc from 'fast-check';
import {
  claim,
  fail,
  finish,
  mayClaim,
  newExecution,
  retry,
} from './executionRules';
import { JudgedGate, Judgement, PromotionRecord } from './PromotionRecord';
import { decide, expire, withdraw } from './promotionRules';
import { raisedPolicy } from './promotionsConfig';
import { KnownNow, raiseTier, rejudge } from './rejudge';
import { settle, settleUnseen } from './revise';
import { expireWaivers, waive } from './waiverRules';
import {
  blockingGates,
  countingApprovals,
  isOutdated,
  quorumOf,
  requiredApprovals,
} from './quorum';
import {
  abort,
  goOn,
  heldUntil,
  isHeld,
  restored,
  sharesAt,
  stepLive,
} from './rollout/rolloutRules';

const PEOPLE = [
  { entityRef: 'ada', groups: ['a'], allGroups: ['a', 'all'], deputyFor: [] },
  { entityRef: 'bob', groups: ['a'], allGroups: ['a', 'all'], deputyFor: [] },
  {
    entityRef: 'cleo',
    groups: ['a', 'b'],
    allGroups: ['a', 'b', 'all'],
    deputyFor: [],
  },
  {
    entityRef: 'rosa',
    groups: ['risk'],
    allGroups: ['risk', 'all'],
    deputyFor: [],
  },
  { entityRef: 'nobody', groups: [], allGroups: [], deputyFor: [] },
].map(person => ({ ...person, isKnown: true }));
const START = Date.parse('2030-01-01T00:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const timeOf = (day: number) => new Date(START + day * DAY).toISOString();

function gate(
  id: string,
  outcome: JudgedGate['outcome'],
  waivable = true,
): JudgedGate {
  return {
    id,
    type: 'tests',
    title: id,
    outcome,
    waivable,
    blocking: true,
    value: null,
    lower: null,
    upper: null,
    threshold: null,
    message: '',
    evidence: [],
    producer: null,
    producedAt: null,
  };
}

function promotion(options: {
  approvals: number;
  differentGroups: boolean;
  oneFrom: string[];
  gates: JudgedGate[];
  /** Days that each step of a canary holds; all at once where there are none. */
  holds?: number[];
}): PromotionRecord {
  return {
    id: '1',
    revision: 1,
    kind: 'promotion',
    state: 'requested',
    requestedBy: 'ada',
    requestedAt: timeOf(0),
    updatedAt: timeOf(0),
    expiresAt: timeOf(20),
    reason: '',
    ticket: null,
    source: 's',
    name: 'm',
    version: '2',
    versionCreatedAt: null,
    environment: 'production',
    fromVersion: '1',
    owner: 'a',
    task: null,
    riskTier: 'high',
    riskTierConfirmed: true,
    policy: {
      environment: 'production',
      alias: 'champion',
      gates: [],
      approvals: options,
      riskGroups: ['risk'],
      rollback: 'one',
      expireAfterDays: 20,
      waiverMaximumDays: 10,
      authorsWaivable: true,
    },
    policyDigest: '',
    requested: { at: timeOf(0), gates: options.gates, evidence: [] },
    now: null,
    changedAtRevision: null,
    excluded: [{ entityRef: 'ada', why: 'requester' }],
    decisions: [],
    waivers: [],
    conditions: [],
    execution: newExecution('1'),
    ...(options.holds?.length && {
      rollout: {
        kind: 'canary',
        next: 'manual',
        steps: options.holds.map((days, index) => ({
          percent: (index + 1) * 20,
          mode: 'live',
          holdMs: days * DAY,
        })),
        abortOn: [],
        step: 0,
        go: 1,
        expected: [],
        since: null,
        abort: null,
        problem: null,
      },
    }),
    log: [],
    movedElsewhere: null,
  };
}

/** What is known of a promotion by now, where the model has the owner that it had. */
function knownNow(
  judgement: Judgement,
  excluded: KnownNow['excluded'] = [],
): KnownNow {
  return { judgement, excluded, owner: 'a' };
}

const outcome = fc.constantFrom<JudgedGate['outcome']>(
  'pass',
  'pass',
  'pass',
  'fail',
  'unknown',
);
const gates = fc
  .tuple(outcome, outcome, fc.boolean())
  .map(([a, b, waivable]) => [gate('one', a), gate('two', b, waivable)]);
const person = fc.constantFrom(...PEOPLE);
const stale = fc.integer({ min: 0, max: 9 }).map(n => n === 0);

const operation = fc.oneof(
  fc.record({
    type: fc.constant('decide' as const),
    person,
    decision: fc.constantFrom(
      'approve' as const,
      'approve' as const,
      'approve' as const,
      'approve' as const,
      'recuse' as const,
      'refuse' as const,
    ),
    stale,
  }),
  fc.record({
    type: fc.constant('waive' as const),
    person,
    gate: fc.constantFrom('one', 'two', 'three'),
    days: fc.integer({ min: -1, max: 12 }),
    stale,
  }),
  fc.record({ type: fc.constant('withdraw' as const), person }),
  {
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      days: fc.integer({ min: 1, max: 8 }),
    }),
    weight: 3,
  },
  fc.record({ type: fc.constant('evidence' as const), gates }),
  fc.record({
    type: fc.constant('raise' as const),
    approvals: fc.record({
      approvals: fc.integer({ min: 0, max: 3 }),
      differentGroups: fc.boolean(),
      oneFrom: fc.constantFrom<string[]>([], ['risk']),
    }),
  }),
  {
    arbitrary: fc.record({
      type: fc.constant('execute' as const),
      works: fc.boolean(),
    }),
    weight: 3,
  },
  fc.record({ type: fc.constant('retry' as const), person }),
  fc.record({ type: fc.constant('next' as const), person }),
  {
    arbitrary: fc.record({ type: fc.constant('abort' as const), person }),
    weight: 2,
  },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Does what may be done; what is refused leaves everything as it is. */
function apply(
  before: PromotionRecord,
  op: Operation,
  at: string,
  day: number,
): PromotionRecord {
  const revision = (isStale: boolean) =>
    isStale ? before.revision - 1 : before.revision;
  switch (op.type) {
    case 'decide':
      return decide(before, {
        person: op.person,
        decision: op.decision,
        comment: null,
        conditions: [],
        revision: revision(op.stale),
        at,
      });
    case 'waive':
      return waive(before, {
        person: op.person,
        gate: op.gate,
        reason: 'r',
        control: 'c',
        expiresAt: timeOf(day + op.days),
        revision: revision(op.stale),
        at,
      });
    case 'withdraw':
      return withdraw(before, { by: op.person.entityRef, at });
    case 'wait':
      return expire(expireWaivers(before, at), at);
    case 'evidence':
      return before.state === 'failed'
        ? before
        : settleUnseen(
            rejudge(before, knownNow({ at, gates: op.gates, evidence: [] })),
            at,
          );
    case 'raise':
      return raiseTier(
        before,
        {
          riskTier: 'high',
          riskTierConfirmed: true,
          policy: raisedPolicy(before.policy, {
            ...before.policy,
            approvals: op.approvals,
          }),
          policyDigest: 'raised',
        },
        at,
      );
    case 'execute': {
      if (!mayClaim(before, 'h', at)) {
        throw new Error('nothing to execute');
      }
      const claimed = claim(before, { holder: 'h', until: at, at });
      const { rollout } = claimed;
      if (!op.works) {
        return fail(claimed, { step: 'check', message: 'no', at });
      }
      if (rollout?.abort) {
        return restored(claimed, at);
      }
      return rollout && rollout.step < rollout.steps.length
        ? stepLive(claimed, { step: rollout.step + 1, at })
        : finish(claimed, at);
    }
    case 'next':
      return goOn(before, { by: op.person.entityRef, at });
    case 'abort':
      return abort(before, { by: op.person.entityRef, reason: 'r', at });
    default:
      return retry(before, { by: op.person.entityRef, expected: '1', at });
  }
}

const NEXT: Record<string, string[]> = {
  requested: ['in_review', 'approved', 'refused', 'withdrawn', 'expired'],
  in_review: ['approved', 'refused', 'withdrawn', 'expired'],
  approved: ['executing', 'live', 'failed', 'rolled_back', 'withdrawn'],
  executing: ['live', 'failed', 'rolled_back'],
  failed: ['approved'],
};

/** What must hold whatever is done in whatever order. */
function check(
  before: PromotionRecord,
  after: PromotionRecord,
  op: Operation,
  at: string,
): void {
  if (before.state !== after.state) {
    expect(NEXT[before.state] ?? []).toContain(after.state);
  }
  expect(after.revision).toBeGreaterThanOrEqual(before.revision);
  if (JSON.stringify(after.decisions) !== JSON.stringify(before.decisions)) {
    expect(after.revision).toBeGreaterThan(before.revision);
  }
  expect(after.requested).toBe(before.requested);
  checkPolicy(before, after, op);
  const deciders = after.decisions
    .filter(decision => !isOutdated(after, decision))
    .map(({ by }) => by);
  expect(new Set(deciders).size).toBe(deciders.length);
  const own = after.decisions.filter(({ by }) => by === 'ada');
  expect(own.every(({ decision }) => decision === 'recuse')).toBe(true);
  expect(after.waivers.every(({ by }) => by !== 'ada')).toBe(true);
  for (const waiver of after.waivers) {
    const length = Date.parse(waiver.expiresAt) - Date.parse(waiver.at);
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(10 * DAY);
  }
  if (after.state === 'approved') {
    const approvers = countingApprovals(after);
    if (op.type === 'evidence' && before.state !== 'approved') {
      expect(requiredApprovals(after)).toBe(0);
    }
    // What goes back to the version before takes no approval.
    if (!after.rollout?.abort) {
      const { differentGroups, oneFrom } = after.policy.approvals;
      const required = requiredApprovals(after);
      expect(approvers.length).toBeGreaterThanOrEqual(required);
      if (before.state !== 'approved') {
        expect(quorumOf(after).met).toBe(true);
        expect(blockingGates(after, at)).toEqual([]);
        expect(before.expiresAt > at).toBe(true);
      }
      if (differentGroups) {
        expect(
          new Set(approvers.flatMap(({ groups }) => groups)).size,
        ).toBeGreaterThanOrEqual(required);
      }
      if (oneFrom.length > 0 && required > 0) {
        expect(approvers.some(({ by }) => by === 'rosa')).toBe(true);
      }
    }
    expect(after.decisions.some(({ decision }) => decision === 'refuse')).toBe(
      false,
    );
  }
  checkRollout(before, after, at);
  if ('stale' in op && op.stale) {
    expect(after).toBe(before);
  }
}

/** What must hold of the policy: it is kept, unless a raised tier makes it stricter, after which all approve anew. */
function checkPolicy(
  before: PromotionRecord,
  after: PromotionRecord,
  op: Operation,
): void {
  if (op.type !== 'raise' || after === before) {
    expect(after.policy).toBe(before.policy);
    return;
  }
  expect(['requested', 'in_review', 'failed']).toContain(before.state);
  expect(after.state).toBe(before.state);
  const [old, raised] = [before.policy.approvals, after.policy.approvals];
  expect(raised.approvals).toBeGreaterThanOrEqual(old.approvals);
  expect(raised.differentGroups || !old.differentGroups).toBe(true);
  expect(raised.oneFrom).toEqual(expect.arrayContaining(old.oneFrom));
  expect(countingApprovals(after)).toEqual([]);
}

/** What must hold of a promotion that goes by steps. */
function checkRollout(
  before: PromotionRecord,
  after: PromotionRecord,
  at: string,
): void {
  const [old, rollout] = [before.rollout, after.rollout];
  if (!old || !rollout) {
    expect(rollout).toBe(old);
    return;
  }
  // One after the other, and each once.
  expect([0, 1]).toContain(rollout.step - old.step);
  expect([0, 1]).toContain(rollout.go - old.go);
  expect(rollout.step).toBeLessThanOrEqual(rollout.go);
  expect(rollout.go).toBeLessThanOrEqual(rollout.steps.length + 1);
  if (rollout.go > old.go) {
    // Only from a step that has held its time, and that the registry was read back for.
    expect(old.step).toBe(old.go);
    expect(before.state).toBe('executing');
    expect(String(heldUntil(old)) <= at).toBe(true);
  }
  if (rollout.step > old.step) {
    expect(rollout.abort).toBeNull();
    expect(isHeld(after)).toBe(true);
    expect(mayClaim(after, 'h', at)).toBe(false);
    const live = sharesAt(after, rollout.step)
      .filter(({ mode }) => mode === 'live')
      .reduce((sum, { percent }) => sum + percent, 0);
    expect(live).toBe(100);
  }
  if (after.state === 'live') {
    expect(rollout.step).toBe(rollout.steps.length);
    expect(rollout.go).toBe(rollout.steps.length + 1);
    expect(rollout.abort).toBeNull();
  }
  if (old.abort) {
    expect(rollout.abort).toBe(old.abort);
    expect(rollout.step).toBe(old.step);
  }
  if (after.state === 'rolled_back') {
    expect(rollout.abort).not.toBeNull();
  }
}

const RUNS = 5_000;

type Start = Parameters<typeof promotion>[0];

/** One way into each state, so that no chance decides whether a state was reached. */
const WAYS: Array<[Start, Operation[]]> = (() => {
  const start = (approvals: number, holds: number[] = []): Start => ({
    approvals,
    differentGroups: false,
    oneFrom: [],
    gates: [gate('one', 'pass'), gate('two', 'pass')],
    holds,
  });
  const [ada, bob] = PEOPLE;
  const judge: Operation = { type: 'evidence', gates: start(0).gates };
  const wait: Operation = { type: 'wait', days: 8 };
  const works: Operation = { type: 'execute', works: true };
  const decides = (decision: 'approve' | 'refuse'): Operation => ({
    type: 'decide',
    person: bob,
    decision,
    stale: false,
  });
  return [
    [start(0), [judge, works]],
    [start(0), [judge, { type: 'execute', works: false }]],
    [start(0, [1]), [judge, works, { type: 'abort', person: ada }, works]],
    [start(2), [decides('approve'), { type: 'withdraw', person: ada }]],
    [start(2), [decides('refuse')]],
    [start(2), [judge, wait, wait, wait]],
  ];
})();

describe('the life of a promotion', () => {
  it(`keeps its invariants in ${RUNS} generated sequences`, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.record({
          approvals: fc.integer({ min: 0, max: 3 }),
          differentGroups: fc.boolean(),
          oneFrom: fc.constantFrom<string[]>([], ['risk']),
          gates,
          holds: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
        }),
        fc.array(operation, { minLength: 1, maxLength: 40 }),
        (start, operations) => {
          let current = promotion(start);
          let day = 0;
          for (const op of operations) {
            day += op.type === 'wait' ? op.days : 0;
            const at = timeOf(day + 0.25);
            let next: PromotionRecord;
            try {
              next = apply(current, op, at, day + 0.25);
            } catch {
              next = current;
            }
            check(current, next, op, at);
            current = next;
            seen.add(current.state);
          }
        },
      ),
      { numRuns: RUNS, examples: WAYS },
    );
    // The sequences reach every state that these rules know.
    expect([...seen].sort()).toEqual([
      'approved',
      'executing',
      'expired',
      'failed',
      'in_review',
      'live',
      'refused',
      'requested',
      'rolled_back',
      'withdrawn',
    ]);
  });

  const passing = { gates: [gate('one', 'pass')] };
  const high = { approvals: 2, differentGroups: true, oneFrom: ['risk'] };
  const approve = (by: PromotionRecord, who: number) =>
    decide(by, {
      person: PEOPLE[who],
      decision: 'approve',
      comment: null,
      conditions: [],
      revision: by.revision,
      at: timeOf(1),
    });

  it('counts a group once where groups must differ', () => {
    const one = approve(promotion({ ...high, ...passing }), 1);
    expect(quorumOf(one)).toMatchObject({ given: 1, waitingFor: ['risk'] });
    const two = approve(one, 2);
    expect(quorumOf(two)).toMatchObject({ given: 1, met: false });
    expect(approve(two, 3).state).toBe('approved');
  });

  it('waits for the named group even where the number is reached', () => {
    const two = approve(approve(promotion({ ...high, ...passing }), 1), 2);
    expect(two.state).toBe('in_review');
    expect(quorumOf(two).waitingFor).toEqual(['risk']);
  });

  it('does not count who is in no group where groups must differ', () => {
    const one = approve(promotion({ ...high, ...passing }), 4);
    expect(quorumOf(one).given).toBe(0);
  });

  it('waits for a waiver where all have approved and a gate fails', () => {
    const failing = promotion({ ...high, gates: [gate('one', 'fail')] });
    const both = approve(approve(failing, 1), 3);
    expect(both.state).toBe('in_review');
    const waived = waive(both, {
      person: PEOPLE[3],
      gate: 'one',
      reason: 'r',
      control: 'c',
      expiresAt: timeOf(5),
      revision: both.revision,
      at: timeOf(1),
    });
    expect(waived.state).toBe('approved');
  });

  const judged = (...of: JudgedGate[]) =>
    knownNow({ at: timeOf(2), gates: of, evidence: [] });

  it('counts no approval of what was judged before, and asks for it anew', () => {
    const one = approve(promotion({ ...high, ...passing }), 1);
    const again = rejudge(one, judged({ ...gate('one', 'pass'), value: 2 }));
    expect(quorumOf(again).given).toBe(0);
    expect(approve(again, 3).state).toBe('in_review');
    expect(approve(approve(again, 3), 1).state).toBe('approved');
    const failing = promotion({ ...high, gates: [gate('one', 'fail')] });
    const both = approve(approve(failing, 1), 3);
    const passes = rejudge(both, judged(gate('one', 'pass')));
    expect(settleUnseen(passes, timeOf(2)).state).toBe('in_review');
  });

  it('counts no approval of who is known to have made it by now, and says so', () => {
    const one = approve(promotion({ ...high, ...passing }), 1);
    const known = rejudge(
      one,
      knownNow(one.requested, [{ entityRef: 'bob', why: 'committer' }]),
    );
    expect(quorumOf(known)).toMatchObject({ given: 0, met: false });
    expect(known.log.at(-1)?.what).toBe(
      'It is known by now that bob is its committer; the approval of bob counts no more',
    );
    expect(approve(known, 3).state).toBe('in_review');
  });

  it('waives a gate as it came out, and not what becomes of it', () => {
    const waived = waive(promotion({ ...high, gates: [gate('one', 'fail')] }), {
      person: PEOPLE[3],
      gate: 'one',
      reason: 'r',
      control: 'c',
      expiresAt: timeOf(5),
      revision: 1,
      at: timeOf(1),
    });
    expect(blockingGates(waived, timeOf(2))).toEqual([]);
    const worse = rejudge(
      waived,
      judged({ ...gate('one', 'fail'), value: 0.01 }),
    );
    expect(blockingGates(worse, timeOf(2))).toHaveLength(1);
    expect(worse.log.at(-1)?.what).toContain('waiver of one');
    // Another gate changes nothing of it.
    const other = rejudge(
      waived,
      judged(gate('one', 'fail'), gate('two', 'pass')),
    );
    expect(blockingGates(other, timeOf(2))).toEqual([]);
  });

  it('executes nothing again that would not be approved any more', () => {
    const both = approve(approve(promotion({ ...high, ...passing }), 1), 3);
    const failed = fail(
      claim(both, { holder: 'h', until: '', at: timeOf(1) }),
      {
        step: 'check',
        message: 'no',
        at: timeOf(1),
      },
    );
    const again = (of: PromotionRecord, day: number) =>
      retry(of, { by: 'ada', expected: null, at: timeOf(day) }).state;
    expect(again(failed, 2)).toBe('approved');
    expect(() => again(failed, 21)).toThrow('expired');
    expect(() =>
      again(rejudge(failed, judged(gate('one', 'fail'))), 2),
    ).toThrow('one does not pass');
    const changed = judged({ ...gate('one', 'pass'), value: 2 });
    expect(() => again(rejudge(failed, changed), 2)).toThrow(
      '0 of 2 approvals',
    );
  });

  it('says what changed to who looked at an older revision', () => {
    const one = approve(promotion({ ...high, ...passing }), 1);
    expect(() =>
      decide(one, {
        person: PEOPLE[3],
        decision: 'approve',
        comment: null,
        conditions: [],
        revision: 1,
        at: timeOf(1),
      }),
    ).toThrow(/revision 1 .* at 2 by now: bob approved/);
  });

  it('takes an automatic one for decided by somebody once a gate was waived', () => {
    const low = promotion({
      approvals: 0,
      differentGroups: false,
      oneFrom: [],
      gates: [gate('one', 'fail')],
    });
    expect(settle(low, timeOf(0)).state).toBe('requested');
    expect(quorumOf(low).required).toBe(1);
  });
});
