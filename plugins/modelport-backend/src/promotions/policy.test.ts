import {
  ADA,
  GRACE,
  ROSA,
  signal,
  TestPromotions,
  testSource,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';
import { PromotionRecord } from './PromotionRecord';
import { toPromotion } from './toPromotion';

const LIMIT = {
  type: 'metric-limit',
  metric: 'roc_auc',
  min: 0.71,
  minimumRows: 0,
};

describePromotions('the policy of a promotion', ({ start }) => {
  it('is the one that it was requested under, and the promotion says that it has changed', async () => {
    const test = await start();
    const asked = await test.request();
    const isChanged = (backend: TestPromotions, record: PromotionRecord) =>
      toPromotion(record, {
        at: record.requestedAt,
        policyDigest: backend.drafts.policyDigestToday(record),
        actions: null,
        reach: null,
        changedMeasurements: null,
        comments: null,
      }).policy.changed;
    expect(isChanged(test, asked)).toBe(false);
    // The same portal after a start with another config.
    const changed = await start(
      {
        source: test.source,
        config: {
          approvals: { high: { approvals: 1, differentGroups: false } },
          gates: [{ id: 'auc', ...LIMIT, min: 0.9 }],
        },
      },
      test.knex,
    );
    const later = await changed.promotionJudging.current(asked.id);
    expect(later.policy).toEqual(asked.policy);
    expect(isChanged(changed, later)).toBe(true);
    expect((await changed.decide(asked.id, ROSA)).state).toBe('in_review');
    expect((await changed.decide(asked.id, GRACE)).state).toBe('live');
  });

  it('is not less strict where the risk tier gets lower in review', async () => {
    const test = await start();
    const asked = await test.request();
    await test.tier('low');
    const later = await test.promotionJudging.current(asked.id);
    expect(later.policy).toEqual(asked.policy);
    expect(later.riskTier).toBe('high');
    expect((await test.decide(asked.id, GRACE)).state).toBe('in_review');
  });

  it('takes what a model asks of itself where that is stricter, and blocks where it can not be read', async () => {
    const source = testSource();
    const model = await source.getModel('credit', { signal });
    source.putModel({
      name: 'credit',
      ...model,
      // As a file has it: every scalar is text.
      promotions: {
        approvals: { medium: { approvals: '3' }, high: { approvals: '1' } },
        environments: {
          production: { gates: [{ id: 'auc', ...LIMIT, min: '0.9' }] },
        },
      },
    });
    const test = await start({ source });
    const asked = await test.request('2');
    expect(asked.policy.approvals.approvals).toBe(2);
    expect(asked.requested.gates[0]).toMatchObject({
      id: 'model.auc',
      outcome: 'fail',
    });
    await test.tier('medium');
    const medium = await test.request('3');
    expect(medium.policy.approvals.approvals).toBe(3);
    source.putModel({
      ...model,
      name: 'credit',
      promotions: { rollback: 'one' },
    });
    await test.pass();
    await test.promotionReviews.withdraw({ id: asked.id, by: ADA });
    const broken = await test.request('2');
    expect(broken.requested.gates.at(-1)).toMatchObject({
      id: 'model-rules',
      outcome: 'unknown',
      blocking: true,
    });
    await test.pass();
    const changes = (
      await test.audit.list({
        action: 'policy.model-changed',
        visibility: undefined,
        limit: 10,
      })
    ).items;
    expect(changes).toMatchObject([
      {
        actor: 'source:fake',
        name: 'credit',
        detail: {
          before: { approvals: { medium: { approvals: '3' } } },
          now: { rollback: 'one' },
        },
      },
      { detail: { before: null } },
    ]);
  });
});
