/*
 * For the benchmarks, on the PostgreSQL whose address is given: a year of drift of some models with 50 features, written
 * through the store, among points of 10,000 models that the database makes itself; then what a page reads of a model's
 * year. Prints one line of JSON.
 */
import { heatMapOf } from '../src/monitoring/heatMapOf';
import { MonitoringStore } from '../src/monitoring/MonitoringStore';
import { PointsStore } from '../src/monitoring/PointsStore';
import {
  bytesOfPoints,
  DAY_MS,
  drift,
  openDatabase,
  p95,
  START,
  version,
} from './monitoringDatabase';

const MEASURED = Number(process.env.MODELPORT_BENCH_MODELS ?? 20);
const MODELS = 10_000;
const FEATURES = 50;
const DAYS = 365;
/** Days of the models that are not measured. */
const OTHER_DAYS = Number(process.env.MODELPORT_BENCH_DAYS ?? 20);
const TIMES = 100;

async function main(postgres: string): Promise<void> {
  const knex = await openDatabase({ postgres, name: 'year' });
  try {
    const store = new MonitoringStore(knex);
    const points = new PointsStore(knex);
    let documents = 0;
    const begun = performance.now();
    for (let day = 0; day < DAYS; day++) {
      const given = drift(FEATURES, day);
      for (let model = 0; model < MEASURED; model++) {
        documents += 1;
        await store.write(
          version(model),
          {
            documentId: documents,
            digest: `d${documents}`,
            kind: 'drift',
            unplaced: null,
          },
          given,
        );
      }
    }
    const writtenMs = performance.now() - begun;
    await knex.raw(
      `insert into monitoring_series (source, name, version, version_created_at, kind, tool, feature, statistic, direction, bins, identity)
       select 'bench', 'other-' || model, '1', '2026-01-01T00:00:00.000Z', 'drift', 'bench', 'feature_' || feature, 'psi', 'above', 10, 'other ' || model || ' ' || feature
       from generate_series(1, ?::int) as model, generate_series(0, ?::int) as feature`,
      [MODELS - MEASURED, FEATURES - 1],
    );
    await knex.raw(
      `insert into monitoring_points (series_id, start_at, end_at, is_reference, document_id, value, threshold, n_reference, n_current, breach)
       select id, ?::bigint + day * ?::bigint, ?::bigint + (day + 1) * ?::bigint, false, 0, random() / 3, 0.2, 10000, 2000, false
       from generate_series(0, ?::int) as day, monitoring_series where name like 'other-%'`,
      [START, DAY_MS, START, DAY_MS, OTHER_DAYS - 1],
    );
    await knex.raw('vacuum analyze monitoring_points');
    await knex.raw('vacuum analyze monitoring_series');
    const [{ count }] = await knex('monitoring_points').count();
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const since = performance.now();
      const series = await store.series(version((time * 7) % MEASURED), {
        kinds: ['drift'],
      });
      const { cells } = await points.cells(
        series.map(({ id }) => id),
        { most: 200_000 },
      );
      if (cells.length !== FEATURES * DAYS) {
        throw new Error(`A year has ${cells.length} points`);
      }
      JSON.stringify(heatMapOf(series, cells, null));
      times.push(performance.now() - since);
    }
    process.stdout.write(
      `${JSON.stringify({
        rows: Number(count),
        writtenRows: MEASURED * FEATURES * DAYS,
        pointsASecond: (MEASURED * FEATURES * DAYS) / (writtenMs / 1000),
        bytes: (await bytesOfPoints(knex)) / Number(count),
        pageP95Ms: p95(times),
      })}\n`,
    );
  } finally {
    await knex.destroy();
  }
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
