import { mockServices } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { newExecution } from './executionRules';
import { PromotionNews } from './PromotionNews';
import { ConditionRecord, PromotionRecord } from './PromotionRecord';

const ADA = 'user:default/ada';
const ROSA = 'user:default/rosa';
const AT = '2026-05-01T00:00:00.000Z';

const condition: ConditionRecord = {
  id: '1',
  text: 'Watch it weekly',
  owner: ADA,
  due: '2026-08-01T00:00:00.000Z',
  by: ROSA,
  closedAt: null,
  closedBy: null,
  closingComment: null,
};

const live: PromotionRecord = {
  id: '7',
  revision: 3,
  kind: 'promotion',
  state: 'live',
  requestedBy: ADA,
  requestedAt: AT,
  updatedAt: AT,
  expiresAt: AT,
  reason: 'It is better',
  ticket: null,
  source: 'demo',
  name: 'credit',
  version: '2',
  versionCreatedAt: null,
  environment: 'production',
  fromVersion: '1',
  owner: null,
  task: null,
  riskTier: 'low',
  riskTierConfirmed: true,
  policy: {
    environment: 'production',
    alias: 'champion',
    gates: [],
    approvals: { approvals: 1, differentGroups: false, oneFrom: [] },
    riskGroups: ['group:default/risk'],
    rollback: 'one',
    expireAfterDays: 20,
    waiverMaximumDays: 10,
    authorsWaivable: true,
  },
  policyDigest: '',
  requested: { at: AT, gates: [], evidence: [] },
  now: null,
  changedAtRevision: null,
  excluded: [],
  decisions: [],
  waivers: [],
  conditions: [condition],
  execution: newExecution('1'),
  log: [],
  movedElsewhere: null,
};

async function toldOf(
  before: PromotionRecord,
  after: PromotionRecord,
  by?: PromotionRecord,
) {
  const sent: NotificationSendOptions[] = [];
  await new PromotionNews({
    models: {
      lookUp: async () =>
        new Map([
          ['credit', { entityRef: 'resource:default/credit', owner: null }],
        ]),
    },
    notifications: {
      send: async message => {
        sent.push(message);
      },
    },
    signals: { publish: async () => {} },
    people: { deputiesOf: () => [] },
    logger: mockServices.logger.mock(),
  }).tell(before, after, by);
  return sent.map(({ recipients, payload: { title, description } }) => ({
    to: 'entityRef' in recipients ? recipients.entityRef : null,
    title,
    description,
  }));
}

it('tells who set a condition that somebody else closed it', async () => {
  const closed = (closedBy: string): PromotionRecord => ({
    ...live,
    conditions: [
      { ...condition, closedAt: AT, closedBy, closingComment: 'Dashboard 4' },
    ],
  });
  expect(await toldOf(live, closed(ADA))).toEqual([
    {
      to: [ROSA],
      title: 'Your condition on credit version 2 in production was closed',
      description: 'ada closed “Watch it weekly”: Dashboard 4',
    },
  ]);
  expect(await toldOf(live, closed(ROSA))).toEqual([]);
  expect(await toldOf(closed(ADA), closed(ADA))).toEqual([]);
});

it('tells who owes a condition of it, unless it is who set it, in no longer title than is kept', async () => {
  const name = 'n'.repeat(300);
  const owed = { ...live, name, conditions: [condition] };
  const [told] = await toldOf({ ...live, name, conditions: [] }, owed);
  expect(told).toMatchObject({
    to: [condition.owner],
    description: expect.stringContaining('“Watch it weekly”, due on '),
  });
  expect(told.title).toHaveLength(200);
});

it('tells who brought a version that somebody moved it away, once', async () => {
  const moved = { ...live, movedElsewhere: { at: AT, version: '1' } };
  const [told, ...others] = await toldOf(live, moved);
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    title: 'Somebody changed production of credit at the registry',
    description:
      'Without a promotion, version 1 is live there instead of version 2.',
  });
  expect(await toldOf(moved, moved)).toEqual([]);
});

it('gives changed evidence another title than a request', async () => {
  const open: PromotionRecord = { ...live, state: 'in_review' };
  const [told] = await toldOf(open, { ...open, changedAtRevision: 3 });
  expect(told.title).toBe(
    'The evidence of credit version 2 for production changed',
  );
});

describe('what became of it', () => {
  const GRACE = 'user:default/grace';
  const decision = {
    decision: 'approve' as const,
    comment: null,
    at: AT,
    groups: [],
    allGroups: [],
    revision: 1,
  };
  const open: PromotionRecord = {
    ...live,
    state: 'in_review',
    conditions: [],
    decisions: [
      { ...decision, by: GRACE },
      { ...decision, by: 'user:default/vera', decision: 'recuse' },
    ],
    policy: { ...live.policy, riskGroups: [] },
  };

  it('is told of a refusal to who asked and who decided, with why, but not to who refused', async () => {
    const refused: PromotionRecord = {
      ...open,
      state: 'refused',
      decisions: [
        ...open.decisions,
        { ...decision, by: ROSA, decision: 'refuse', comment: 'Too noisy' },
      ],
    };
    expect(await toldOf(open, refused)).toEqual([
      {
        to: [ADA, GRACE],
        title: 'credit version 2 in production: refused',
        description: 'rosa refused it: Too noisy',
      },
    ]);
  });

  it('is told of a withdrawal to who decided alone', async () => {
    const [told, ...more] = await toldOf(open, { ...open, state: 'withdrawn' });
    expect(told.to).toEqual([GRACE]);
    expect(more).toEqual([]);
  });

  it('is told once that it is live to a person who asked for it and decided', async () => {
    const executing: PromotionRecord = {
      ...open,
      state: 'executing',
      decisions: [...open.decisions, { ...decision, by: ADA }],
    };
    const told = await toldOf(executing, { ...executing, state: 'live' });
    expect(told.map(({ to }) => to)).toEqual([[ADA, GRACE]]);
  });

  it('is told to who asked when somebody rolls it back, with why', async () => {
    const back: PromotionRecord = {
      ...live,
      id: '8',
      kind: 'rollback',
      version: '1',
      requestedBy: ROSA,
      reason: 'It broke',
    };
    const rolledBack: PromotionRecord = { ...live, state: 'rolled_back' };
    expect(await toldOf(live, rolledBack, back)).toEqual([
      {
        to: [ADA],
        title: 'credit version 2 in production: rolled back',
        description: 'rosa brought version 1 back: It broke',
      },
    ]);
    expect(
      await toldOf(live, rolledBack, { ...back, requestedBy: ADA }),
    ).toEqual([]);
  });
});
