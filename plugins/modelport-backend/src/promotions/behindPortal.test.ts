import {
  CREDIT,
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
