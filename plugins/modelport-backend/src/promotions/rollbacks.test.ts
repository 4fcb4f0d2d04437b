import {
  ADA,
  CREDIT,
  GRACE,
  ROSA,
  signal,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('a rollback', ({ start }) => {
  it('rolls back to what was live before, and says what was live when', async () => {
    const test = await start();
    await test.watch.continueRounds({ signal });
    const before = new Date().toISOString();
    const asked = await test.bring();
    const between = new Date(Date.now() + 1).toISOString();
    const environment = 'production';
    await test.alerts.report({ source: 'fake', name: 'credit' }, 'serving', {
      version: '2',
      severity: 'high',
      findings: [
        {
          feature: 'age',
          statistic: 'psi',
          tool: 'test',
          value: null,
          threshold: null,
          start: between,
          end: between,
          text: 'age drifted',
        },
      ],
    });
    const targets = await test.rollbacks.targets({ ...CREDIT, environment });
    expect(targets).toMatchObject({
      version: '2',
      alerts: [{ severity: 'high', text: 'age drifted' }],
      items: [
        {
          ...{ version: '1', possible: true, alerts: [], monitoredAt: null },
          ...{ decision: 'one', because: null },
        },
      ],
    });
    expect(
      await test.rollbacks.targets({ ...CREDIT, environment, by: ADA }),
    ).toMatchObject({ items: [{ decision: 'quorum', because: 'own-work' }] });
    const back = { ...CREDIT, environment, reason: 'It broke', ticket: null };
    await expect(
      test.rollbacks.request({ ...back, toVersion: '3', by: GRACE }),
    ).rejects.toThrow('none that was live in production by the portal');
    const rolled = await test.rollbacks.request({
      ...back,
      toVersion: '1',
      by: GRACE,
    });
    expect(rolled).toMatchObject({ kind: 'rollback', state: 'live' });
    expect(await test.alias()).toBe('1');
    expect((await test.promotionJudging.current(asked.id)).state).toBe(
      'rolled_back',
    );
    expect(test.told).toContainEqual({
      recipients: expect.objectContaining({ entityRef: [ADA] }),
      title: 'credit version 2 in production: rolled back',
    });

    const liveAt = async (at?: string) =>
      (await test.environments.at({ ...CREDIT, at })).items.find(
        item => item.environment === environment,
      );
    expect(await liveAt()).toMatchObject({
      version: '1',
      promotion: rolled.id,
    });
    await expect(liveAt('2999-01-01T00:00:00Z')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /^at is "2999-01-01T00:00:00.000Z", which is still to come/,
      ),
    });
    expect(await liveAt(between)).toMatchObject({
      version: '2',
      promotion: asked.id,
    });
    expect(await liveAt(before)).toMatchObject({
      status: 'live',
      version: '1',
      since: null,
    });
    expect(await liveAt('2001-01-01T00:00:00Z')).toMatchObject({
      status: 'unknown',
      version: null,
    });
    const { items } = await test.environments.history({
      ...CREDIT,
      environment,
      limit: 10,
    });
    expect(items.map(({ version }) => version)).toEqual(['1', '2', '1']);
  });

  it('takes no more for a rollback than what was brought there before, and more than one where who asks made it', async () => {
    const test = await start();
    await test.watch.continueRounds({ signal });
    const environment = 'production';
    const back = { ...CREDIT, environment, reason: 'r', ticket: null };
    for (const version of ['3', '1']) {
      await test.source.setAlias('credit', 'champion', version, { signal });
      await test.pass();
      await test.watch.continueRounds({ signal });
    }
    // Somebody made it live by hand, and no gate ever judged it.
    await expect(
      test.rollbacks.request({ ...back, toVersion: '3', by: GRACE }),
    ).rejects.toThrow('Ask for its promotion');
    await test.bring();
    expect(await test.alias()).toBe('2');
    const own = await test.rollbacks.request({
      ...back,
      toVersion: '1',
      by: ADA,
    });
    expect(own).toMatchObject({ kind: 'rollback', state: 'requested' });
    await expect(test.decide(own.id, ADA)).rejects.toThrow('own work');
    await test.decide(own.id, GRACE);
    expect((await test.decide(own.id, ROSA)).state).toBe('live');
    expect(await test.alias()).toBe('1');
    // What was gone back from does not come again as a rollback.
    await expect(
      test.rollbacks.request({ ...back, toVersion: '2', by: GRACE }),
    ).rejects.toThrow('no other was');
  });

  it('takes as many to go back as the model asks, and one where no signature tells whether callers go on', async () => {
    const test = await start();
    await test.watch.continueRounds({ signal });
    await test.bring();
    const model = await test.source.getModel('credit', { signal });
    test.source.putModel({
      name: 'credit',
      ...model,
      promotions: { rollback: 'quorum' },
    });
    await test.pass();
    const environment = 'production';
    expect(
      await test.rollbacks.targets({ ...CREDIT, environment }),
    ).toMatchObject({ items: [{ decision: 'quorum', because: 'policy' }] });
    const back = {
      ...CREDIT,
      environment,
      toVersion: '1',
      reason: 'r',
      ticket: null,
      by: GRACE,
    };
    const own = await test.rollbacks.request(back);
    expect(own).toMatchObject({ state: 'requested', decisions: [] });
    await test.promotionReviews.withdraw({ id: own.id, by: GRACE });
    test.source.putModel({ name: 'credit', ...model });
    await test.pass();
    await test.knex('models_versions').where({ version: '1' }).update({
      documents: null,
    });
    expect(await test.rollbacks.request(back)).toMatchObject({
      state: 'live',
      decisions: [{ by: GRACE }],
    });
  });
});
