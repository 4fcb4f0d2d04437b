import { TestDatabases } from '@backstage/backend-test-utils';
import { ID, startAlerts } from './__testUtils__/startAlerts';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('rules on %s', databaseId => {
  it('follow the rules of the model where it has some, which are tried on the past first', async () => {
    const { drift, list, rules } = await startAlerts(
      await databases.init(databaseId),
    );
    await drift(1, 0.1);
    await drift(2, 0.3);
    await drift(3, 0.9);
    await drift(4, 0.05);
    const model = { ...ID, visibility: undefined };
    const item = { id: 'jump', category: 'drift' as const, rise: 2 };
    const preview = await rules.preview(model, [
      item,
      { id: 'often', category: 'drift', threshold: 0.2 },
      { id: 'silence', category: 'missing', afterHours: 48 },
    ]);
    expect(preview).toMatchObject({ version: '1', windows: 4 });
    expect(
      preview.items.map(({ rule, fired }) => [
        rule,
        fired.map(({ start: at }) => at.slice(0, 10)),
      ]),
    ).toEqual([
      ['jump', ['2026-01-02', '2026-01-03']],
      ['often', ['2026-01-02', '2026-01-03']],
      ['silence', ['2026-01-04']],
    ]);
    await rules.put(
      model,
      [{ id: 'low', category: 'drift', threshold: 0.01 }],
      'user:default/ada',
    );
    expect(await rules.get(model, { mayEdit: true })).toMatchObject({
      declaredBy: 'user:default/ada',
      statistics: ['psi'],
      items: [{ id: 'low', threshold: 0.01 }],
    });
    await drift(5, 0.05);
    expect((await list())[0]).toMatchObject({ rule: 'low', state: 'open' });
    await expect(
      rules.put(
        model,
        [{ id: 'x', category: 'drift', actions: ['nothing'] }],
        'user:default/ada',
      ),
    ).rejects.toThrow('There is no action nothing in the config');
    await rules.delete(model);
    expect(await rules.get(model, { mayEdit: true })).toMatchObject({
      declaredBy: null,
    });
  });
});
