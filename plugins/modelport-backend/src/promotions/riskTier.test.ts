import {
  ADA,
  GRACE,
  PEOPLE,
  RISK,
  ROSA,
  signal,
  testSource,
  user,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('the risk tier', ({ start }) => {
  it('brings its quorum and gates where it is raised in review', async () => {
    const test = await start({
      config: {
        approvals: { medium: { approvals: 2 } },
        gates: [
          {
            id: 'high-only',
            type: 'metric-limit',
            metric: 'roc_auc',
            min: 0.71,
            minimumRows: 0,
            tiers: ['high'],
          },
        ],
      },
    });
    await test.tier('medium');
    const asked = await test.request();
    await test.decide(asked.id, 'user:default/nobody');
    await test.tier('high');
    const after = await test.decide(asked.id, GRACE).catch(error => error);
    expect(after).toMatchObject({
      state: 'in_review',
      riskTier: 'high',
      policy: {
        approvals: {
          approvals: 2,
          differentGroups: true,
          oneFrom: ['group:default/model-risk'],
        },
      },
    });
    const { now } = await test.promotionJudging.current(asked.id);
    expect(now?.gates.map(({ id }) => id)).toEqual(['high-only', 'authors']);
    expect((await test.decide(asked.id, ROSA)).state).toBe('live');
  });

  it('is lowered by the risk groups alone, and by nobody of what they made, whoever owns it', async () => {
    const test = await start({
      people: [
        ...PEOPLE.filter(
          ({ metadata }) => !['ada', 'grace'].includes(metadata.name),
        ),
        user('olga', 'elsewhere'),
        user('ada', 'team-x', 'model-risk'),
        user('grace', 'team-x', 'model-risk'),
      ],
    });
    const of = { source: 'fake', name: 'credit' };
    await test.knex('models_models').update({ owner: null });
    const lower = async (by: string) =>
      test.models.confirmRiskTier({
        ...of,
        visibility: undefined,
        tier: 'medium',
        comment: 'as agreed',
        by,
        ownershipRefs: [by],
        whyNotLower: () => test.loweredTiers.whyNot(of, by),
      });
    await expect(lower('user:default/olga')).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: `Only ${RISK} may lower a risk tier. The tier stays high.`,
    });
    await expect(lower(ADA)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('as ada@example.org'),
    });
    await test.push(
      'commits',
      {
        to: 'abc',
        commits: [{ id: 'abc', author: { email: 'grace@example.org' } }],
      },
      'service:ci',
      '3',
    );
    await expect(lower(GRACE)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    expect((await lower(ROSA)).riskTier).toBe('medium');
  });

  it('is lowered by nobody of what belongs to nobody and was made by somebody unknown', async () => {
    const test = await start({ source: testSource('somebody') });
    const of = { source: 'fake', name: 'credit' };
    const why = async () => test.loweredTiers.whyNot(of, ROSA);
    expect(await why()).toBeUndefined();
    await test.knex('models_models').update({ owner: null });
    expect(await why()).toContain('nobody can tell whose model it is');
  });

  it('is proposed by what an author writes of it, also on the way, and no more', async () => {
    const source = testSource();
    const test = await start({ source });
    const asked = await test.request();
    await test.decide(asked.id, GRACE);
    const model = await source.getModel('credit', { signal });
    source.putModel({
      ...model,
      name: 'credit',
      tags: { ...model?.tags, risk_tier: 'low' },
    });
    await test.pass();
    expect(await test.models.get('fake', 'credit', undefined)).toMatchObject({
      riskTier: 'high',
      riskTierProposed: 'low',
      riskTierConfirmed: null,
    });
    const later = await test.promotionJudging.current(asked.id);
    expect(later).toMatchObject({
      state: 'in_review',
      riskTier: 'high',
      policy: { approvals: { approvals: 2 } },
    });
    await test.promotionReviews.withdraw({ id: asked.id, by: ADA });
    const anew = await test.request();
    expect(anew).toMatchObject({
      state: 'requested',
      riskTier: 'high',
      policy: { approvals: { approvals: 2, oneFrom: [RISK] } },
    });
  });
});
