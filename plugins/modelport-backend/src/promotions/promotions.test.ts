import {
  ADA,
  GRACE,
  RISK,
  ROSA,
  signal,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

const LIMIT = {
  type: 'metric-limit',
  metric: 'roc_auc',
  min: 0.71,
  minimumRows: 0,
};

describePromotions('promotions', ({ start }) => {
  it('take no more than 500 comments', async () => {
    const test = await start();
    const { id } = await test.request();
    const at = '2026-01-01T00:00:00.000Z';
    const said = Array.from({ length: 499 }, (_one, place) => ({
      promotion_id: Number(id),
      by: GRACE,
      text: String(place),
      at,
    }));
    await test.knex.batchInsert('promotions_comments', said, 100);
    const last = { id, by: GRACE, text: 'the last one' };
    await test.promotionReviews.comment(last);
    await expect(test.promotionReviews.comment(last)).rejects.toThrow(
      /has 500 comments already.* Nothing was kept/,
    );
    const comments = await test.promotionComments.of(id);
    expect(comments).toHaveLength(500);
    expect(comments.at(-1)).toMatchObject({ by: GRACE, text: 'the last one' });
  });

  it('brings a version to production by two people, one of the risk group', async () => {
    const test = await start({ config: { gates: [{ id: 'auc', ...LIMIT }] } });
    const asked = await test.request();
    expect(asked).toMatchObject({
      state: 'requested',
      fromVersion: '1',
      riskTier: 'high',
      riskTierConfirmed: false,
      excluded: [{ entityRef: ADA, why: 'requester' }],
    });
    expect(
      asked.requested.gates.map(({ id, outcome }) => [id, outcome]),
    ).toEqual([
      ['auc', 'pass'],
      ['authors', 'pass'],
    ]);
    expect(test.told).toEqual([
      {
        recipients: expect.objectContaining({
          entityRef: [RISK, 'group:default/team-x'],
          excludeEntityRef: [ADA],
        }),
        title: 'credit version 2 asks for production',
      },
    ]);
    const waiting = async (entityRef: string, group: string) =>
      (
        await test.promotions.counts(
          { entityRef, refs: [entityRef, group] },
          undefined,
        )
      ).waitingForMe;
    expect(await waiting(ROSA, RISK)).toBe(1);
    expect(await waiting(GRACE, 'group:default/team-x')).toBe(1);
    expect(await waiting(ADA, 'group:default/team-x')).toBe(0);

    await expect(test.decide(asked.id, ADA)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('nobody decides on their own work'),
    });
    const one = await test.decide(asked.id, GRACE);
    expect(one).toMatchObject({ state: 'in_review', revision: 2 });
    await expect(test.decide(asked.id, GRACE)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('a decision counts once'),
    });
    await expect(
      test.decide(asked.id, ROSA, 'approve', { revision: 1 }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('user:default/grace approved'),
    });
    expect(await test.alias()).toBe('1');

    const live = await test.decide(asked.id, ROSA);
    expect(live).toMatchObject({
      state: 'live',
      execution: { state: 'succeeded' },
    });
    expect(await test.alias()).toBe('2');
    const model = await test.models.get('fake', 'credit', undefined);
    expect(model.environments).toMatchObject([
      { environment: 'production', version: '2' },
    ]);
    await expect(test.decide(asked.id, ROSA)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('is live'),
    });
    expect(await test.audited()).toEqual([
      'promotion.requested',
      'promotion.decision-approve',
      'promotion.decision-approve',
      'promotion.approved',
      'promotion.execution-started',
      'promotion.live',
    ]);
    expect(await test.audit.verify()).toMatchObject({
      ok: true,
      entries: 6,
      firstBroken: null,
    });
    expect(test.told.at(-1)?.title).toBe(
      'credit version 2 in production: live',
    );
  });

  it('tells nobody of what becomes of a model that is gone', async () => {
    let now = new Date();
    const test = await start({ now: () => now });
    const asked = await test.request();
    await test.knex('models_models').update({ retired_at: now.toISOString() });
    const told = test.told.length;
    now = new Date(now.getTime() + 400 * 24 * 3_600_000);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotions.get(asked.id, undefined)).state).toBe(
      'expired',
    );
    expect(test.told).toHaveLength(told);
  });

  it('executes by itself what a low tier lets through, and nothing where a gate fails', async () => {
    const test = await start({
      config: { gates: [{ id: 'auc', ...LIMIT, min: 0.725 }] },
    });
    await test.tier('low');
    const failing = await test.request('2');
    expect(failing.state).toBe('requested');
    expect((await test.request('3')).state).toBe('live');
    expect(await test.alias()).toBe('3');
    const waived = await test.promotionReviews.waive({
      id: failing.id,
      person: ROSA,
      gate: 'auc',
      reason: 'A small sample',
      control: 'A human looks at every refusal',
      expiresAt: new Date(Date.now() + 1_000_000).toISOString(),
      revision: (await test.promotionJudging.current(failing.id)).revision,
    });
    expect(waived.state).toBe('in_review');
  });

  it('refuses what is asked for twice, is live, or is not there', async () => {
    const test = await start();
    await test.request('2');
    await expect(test.request('2')).rejects.toThrow('is asked for');
    await expect(test.request('1')).rejects.toThrow('is live in production');
    await expect(test.request('9')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(test.request('2', ADA, 'moon')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('staging or production'),
    });
    test.source.readOnly = 'It is a copy';
    await expect(test.request('3')).rejects.toThrow('It is a copy');
  });

  it('expires what nobody decides, and waivers whose time is over', async () => {
    let now = new Date();
    const test = await start({
      now: () => now,
      config: { gates: [{ id: 'auc', ...LIMIT, min: 0.9 }] },
    });
    const asked = await test.request('2');
    await test.decide(asked.id, GRACE);
    await test.decide(asked.id, ROSA);
    const { revision } = await test.promotionJudging.current(asked.id);
    const live = await test.promotionReviews.waive({
      id: asked.id,
      person: ROSA,
      gate: 'auc',
      reason: 'r',
      control: 'c',
      expiresAt: new Date(now.getTime() + 86_400_000).toISOString(),
      revision,
    });
    expect(live.state).toBe('live');
    const forgotten = await test.request('3');
    now = new Date(now.getTime() + 40 * 86_400_000);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotionJudging.current(forgotten.id)).state).toBe(
      'expired',
    );
    expect(
      (await test.promotionJudging.current(live.id)).waivers,
    ).toMatchObject([{ gate: 'auc', expiredAt: now.toISOString() }]);
  });

  it('lets nobody close a condition of their own work that is laid on somebody else', async () => {
    const test = await start();
    const asked = await test.request();
    const due = new Date(Date.now() + 1_000_000).toISOString();
    await test.decide(asked.id, GRACE, 'approve', {
      conditions: [
        { text: 'Look at it', owner: ROSA, due },
        { text: 'Watch it', owner: 'group:default/team-x', due },
      ],
    });
    const close = async (condition: string, by: string) =>
      test.promotionReviews.closeCondition({
        id: asked.id,
        condition,
        by,
        comment: 'done',
      });
    await expect(close('1', ADA)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    await close('1', ROSA);
    expect((await close('2', ADA)).conditions).toMatchObject([
      { closedBy: ROSA },
      { closedBy: ADA },
    ]);
  });

  it('withdraws for the requester alone', async () => {
    const test = await start();
    const asked = await test.request();
    await expect(
      test.promotionReviews.withdraw({ id: asked.id, by: GRACE }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await test.promotionReviews.withdraw({ id: asked.id, by: ADA });
    await expect(test.decide(asked.id, GRACE)).rejects.toThrow('is withdrawn');
    expect((await test.request()).id).not.toBe(asked.id);
  });
});
