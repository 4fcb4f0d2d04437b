/*
 * For the benchmarks: writes drift of models with 50 features, one window a day, through the store and as bare inserts of
 * the same rows, into SQLite files or the PostgreSQL whose address is given. Prints one line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MonitoringStore } from '../src/monitoring/MonitoringStore';
import {
  bytesOfPoints,
  drift,
  openDatabase,
  version,
} from './monitoringDatabase';

const MODELS = Number(process.env.MODELPORT_BENCH_MODELS ?? 200);
const FEATURES = 50;
const DAYS = 10;

async function main(postgres: string | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'time-monitoring-'));
  const [ours, bare] = await Promise.all(
    ['ours', 'bare'].map(name =>
      openDatabase(
        postgres
          ? { postgres, name: `store_${name}` }
          : { file: join(folder, `${name}.sqlite`) },
      ),
    ),
  );
  try {
    const store = new MonitoringStore(ours);
    const days = Array.from({ length: DAYS }, (_, day) => drift(FEATURES, day));
    let documents = 0;
    const writeDay = async (points: ReturnType<typeof drift>) => {
      for (let model = 0; model < MODELS; model++) {
        documents += 1;
        await store.write(
          version(model),
          {
            documentId: documents,
            digest: `d${documents}`,
            kind: 'drift',
            unplaced: null,
          },
          points,
        );
      }
    };
    // The first day makes the series; only what comes every day is measured.
    await writeDay(days[0]);
    const before = await bytesOfPoints(ours);
    const begun = performance.now();
    for (const day of days.slice(1)) {
      await writeDay(day);
    }
    const oursMs = performance.now() - begun;
    const points = MODELS * FEATURES * (DAYS - 1);
    const bytes = ((await bytesOfPoints(ours)) - before) / points;

    await bare.batchInsert(
      'monitoring_series',
      await ours('monitoring_series'),
      500,
    );
    const rows: Array<Record<string, unknown>> = await ours(
      'monitoring_points',
    ).orderBy('document_id');
    const since = performance.now();
    for (let at = MODELS * FEATURES; at < rows.length; at += FEATURES) {
      await bare.transaction(trx =>
        trx('monitoring_points').insert(rows.slice(at, at + FEATURES)),
      );
    }
    const bareMs = performance.now() - since;
    process.stdout.write(
      `${JSON.stringify({ points, oursMs, bareMs, bytes })}\n`,
    );
  } finally {
    await Promise.all([ours.destroy(), bare.destroy()]);
    rmSync(folder, { recursive: true });
  }
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
