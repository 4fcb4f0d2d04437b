import {
  ADA,
  CREDIT,
  GRACE,
  ROSA,
  signal,
  testSource,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('what moves behind the portal', ({ start }) => {
  it('sees what was moved at the registry behind its back', async () => {
    const test = await start();
    await test.watch.continueRounds({ signal });
    const asked = await test.bring();
    await test.watch.continueRounds({ signal });
    expect(await test.audited()).not.toContain(
      'environment.moved-behind-portal',
    );
    await test.source.setAlias('credit', 'champion', '3', { signal });
    await test.pass();
    await test.watch.continueRounds({ signal });
    const { items } = await test.environments.at(CREDIT);
    expect(items[1]).toMatchObject({ version: '3', behindPortal: true });
    expect(
      (await test.promotionJudging.current(asked.id)).movedElsewhere,
    ).toEqual({
      at: expect.any(String),
      version: '3',
    });
    expect(await test.audited()).toContain('environment.moved-behind-portal');
    expect(test.told).toContainEqual({
      recipients: expect.objectContaining({ entityRef: [ADA, GRACE, ROSA] }),
      title: 'Somebody changed production of credit at the registry',
    });
  });

  it('compares with what was taken away there, until it is known again', async () => {
    const test = await start({
      config: {
        gates: [{ id: 'signature', type: 'signature-compatible' }],
      },
    });
    await test.watch.continueRounds({ signal });
    const { aliases: _none, ...model } = {
      ...(await test.source.getModel('credit', { signal })),
    };
    test.source.putModel({ ...model, name: 'credit', aliases: {} });
    for (const looks of [0, 1]) {
      await test.pass();
      if (looks > 0) {
        await test.watch.continueRounds({ signal });
      }
      const { gates } = await test.promotionRequests.preview({
        ...{ ...CREDIT, version: '2', environment: 'production' },
        requestedBy: ADA,
      });
      expect(gates[0]).toMatchObject({
        outcome: 'unknown',
        message: expect.stringContaining(
          'version 1 was live, and was taken away at the registry',
        ),
      });
    }
  });

  it('takes a version that is read after the model for no move', async () => {
    const source = testSource();
    const model = await source.getModel('credit', { signal });
    source.putModel({ ...model, name: 'credit', aliases: { champion: '4' } });
    const test = await start({ source });
    await test.watch.continueRounds({ signal });
    source.putVersion({ model: 'credit', version: '4' });
    await test.pass();
    await test.watch.continueRounds({ signal });
    expect(await test.audited()).not.toContain(
      'environment.moved-behind-portal',
    );
    const { items } = await test.environments.at(CREDIT);
    expect(items[1]).toMatchObject({ version: '4', behindPortal: false });
  });
});
