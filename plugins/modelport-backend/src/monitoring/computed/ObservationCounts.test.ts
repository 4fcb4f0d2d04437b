import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ADA,
  CREATED,
  DAY,
  DEFINITION,
  ID,
  OF,
  rowAt,
  startMonitors,
} from './__testUtils__/startMonitors';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'rows that are sent on %s',
  databaseId => {
    it('count rows in the window of their time, whatever order they come in, and each batch once', async () => {
      const { monitors, observations, pushed, signal } = await startMonitors(
        await databases.init(databaseId),
      );
      const sent = { rows: [rowAt('2026-02-09T10:00:00Z')] };
      await expect(
        observations.take({ ...OF, version: '9' }, sent),
      ).rejects.toThrow('no version "9"');
      await expect(observations.take(OF, sent)).rejects.toThrow(
        'has no monitor',
      );
      await monitors.declare(ID, DEFINITION, 'user:default/ada');
      await expect(
        observations.take(OF, { rows: [rowAt('2026-02-09T10:00:00Z')] }),
      ).rejects.toThrow('was not read yet');
      await monitors.continueRound({ signal });

      const late = {
        id: 'late',
        rows: [
          rowAt('2026-02-01T23:59:59Z', { age: 70, kind: 'c', score: 0.9 }),
          rowAt('2026-02-02T00:00:00Z', { age: 'a secret' }),
          { age: 1, kind: 'a' },
        ],
      };
      const first = await observations.take(OF, {
        rows: [rowAt('2026-02-09T10:00:00Z', { score: 0.2, label: 0 })],
      });
      expect(first).toEqual({
        rows: 1,
        labels: 0,
        withoutTime: 0,
        notTaken: [],
        repeated: false,
        windows: [
          {
            start: '2026-02-09T00:00:00.000Z',
            end: '2026-02-10T00:00:00.000Z',
          },
        ],
      });
      expect(await observations.take(OF, late)).toMatchObject({
        rows: 2,
        withoutTime: 1,
        repeated: false,
      });
      expect(await observations.take(OF, late)).toMatchObject({
        rows: 0,
        repeated: true,
      });
      await observations.take(OF, {
        rows: [rowAt('2026-02-01T08:00:00Z', { age: null })],
      });
      await observations.publish({ signal });
      const profiles = pushed.filter(({ kind }) => kind === 'profile');
      expect(
        profiles.map(({ body }) => body.window).sort(byStart),
      ).toMatchObject([
        { start: '2026-02-01T00:00:00.000Z' },
        { start: '2026-02-02T00:00:00.000Z' },
        { start: '2026-02-09T00:00:00.000Z' },
      ]);
      const [{ body }] = profiles.sort((a, b) =>
        byStart(a.body.window, b.body.window),
      );
      expect(body.columns).toMatchObject([
        { feature: 'age', n: 1, missing: 1, outside: 1, counts: [0, 0, 1] },
        { feature: 'kind', n: 2, unseen: 1, counts: [1, 0, 1] },
      ]);
      expect(JSON.stringify(pushed)).not.toContain('a secret');

      const before = pushed.length;
      await observations.publish({ signal });
      expect(pushed).toHaveLength(before);
    });

    it('are forgotten some time after the last rows of their windows, of which nothing is counted any more', async () => {
      const { monitors, observations, pushed, clock, knex, ...rest } =
        await startMonitors(await databases.init(databaseId));
      await monitors.declare(ID, DEFINITION, ADA);
      await monitors.continueRound(rest);
      const batch = { id: 'old', rows: [rowAt('2026-02-01T10:00:00Z')] };
      await observations.take(OF, batch);
      await observations.publish(rest);
      const kept = async () => [
        (await knex('monitoring_counts').whereNotNull('counts')).length,
        (await knex('monitoring_batches')).length,
      ];
      clock.now += 90 * DAY;
      await observations.forgetOld();
      expect(await kept()).toEqual([1, 1]);
      clock.now += 11 * DAY;
      await observations.forgetOld();
      expect(await kept()).toEqual([0, 0]);
      const before = pushed.length;
      expect(await observations.take(OF, batch)).toMatchObject({
        rows: 0,
        notTaken: [
          {
            what: 'row',
            count: 1,
            reason: expect.stringContaining('were forgotten'),
          },
        ],
      });
      await observations.publish(rest);
      expect(pushed).toHaveLength(before);
      expect(await kept()).toEqual([0, 1]);

      // Rows as old of a window that nobody sent rows for are new.
      expect(
        await observations.take(OF, { rows: [rowAt('2026-01-31T10:00:00Z')] }),
      ).toMatchObject({ rows: 1, notTaken: [] });
      await observations.forgetOld();
      await observations.publish(rest);
      await observations.forgetOld();
      expect(pushed.length).toBeGreaterThan(before);
      expect(await kept()).toEqual([1, 1]);
    });

    it('go on with others where a version is gone, and refuse rows of too many times', async () => {
      const { monitors, observations, source, registry, gone, pushed, signal } =
        await startMonitors(await databases.init(databaseId));
      source.putVersion({ model: 'credit', version: '2', createdAt: CREATED });
      const versions = await source.listVersions({ signal });
      await registry.ingest.versions.take(source, versions.items, { signal });
      await monitors.declare(ID, DEFINITION, 'user:default/ada');
      await monitors.continueRound({ signal });
      const rows = [rowAt('2026-02-01T10:00:00Z')];
      await observations.take(OF, { rows });
      await observations.take({ ...OF, version: '2' }, { rows });
      gone.add('1');
      await observations.publish({ signal });
      expect(pushed.map(({ kind }) => kind)).toEqual(['profile', 'drift']);
      await observations.publish({ signal });
      expect(pushed).toHaveLength(2);
      await expect(
        observations.take(OF, {
          rows: Array.from({ length: 300 }, (_, n) =>
            rowAt(new Date(CREATED - n * DAY).toISOString()),
          ),
        }),
      ).rejects.toThrow('in 300 windows; at most 200');
    });

    it('tell of every batch, whichever was there first', async () => {
      const { clock, monitors, observations, counts, pushed, signal } =
        await startMonitors(await databases.init(databaseId));
      await monitors.declare(ID, DEFINITION, 'user:default/ada');
      await monitors.continueRound({ signal });
      const rows = [rowAt('2026-02-01T10:00:00Z')];
      const began = clock.now;
      clock.now += 1_000;
      await observations.take(OF, { rows });
      await observations.publish({ signal });
      // One that began before, and took longer.
      clock.now = began;
      await observations.take(OF, { rows });
      clock.now = began + 1_000;
      await observations.publish({ signal });
      expect(
        pushed.filter(({ kind }) => kind === 'profile').at(-1),
      ).toMatchObject({ body: { columns: [{ n: 2 }, { n: 2 }] } });
      expect(
        await counts.changedCounts({
          toldBefore: new Date(clock.now + DAY).toISOString(),
          endedBefore: clock.now + DAY,
          matureBefore: new Date(clock.now + DAY).toISOString(),
          most: 10,
        }),
      ).toEqual([]);
    });
  },
);

function byStart(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
