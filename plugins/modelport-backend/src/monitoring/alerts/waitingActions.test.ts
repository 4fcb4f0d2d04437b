import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ADA,
  CREATED,
  DAY,
  ID,
  SECRET,
  startAlerts,
} from './__testUtils__/startAlerts';
import { Receiver, startReceiver } from './__testUtils__/startReceiver';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('alerts on %s', databaseId => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  describe('where something is wrong with the data', () => {
    const config = () => ({
      rules: [
        { id: 'drift', category: 'drift', actions: ['retrain'] },
        { id: 'data', category: 'data' },
      ],
      actions: [
        { id: 'retrain', type: 'webhook', url: receiver.url, secret: SECRET },
      ],
    });
    const figures = (value: number) => [
      {
        feature: 'age',
        statistic: 'psi',
        value,
        threshold: 0.2,
        direction: 'above' as const,
      },
    ];
    const findings = [
      { feature: 'age', check: 'completeness', message: 'Half' },
    ];

    it('start nothing until that is over, and then once', async () => {
      const { put, list } = await startAlerts(
        await databases.init(databaseId),
        config(),
      );
      const retraining = async () =>
        (await list()).find(one => one.category === 'drift')?.actions;
      await put('drift', 1, { figures: figures(3), findings });
      await put('drift', 2, { figures: figures(3), findings });
      expect(receiver.received).toEqual([]);
      expect(await retraining()).toMatchObject([
        {
          state: 'waiting',
          message: expect.stringContaining('bad data start nothing'),
        },
      ]);
      await put('drift', 3, { figures: figures(3) });
      await put('drift', 4, { figures: figures(3) });
      expect(receiver.received).toHaveLength(1);
      expect(await retraining()).toMatchObject([
        { state: 'started', message: null },
      ]);
    });

    it('wait no longer for one whose data are fine again but who took it on has not closed it', async () => {
      const { put, list, service } = await startAlerts(
        await databases.init(databaseId),
        config(),
      );
      await put('drift', 1, { figures: figures(3), findings });
      const dataAlert = async () => {
        const found = (await list()).find(one => one.category === 'data');
        return found!;
      };
      const { id } = await dataAlert();
      await service.acknowledge(id, ADA, { reason: 'Asked' }, undefined);
      await put('drift', 2, { figures: figures(3), findings });
      expect(receiver.received).toEqual([]);
      await put('drift', 3, { figures: figures(3) });
      await put('drift', 4, { figures: figures(3) });
      expect(receiver.received).toHaveLength(1);
      const { state, history } = await dataAlert();
      expect(state).toBe('acknowledged');
      expect(history.filter(one => one.kind === 'recovered')).toHaveLength(1);
    });

    it('start what waited when somebody closes it, but not for what ended before', async () => {
      const { put, list, service } = await startAlerts(
        await databases.init(databaseId),
        config(),
      );
      await put('drift', 1, { figures: figures(3), findings });
      const [data, drift] = [...(await list())].sort((a, b) =>
        a.category < b.category ? -1 : 1,
      );
      await service.close(
        drift.id,
        ADA,
        { cause: 'Known', followUp: 'None' },
        undefined,
      );
      await service.close(
        data.id,
        ADA,
        { cause: 'Repaired', followUp: 'None' },
        undefined,
      );
      expect(receiver.received).toEqual([]);
      expect(
        (await list()).find(one => one.category === 'drift')?.actions,
      ).toMatchObject([{ state: 'skipped' }]);
    });

    it('are left out at once where their alert ended, or another version came in its place', async () => {
      const { put, list, service, rounds, registry, source } =
        await startAlerts(await databases.init(databaseId), config());
      const { signal } = new AbortController();
      const ofDrift = async () =>
        (await list()).filter(one => one.category === 'drift');
      await put('drift', 1, { figures: figures(3), findings });
      const [first] = await ofDrift();
      await service.close(
        first.id,
        ADA,
        { cause: 'Known', followUp: 'None' },
        undefined,
      );
      await rounds.continueActions({ signal });
      expect((await ofDrift())[0].actions).toMatchObject([
        { state: 'skipped', message: expect.stringContaining('ended before') },
      ]);

      await put('drift', 2, { figures: figures(4), findings });
      const [second] = await ofDrift();
      expect(second.actions).toMatchObject([{ state: 'waiting' }]);
      await service.acknowledge(second.id, ADA, { reason: 'Mine' }, undefined);
      source.putVersion({
        model: 'credit',
        version: '2',
        createdAt: CREATED + DAY,
      });
      const versions = await source.listVersions({ signal });
      await registry.ingest.versions.take(source, versions.items, { signal });
      const { items } = await source.listModels({ signal });
      await registry.ingest.models.take('fake', items);
      await rounds.closeReplaced(ID);
      await rounds.continueActions({ signal });
      expect((await ofDrift())[0]).toMatchObject({
        state: 'acknowledged',
        actions: [
          {
            state: 'skipped',
            message: 'Version 1 is no longer in use; version 2 is.',
          },
        ],
      });
      expect(receiver.received).toEqual([]);
    });
  });
});
