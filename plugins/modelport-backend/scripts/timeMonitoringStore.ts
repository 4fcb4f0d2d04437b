/*
 * For the benchmarks: writes drift of models with 50 features, one window a day, into a SQLite file through the store and
 * as bare inserts of the same rows, and reads a heat map of 200 features by 365 windows. Prints one line of JSON.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { heatMapOf } from '../src/monitoring/heatMapOf';
import { MonitoringStore } from '../src/monitoring/MonitoringStore';
import { pointsOfDocument } from '../src/monitoring/pointsOfDocument';
import { MonitoredVersion } from '../src/monitoring/PointToWrite';

const MODELS = Number(process.env.MODELPORT_BENCH_MODELS ?? 200);
const FEATURES = 50;
const DAYS = 10;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const MAP = { features: 200, windows: 365, times: 30 };

function drift(features: number, day: number) {
  const at = (n: number) => new Date(START + n * DAY_MS).toISOString();
  return pointsOfDocument({
    kind: 'drift',
    producer: { name: 'bench', version: '1' },
    body: {
      window: { start: at(day), end: at(day + 1) },
      figures: Array.from({ length: features }, (_, feature) => ({
        feature: `feature_${feature}`,
        statistic: 'psi',
        value: ((feature * 7 + day * 13) % 100) / 300,
        threshold: 0.2,
        direction: 'above',
        bins: 10,
        nReference: 10_000,
        nCurrent: 2_000,
      })),
    },
  }).points;
}

function version(model: number): MonitoredVersion {
  return {
    source: 'bench',
    name: `model-${model}`,
    version: '1',
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

async function open(file: string): Promise<Knex> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  await knex.migrate.latest({ directory: join(__dirname, '../migrations') });
  return knex;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'time-monitoring-'));
  const files = ['ours', 'bare'].map(name => join(folder, `${name}.sqlite`));
  const [ours, bare] = await Promise.all(files.map(open));
  try {
    const store = new MonitoringStore(ours);
    const write = (
      of: MonitoredVersion,
      documentId: number,
      points: ReturnType<typeof drift>,
    ) =>
      store.write(
        of,
        { documentId, digest: `d${documentId}`, kind: 'drift', unplaced: null },
        points,
      );
    const days = Array.from({ length: DAYS }, (_, day) => drift(FEATURES, day));
    let documents = 0;
    // The first day makes the series; only what comes every day is measured.
    for (let model = 0; model < MODELS; model++) {
      documents += 1;
      await write(version(model), documents, days[0]);
    }
    const size = statSync(files[0]).size;
    const begun = performance.now();
    for (const day of days.slice(1)) {
      for (let model = 0; model < MODELS; model++) {
        documents += 1;
        await write(version(model), documents, day);
      }
    }
    const oursMs = performance.now() - begun;
    const points = MODELS * FEATURES * (DAYS - 1);
    await ours.raw('pragma wal_checkpoint(truncate)');
    const bytes = (statSync(files[0]).size - size) / points;

    const rows: Array<Record<string, unknown>> = await ours(
      'monitoring_points',
    ).orderBy('document_id');
    await bare('monitoring_series').insert(
      (
        await ours('monitoring_series').limit(1)
      )[0],
    );
    await bare.raw('pragma foreign_keys = off');
    const since = performance.now();
    for (let at = MODELS * FEATURES; at < rows.length; at += FEATURES) {
      await bare.transaction(trx =>
        trx('monitoring_points').insert(rows.slice(at, at + FEATURES)),
      );
    }
    const bareMs = performance.now() - since;

    const wide = version(MODELS);
    for (let day = 0; day < MAP.windows; day++) {
      documents += 1;
      await write(wide, documents, drift(MAP.features, day));
    }
    const times: number[] = [];
    for (let time = 0; time < MAP.times; time++) {
      const asked = performance.now();
      const series = await store.series(wide, { kinds: ['drift'] });
      const { cells } = await store.cells(
        series.map(({ id }) => id),
        { most: 200_000 },
      );
      JSON.stringify(heatMapOf(series, cells, null));
      times.push(performance.now() - asked);
    }
    times.sort((a, b) => a - b);
    process.stdout.write(
      `${JSON.stringify({
        points,
        oursMs,
        bareMs,
        bytes,
        heatMapP95Ms: times[Math.floor(MAP.times * 0.95)],
      })}\n`,
    );
  } finally {
    await Promise.all([ours.destroy(), bare.destroy()]);
    rmSync(folder, { recursive: true });
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
