import { CREDIT, signal } from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('what serves', ({ start }) => {
  it('keeps what serves beside what is live, and opens an alert where they disagree', async () => {
    let now = new Date();
    const test = await start({ now: () => now });
    const credit = { source: 'fake', name: 'credit' };
    const report = async (items: Array<{ version: string; share: number }>) => {
      await test.observations.put({
        ...credit,
        environment: 'production',
        visibility: undefined,
        by: 'service:serving',
        items,
      });
      const { items: environments } = await test.environments.at(CREDIT);
      return environments.find(
        ({ environment }) => environment === 'production',
      );
    };
    const alerts = async () =>
      (await test.alerts.list({ visibility: undefined, limit: 10 })).items.map(
        ({ version, category, severity, state, findings }) => ({
          version,
          category,
          severity,
          state,
          text: findings[0].text,
        }),
      );
    const agreed = await report([{ version: '1', share: 1 }]);
    expect(agreed).toMatchObject({
      version: '1',
      observed: [{ version: '1', share: 1, lastSeen: now.toISOString() }],
    });
    expect(await alerts()).toEqual([]);

    await report([
      { version: '1', share: 0.75 },
      { version: '3', share: 0.25 },
    ]);
    const model = await test.models.get('fake', 'credit', undefined);
    expect(
      model.environments[0].observed.map(({ version }) => version),
    ).toEqual(['1', '3']);
    // A pass over the registry loses nothing CREDIT it.
    await test.pass();
    expect(
      (await test.models.get('fake', 'credit', undefined)).environments,
    ).toEqual(model.environments);
    expect(await alerts()).toEqual([
      {
        version: '3',
        category: 'serving',
        severity: 'high',
        state: 'open',
        text: 'In production version 3 serves, where the registry says that version 1 is live',
      },
    ]);

    // The same said again is no news.
    now = new Date(now.getTime() + 60_000);
    await report([
      { version: '1', share: 0.7 },
      { version: '3', share: 0.3 },
    ]);
    const [alert] = (
      await test.alerts.list({ visibility: undefined, limit: 10 })
    ).items;
    expect(alert.history.map(({ kind }) => kind)).toEqual(['opened']);

    // Once it is over, nobody has to close what nobody took on.
    now = new Date(now.getTime() + 2 * 3_600_000);
    await test.observations.judgeAll({ signal });
    expect((await alerts()).map(({ state }) => state)).toEqual(['closed']);

    await expect(report([{ version: '9', share: 1 }])).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      report([
        { version: '1', share: 0.9 },
        { version: '2', share: 0.9 },
      ]),
    ).rejects.toThrow('The shares add up to 1.8; expected at most 1');
  });

  it('takes a deployment that follows its registry for no disagreement', async () => {
    let now = new Date();
    const test = await start({ now: () => now });
    await test.tier('low');
    const asked = await test.request();
    expect(asked.state).toBe('live');
    const put = () =>
      test.observations.put({
        source: 'fake',
        name: 'credit',
        environment: 'production',
        visibility: undefined,
        by: 'service:serving',
        items: [{ version: '1', share: 1 }],
      });
    const open = async () =>
      (
        await test.alerts.list({
          visibility: undefined,
          state: 'open',
          limit: 10,
        })
      ).items.map(({ severity }) => severity);
    await put();
    expect(await open()).toEqual([]);
    now = new Date(now.getTime() + 11 * 60_000);
    await put();
    expect(await open()).toEqual(['medium']);
  });
});
