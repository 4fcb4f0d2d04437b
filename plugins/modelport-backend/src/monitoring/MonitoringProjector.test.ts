import { TestDatabases } from '@backstage/backend-test-utils';
import { day, OF, psi, startMonitoring } from './__testUtils__/startMonitoring';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'what documents say on %s',
  databaseId => {
    it('puts what no column holds into no series, says so, and goes on with the rest', async () => {
      const { service, put } = await startMonitoring(
        await databases.init(databaseId),
      );
      await put(psi(1, 0.01, { bins: 2 ** 40 }));
      await put(
        {
          window: day(1),
          figures: [
            {
              metric: 'auc',
              kind: 'estimated',
              method: 'x'.repeat(400),
              value: 1,
            },
          ],
        },
        { kind: 'performance' },
      );
      await put(psi(3, 0.03));
      const { series, unplaced } = await service.get(OF);
      expect(series.map(({ feature }) => feature)).toEqual(['age']);
      expect(unplaced.map(({ reason }) => reason).sort()).toEqual([
        expect.stringContaining('bins'),
        expect.stringContaining('method'),
      ]);
    });

    it('takes windows late, twice and out of order; of the same window the newer document counts', async () => {
      const { service, put, refresh } = await startMonitoring(
        await databases.init(databaseId),
      );
      await put(psi(3, 0.03));
      await put(psi(1, 0.01), { id: 3 });
      await put(psi(1, 0.99), { id: 2 });
      await refresh();
      const { series } = await service.get(OF);
      expect(
        series[0].points.map(({ start: at, value }) => [at, value]),
      ).toEqual([
        [day(1).start, 0.01],
        [day(3).start, 0.03],
      ]);
    });

    it('keeps windows that overlap beside each other', async () => {
      const { service, put, driftOfModel } = await startMonitoring(
        await databases.init(databaseId),
      );
      const month = { start: day(1).start, end: day(29).start };
      await put({ ...psi(1, 0.5), window: month });
      await put(psi(28, 0.01));
      const { series } = await service.get(OF);
      expect(
        series[0].points.map(({ start: from, end, value }) => [
          from,
          end,
          value,
        ]),
      ).toEqual([
        [month.start, month.end, 0.5],
        [day(28).start, day(28).end, 0.01],
      ]);
      expect((await service.heatMap(OF)).windows).toEqual([month, day(28)]);
      expect(await driftOfModel()).toBe('none');
    });

    it('says of a window that was computed anew what is so now, and nothing else', async () => {
      const { service, put, driftOfModel } = await startMonitoring(
        await databases.init(databaseId),
      );
      const finding = { feature: 'age', check: 'type', message: 'No numbers' };
      await put({ ...psi(1, 0.5), findings: [finding] });
      const of = { by: 'modelport:monitor' };
      await put({ ...psi(2, 0.5), findings: [finding] }, of);
      await put(
        {
          ...psi(2, 0.1),
          figures: [
            ...psi(2, 0.1).figures,
            { feature: 'x', statistic: 'psi', value: 1 },
          ],
        },
        of,
      );
      await put(psi(2, 0.05), of);
      const { series, integrity } = await service.get(OF);
      expect(
        series.map(({ feature, points }) => [
          feature,
          points.map(({ value }) => value),
        ]),
      ).toEqual([['age', [0.5, 0.05]]]);
      // What others say of a window is a part of it.
      expect(integrity.map(({ start: at }) => at)).toEqual([day(1).start]);
      expect(await driftOfModel()).toBe('none');
    });

    it('says again what was so before a change that was taken back', async () => {
      const { service, put, countAgain, driftOfModel } = await startMonitoring(
        await databases.init(databaseId),
      );
      const of = { by: 'modelport:monitor' };
      const values = async () =>
        (await service.get(OF)).series.map(({ feature, points }) => [
          feature,
          points.map(({ value }) => value),
        ]);
      await put(psi(1, 0.1), of);
      await put(psi(1, 0.5, { feature: 'income' }), of);
      await put(psi(1, 0.6), of);
      expect(await values()).toEqual([['age', [0.6]]]);
      await countAgain('d1');
      await countAgain('d1');
      expect(await values()).toEqual([['age', [0.1]]]);
      expect(await driftOfModel()).toBe('none');
      await countAgain('d2');
      expect(await values()).toEqual([['income', [0.5]]]);
      expect(await driftOfModel()).toBe('warning');
      await put(psi(1, 0.7), of);
      expect(await values()).toEqual([['age', [0.7]]]);
    });

    it('comes back from the evidence after all of it was lost', async () => {
      const { service, put, knex, refresh } = await startMonitoring(
        await databases.init(databaseId),
      );
      await put(psi(1, 0.3));
      await put(psi(1, 0.4));
      await put(
        { figures: [{ metric: 'auc', kind: 'realised', value: 0.9 }] },
        { kind: 'performance' },
      );
      const before = await service.get(OF);
      for (const table of ['points', 'series', 'documents']) {
        await knex(`monitoring_${table}`).delete();
      }
      expect((await service.get(OF)).series).toEqual([]);
      await refresh();
      expect(await service.get(OF)).toEqual(before);
    });

    it('names evidence without a window', async () => {
      const { service, put } = await startMonitoring(
        await databases.init(databaseId),
      );
      await put({ ...psi(1, 0.3), window: null });
      const { series, unplaced } = await service.get(OF);
      expect(series).toEqual([]);
      expect(unplaced).toEqual([
        {
          digest: 'd1',
          kind: 'drift',
          reason: expect.stringMatching(/nothing of the time/),
        },
      ]);
    });
  },
);
