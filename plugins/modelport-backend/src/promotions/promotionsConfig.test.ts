import { generateKeyPairSync } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import { RiskTier } from '@modelport/plugin-modelport-common';
import { readModelportConfig } from '../config';
import { modelRulesSchema, policyOf, stricter } from './promotionsConfig';
import { readModelRules } from './readModelRules';

const KEY = generateKeyPairSync('ed25519')
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

const read = (promotions: object) =>
  readModelportConfig(new ConfigReader({ modelport: { promotions } }))
    .promotions;
const policy = (
  promotions: object,
  riskTier: RiskTier = 'high',
  task: string | null = 'binary',
) =>
  policyOf(read(promotions), {
    environment: { name: 'production', alias: 'champion' },
    model: { source: 'demo', name: 'credit', task, riskTier },
  });
const gate = (id: string, more: object = {}) => ({
  id,
  type: 'card-complete',
  ...more,
});

describe('the policy of promotions', () => {
  it.each([
    ['low', { approvals: 0, differentGroups: false, oneFrom: [] }],
    ['medium', { approvals: 1, differentGroups: false, oneFrom: [] }],
    [
      'high',
      {
        approvals: 2,
        differentGroups: true,
        oneFrom: ['group:default/model-risk'],
      },
    ],
  ] as const)(
    'asks at %s risk for %p unless told otherwise',
    (tier, expected) => {
      expect(policy({ riskGroups: ['model-risk'] }, tier)).toMatchObject({
        approvals: expected,
        rollback: 'one',
        expireAfterDays: 30,
        waiverMaximumDays: 90,
      });
    },
  );

  it('lets an environment say otherwise', () => {
    const promotions = {
      approvals: { high: { approvals: 3 } },
      gates: [gate('card'), gate('other', { tiers: ['low'] })],
      environments: {
        production: {
          approvals: { high: { differentGroups: false } },
          gates: [gate('card', { minimum: 0.5 }), gate('more')],
          rollback: 'quorum',
        },
      },
    };
    expect(policy(promotions)).toMatchObject({
      approvals: { approvals: 3, differentGroups: false },
      gates: [{ id: 'card', minimum: 0.5 }, { id: 'more' }],
      rollback: 'quorum',
    });
  });

  it('holds gates for some models only', () => {
    const only = [
      { sources: ['demo'] },
      { names: ['cre*'] },
      { tasks: ['regression'] },
      { sources: ['mlflow*'] },
    ];
    expect(
      policy({
        gates: only.map((some, index) => gate(`g${index}`, { only: some })),
      }).gates.map(({ id }) => id),
    ).toEqual(['g0', 'g1']);
    const tasks = gate('g', { only: { tasks: ['regression'] } });
    expect(policy({ gates: [tasks] }, 'high', null).gates).toHaveLength(1);
  });

  it('gets stricter by what a model asks, and never less strict', () => {
    const portal = policy({ riskGroups: ['model-risk', 'audit'] });
    const rules = (own: object) => modelRulesSchema.parse(own);
    const result = (own: object) =>
      stricter(portal, rules(own), 'high').approvals;
    expect(result({ approvals: { high: { approvals: 1 } } })).toEqual(
      portal.approvals,
    );
    expect(result({ approvals: { high: { differentGroups: false } } })).toEqual(
      portal.approvals,
    );
    expect(
      result({
        approvals: { high: { approvals: 4, oneFrom: ['audit', 'other'] } },
      }),
    ).toEqual({
      approvals: 4,
      differentGroups: true,
      oneFrom: ['group:default/audit'],
    });
    expect(
      result({ approvals: { high: { oneFrom: ['friends'] } } }).oneFrom,
    ).toEqual(portal.approvals.oneFrom);
    expect(
      stricter(portal, rules({ gates: [gate('card')] }), 'high').gates,
    ).toMatchObject([{ id: 'model.card' }]);
  });

  it('knows the ways into an environment, and lets a model narrow them', () => {
    expect(policy({})).not.toHaveProperty('rollouts');
    const portal = policy({
      rollouts: [{ kind: 'shadow' }],
      environments: {
        production: {
          rollouts: [
            {
              kind: 'canary',
              steps: [{ percent: 5, for: { hours: 1 } }, { percent: 50 }],
              next: 'automatic',
              abortOn: [{ type: 'alert' }],
            },
            { kind: 'direct' },
            { kind: 'ab', only: { sources: ['mlflow*'] } },
          ],
        },
      },
    });
    const canary = {
      kind: 'canary',
      next: 'automatic',
      steps: [
        { percent: 5, mode: 'live', holdMs: 3_600_000 },
        { percent: 50, mode: 'live', holdMs: 0 },
      ],
      abortOn: [{ type: 'alert', severity: 'high', of: 'version' }],
    };
    expect(portal.rollouts).toEqual([canary, { kind: 'direct' }]);
    const own = (rollout: object) =>
      stricter(portal, modelRulesSchema.parse({ rollout }), 'high').rollouts;
    expect(
      own({
        only: ['canary'],
        minimum: { minutes: 30 },
        next: 'manual',
        abortOn: [{ type: 'objective', objective: 'latency' }],
      }),
    ).toEqual([
      {
        ...canary,
        next: 'manual',
        steps: [canary.steps[0], { ...canary.steps[1], holdMs: 1_800_000 }],
        abortOn: [
          ...canary.abortOn,
          { type: 'objective', objective: 'latency' },
        ],
      },
    ]);
    // What the policy does not allow is no way around it.
    expect(own({ only: ['ab'] })).toEqual(portal.rollouts);
  });

  it('says what of a model’s rules can not be read', () => {
    expect(readModelRules(undefined)).toEqual({ rules: undefined });
    expect(
      readModelRules({ approvals: { high: { approvals: 'many' } } }),
    ).toMatchObject({ problem: expect.stringContaining('approvals') });
  });

  it.each([
    [{ riskGroups: [''] }, 'riskGroups.0'],
    [{ approvals: { high: { approvals: -1 } } }, 'approvals.high.approvals'],
    [{ gates: [{ id: 'a', type: 'none' }] }, 'gates.0'],
    [{ gates: [gate('a'), gate('a')] }, 'gates'],
    [{ gates: [gate('a b')] }, 'gates.0.id'],
    [{ expireAfter: {} }, 'expireAfter'],
    [{ rollback: 'all' }, 'rollback'],
    [{ rollouts: [] }, 'rollouts'],
    [{ rollouts: [{ kind: 'canary', steps: [] }] }, 'rollouts.0.steps'],
    [
      {
        rollouts: [
          { kind: 'canary', steps: [{ percent: 50 }, { percent: 10 }] },
        ],
      },
      'rollouts.0.steps',
    ],
    [{ rollouts: [{ kind: 'ab', percent: 100 }] }, 'rollouts.0.percent'],
    [
      { rollouts: [{ kind: 'shadow', abortOn: [{ type: 'other' }] }] },
      'rollouts.0.abortOn.0',
    ],
    [{ other: 1 }, 'modelport.promotions'],
  ])('refuses %j', (promotions, path) => {
    expect(() => read(promotions)).toThrow(path);
  });

  it.each([
    [{ signingKey: 'x' }, 'modelport.audit.signingKey'],
    [{ heads: { file: 'heads.ndjson' } }, 'modelport.audit.heads.file'],
    [{ heads: { s3: { bucket: 'heads' } } }, 'modelport.audit.heads.s3'],
    [{ signingKey: KEY, heads: { s3: {} } }, 'modelport.audit.heads.s3.bucket'],
  ])('refuses audit %j', (audit, path) => {
    expect(() =>
      readModelportConfig(new ConfigReader({ modelport: { audit } })),
    ).toThrow(path);
  });
});
