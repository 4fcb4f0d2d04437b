import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ADA,
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
  'labels that come later on %s',
  databaseId => {
    const at = '2026-02-01T10:00:00Z';
    const sent = (score: number, more: object = {}) =>
      rowAt(at, { score, ...more });
    const performanceOf = (pushed: Array<{ kind: string; body: object }>) => {
      const [last] = pushed
        .filter(({ kind }) => kind === 'performance')
        .slice(-1);
      return JSON.parse(JSON.stringify(last.body)).figures.filter(
        ({ metric }: { metric: string }) => metric.startsWith('roc_auc'),
      );
    };

    it('join them to the rows of their windows, as if they had come together', async () => {
      const one = await startMonitors(await databases.init(databaseId));
      await one.monitors.declare(ID, DEFINITION, ADA);
      await one.monitors.continueRound(one);
      const scores = [0.1, 0.3, 0.35, 0.8, 0.7];
      const labels = [0, 0, 1, 1, 0];
      await one.observations.take(OF, {
        rows: scores.map(score => sent(score)),
      });
      const batch = {
        id: 'labels',
        labels: scores.map((score, place) => ({
          at,
          score,
          kind: 'a',
          label: labels[place],
        })),
      };
      expect(await one.observations.take(OF, batch)).toMatchObject({
        rows: 0,
        labels: 5,
        notTaken: [],
      });
      expect(await one.observations.take(OF, batch)).toMatchObject({
        labels: 0,
        repeated: true,
      });
      await one.observations.publish(one);
      const together = await startMonitors(await databases.init(databaseId));
      await together.monitors.declare(ID, DEFINITION, ADA);
      await together.monitors.continueRound(together);
      await together.observations.take(OF, {
        rows: scores.map((score, place) =>
          sent(score, { label: labels[place] }),
        ),
      });
      await together.observations.publish(together);
      expect(one.pushed).toEqual(together.pushed);
      expect(performanceOf(one.pushed)).toMatchObject([
        { n: 5, labelled: 1, slice: null },
        { n: 5, labelled: 1, slice: 'kind = a' },
      ]);
    });

    it('say which were not taken and why, and leave the counts as they are', async () => {
      const { monitors, observations, pushed, ...rest } = await startMonitors(
        await databases.init(databaseId),
      );
      await monitors.declare(ID, DEFINITION, ADA);
      await monitors.continueRound(rest);
      await observations.take(OF, { rows: [sent(0.1), sent(0.9)] });
      const label = (more: object) => ({
        at,
        kind: 'a',
        score: 0.5,
        ...more,
      });
      expect(
        await observations.take(OF, {
          labels: [
            label({ label: 1 }),
            { at, label: 1 },
            label({}),
            { label: 1, score: 0.1 },
            label({ label: 1, at: '2026-02-05T10:00:00Z' }),
          ],
        }),
      ).toMatchObject({
        labels: 1,
        notTaken: [
          { what: 'label', count: 1, reason: /say no time/ },
          { what: 'label', count: 1, reason: /without their prediction/ },
          { what: 'label', count: 1, reason: 'They have none.' },
          { what: 'label', count: 1, reason: /from 2026-02-05.*fewer pred/ },
        ].map(one => ({ ...one, reason: expect.stringMatching(one.reason) })),
      });
      expect(
        await observations.take(OF, {
          labels: [label({ label: 1 }), label({ label: 0 })],
        }),
      ).toMatchObject({ labels: 0, notTaken: [{ count: 2 }] });
      expect(
        await observations.take(OF, {
          labels: [label({ kind: 'z', label: 1 })],
        }),
      ).toMatchObject({ labels: 0, notTaken: [{ count: 1 }] });
      expect(
        await observations.take(OF, { rows: [rowAt(at, { label: 1 })] }),
      ).toMatchObject({
        rows: 1,
        notTaken: [
          {
            what: 'label',
            reason: expect.stringContaining('rows are not kept'),
          },
        ],
      });
      await observations.publish(rest);
      const [document] = pushed.filter(({ kind }) => kind === 'performance');
      expect(JSON.stringify(document.body)).toContain('"labelled":0.5');
    });

    it('close a window when they mature, without another row', async () => {
      const { monitors, observations, pushed, clock, ...rest } =
        await startMonitors(await databases.init(databaseId));
      await monitors.declare(
        ID,
        {
          ...DEFINITION,
          label: { ...DEFINITION.label, maturesAfterDays: 30 },
        },
        ADA,
      );
      await monitors.continueRound(rest);
      await observations.take(OF, {
        rows: [sent(0.1, { label: 0 }), sent(0.9, { label: 1 }), sent(0.2)],
      });
      await observations.publish(rest);
      const shares = () =>
        pushed
          .filter(({ kind }) => kind === 'performance')
          .map(
            ({ body }) => JSON.parse(JSON.stringify(body)).figures[0].labelled,
          );
      expect(shares()).toEqual([2 / 3]);
      clock.now += 30 * DAY;
      await observations.publish(rest);
      await observations.publish(rest);
      expect(shares()).toEqual([2 / 3, null]);
    });

    it('keep the counts of their windows as long as they are waited for', async () => {
      const { monitors, observations, clock, knex, ...rest } =
        await startMonitors(await databases.init(databaseId));
      await monitors.declare(
        ID,
        {
          ...DEFINITION,
          label: { ...DEFINITION.label, maturesAfterDays: 200 },
        },
        ADA,
      );
      await monitors.continueRound(rest);
      await observations.take(OF, {
        rows: [rowAt('2026-02-01T10:00:00Z', { score: 0.2 })],
      });
      clock.now += 150 * DAY;
      await observations.publish(rest);
      await observations.forgetOld();
      expect(await knex('monitoring_counts')).toHaveLength(1);
      clock.now += 60 * DAY;
      await observations.publish(rest);
      await observations.forgetOld();
      expect(await knex('monitoring_counts').whereNotNull('counts')).toEqual(
        [],
      );
    });
  },
);
