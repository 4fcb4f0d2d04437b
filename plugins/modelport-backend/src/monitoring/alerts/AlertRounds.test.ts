import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ADA,
  CREATED,
  DAY,
  ID,
  VERSION,
  startAlerts,
} from './__testUtils__/startAlerts';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('alerts on %s', databaseId => {
  it('end where another version takes the place of theirs', async () => {
    const { drift, list, rounds, registry, source } = await startAlerts(
      await databases.init(databaseId),
    );
    await drift(1, 0.5);
    await drift(2, 0.5);
    expect(await list()).toMatchObject([{ state: 'open', version: '1' }]);
    await rounds.closeReplaced(ID);
    expect(await list()).toMatchObject([{ state: 'open' }]);
    source.putVersion({
      model: 'credit',
      version: '2',
      createdAt: CREATED + 86_400_000,
    });
    const { signal } = new AbortController();
    const versions = await source.listVersions({ signal });
    await registry.ingest.versions.take(source, versions.items, { signal });
    const { items } = await source.listModels({ signal });
    await registry.ingest.models.take('fake', items);
    await rounds.closeReplaced(ID);
    expect(await list()).toMatchObject([
      {
        state: 'closed',
        closed: {
          by: null,
          cause: 'Version 1 is no longer in use; version 2 is.',
        },
      },
    ]);
  });

  it('open after as many windows in a row as the rule says, once, and tell the owner', async () => {
    const { drift, list, notifications, events } = await startAlerts(
      await databases.init(databaseId),
    );
    await drift(1, 0.5);
    expect(await list()).toEqual([]);
    await drift(2, 0.1);
    await drift(3, 0.5);
    expect(await list()).toEqual([]);
    await drift(4, 0.6);
    expect(await list()).toMatchObject([
      {
        ...ID,
        version: '1',
        category: 'drift',
        severity: 'medium',
        state: 'open',
        rule: 'drift',
        findings: [{ feature: 'age', value: 0.6, threshold: 0.2 }],
      },
    ]);
    await drift(5, 0.7);
    const [alert, ...others] = await list();
    expect(others).toEqual([]);
    expect(alert.findings).toMatchObject([{ value: 0.7 }]);
    expect(alert.history.map(({ kind }) => kind)).toEqual([
      'opened',
      'changed',
    ]);
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(notifications.send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: 'group:default/team-x' },
      payload: expect.objectContaining({
        link: '/catalog/default/resource/credit/monitoring',
        topic: 'alerts',
      }),
    });
    expect(events.publish).toHaveBeenCalledWith(
      expect.objectContaining({ topic: 'modelport.alerts' }),
    );
  });

  it('are told to the owner where events can not be told of them, and the failure is logged', async () => {
    const { drift, list, notifications, events, logger } = await startAlerts(
      await databases.init(databaseId),
      { rules: [{ id: 'any', category: 'drift' }] },
    );
    events.publish.mockRejectedValueOnce(new Error('The bus is full'));
    await drift(1, 0.5);
    expect(await list()).toHaveLength(1);
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('The bus is full'),
    );
  });

  it('on data end with a check that found nothing, which counts as a report that came', async () => {
    const { finding, put, list, rounds, clock } = await startAlerts(
      await databases.init(databaseId),
      {
        rules: [
          { id: 'data', category: 'data' },
          { id: 'silence', category: 'missing' },
        ],
      },
    );
    clock.now = Date.UTC(2026, 0, 4);
    await finding(1);
    await finding(2);
    expect(await list()).toMatchObject([{ category: 'data', state: 'open' }]);
    await put('drift', 3, { figures: [], findings: [] });
    expect(await list()).toMatchObject([{ category: 'data', state: 'closed' }]);
    clock.now = Date.UTC(2026, 0, 5, 12);
    await rounds.lookForMissing({ signal: new AbortController().signal });
    expect(await list()).toHaveLength(1);
    clock.now = Date.UTC(2026, 0, 6, 12);
    await rounds.lookForMissing({ signal: new AbortController().signal });
    expect(await list()).toMatchObject([
      { category: 'missing', state: 'open' },
      { category: 'data' },
    ]);
  });

  it('group what moved together, and end by themselves where nobody took them on', async () => {
    const { drift, list } = await startAlerts(
      await databases.init(databaseId),
      {
        rules: [{ id: 'any', category: 'drift' }],
      },
    );
    await drift(1, 0.5, 'age');
    await drift(1, 0.5, 'income');
    expect(await list()).toMatchObject([
      { findings: [{ feature: 'age' }, { feature: 'income' }] },
    ]);
    await drift(2, 0.1, 'age');
    await drift(2, 0.1, 'income');
    const [alert] = await list();
    expect(alert).toMatchObject({ state: 'closed', closed: { by: null } });
    await drift(3, 0.5, 'age');
    expect(await list()).toHaveLength(2);
  });

  it('miss reports without any rule, each model in its turn, until somebody closes that', async () => {
    const { drift, list, clock, service, rounds, rules } = await startAlerts(
      await databases.init(databaseId),
      {
        missing: true,
      },
    );
    await drift(8, 0.01);
    await drift(9, 0.01);
    const { signal } = new AbortController();
    clock.now = Date.UTC(2026, 0, 13);
    await rounds.lookForMissing({ signal });
    const [{ id, rule, category }] = await list();
    expect({ rule, category }).toEqual({
      rule: 'missing',
      category: 'missing',
    });
    await service.close(
      id,
      ADA,
      { cause: 'Switched off', followUp: 'None' },
      undefined,
    );
    await rounds.lookForMissing({ signal });
    expect(await list()).toHaveLength(1);
    await drift(12, 0.01);
    clock.now = Date.UTC(2026, 0, 17);
    await rounds.lookForMissing({ signal });
    expect(await list()).toHaveLength(2);
    const model = { ...ID, visibility: undefined };
    expect((await rules.get(model, { mayEdit: true })).items).toContainEqual(
      expect.objectContaining({ id: 'missing', afterHours: null }),
    );
  });

  it('judge performance when its labels are in, however long after its window', async () => {
    const { put, drift, list } = await startAlerts(
      await databases.init(databaseId),
    );
    const auc = (day: number, labelled: number) =>
      put('performance', day, {
        figures: [
          {
            metric: 'auc',
            kind: 'realised',
            value: 0.5,
            lowerThreshold: 0.8,
            labelled,
          },
        ],
      });
    for (let day = 1; day <= 9; day++) {
      await drift(day, 0.01);
      await auc(day, day === 1 ? 0.9 : 0.1);
    }
    expect(await list()).toEqual([]);
    await auc(1, 1);
    expect(await list()).toMatchObject([
      {
        category: 'performance',
        severity: 'high',
        findings: [{ start: '2026-01-01T00:00:00.000Z' }],
      },
    ]);
  });

  it('see own thresholds, jumps, and reports that stopped coming', async () => {
    const { drift, list, clock, rounds } = await startAlerts(
      await databases.init(databaseId),
      {
        rules: [
          { id: 'own', category: 'drift', feature: 'age', threshold: 0.05 },
          { id: 'jump', category: 'drift', feature: 'income', rise: 3 },
          { id: 'silence', category: 'missing', afterHours: 48, model: 'cr*' },
          { id: 'others', category: 'missing', afterHours: 1, model: 'x*' },
        ],
      },
    );
    await drift(8, 0.01, 'income');
    await drift(9, 0.02, 'income');
    expect(await list()).toEqual([]);
    await drift(9, 0.06, 'age');
    expect(await list()).toMatchObject([
      { rule: 'own', findings: [{ feature: 'age' }] },
    ]);
    await drift(10, 0.07, 'income');
    const signal = new AbortController().signal;
    clock.now = Date.UTC(2026, 0, 12);
    await rounds.lookForMissing({ signal });
    expect((await list()).map(({ category }) => category)).toEqual(['drift']);
    clock.now += 2 * DAY;
    await rounds.lookForMissing({ signal });
    const [missing, moved] = await list();
    expect(missing).toMatchObject({ category: 'missing', rule: 'silence' });
    expect(moved.findings.map(({ feature }) => feature)).toEqual([
      'age',
      'income',
    ]);
    await drift(14, 0.01, 'income');
    expect((await list())[0]).toMatchObject({
      category: 'missing',
      state: 'closed',
    });
  });

  it('of a version that is not in use are none', async () => {
    const { rounds, list } = await startAlerts(
      await databases.init(databaseId),
    );
    await rounds.evaluate({ ...VERSION, version: '0' });
    expect(await list()).toEqual([]);
  });
});
