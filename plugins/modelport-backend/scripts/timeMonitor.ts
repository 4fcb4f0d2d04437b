/*
 * Times the computation of a monitor on two files of numeric columns, for the benchmarks: the path of the reference, that
 * of the current data, and `binned` or `all`. Prints one line of JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorDefinition } from '@modelport/plugin-modelport-common';
import { computeWindows } from '../src/monitoring/computed/computeWindows';
import { DuckDbEngine } from '../src/monitoring/computed/DuckDbEngine';
import { profileReference } from '../src/monitoring/computed/profileColumns';
import { literal, Rows } from '../src/monitoring/computed/statements';

const MEMORY_MEGABYTES = 256;
const SAMPLE_MS = 20;

async function main([before, after, what]: string[]): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'time-monitor-')));
  const engine = new DuckDbEngine({
    files: [before, after],
    folder,
    memoryMegabytes: MEMORY_MEGABYTES,
  });
  const signal = new AbortController().signal;
  const rows = (path: string): Rows => ({
    dialect: engine.dialect,
    relation: `read_parquet([${literal(path)}])`,
  });
  const asking = { engine, signal };
  const peak = watchMemory();
  try {
    const names = await engine.query(
      `SELECT column_name AS name FROM (DESCRIBE SELECT * FROM ${
        rows(before).relation
      })`,
      { signal },
    );
    const begun = performance.now();
    const columns = [];
    for (const { name } of names) {
      columns.push(
        await profileReference(asking, rows(before), {
          name: String(name),
          type: 'numeric',
          personal: false,
          edges: null,
        }),
      );
    }
    const profiled = performance.now();
    const [window] = await computeWindows(asking, {
      reference: { columns, rows: 0 },
      referenceRows: rows(before),
      rows: rows(after),
      windows: [{ start: 0, end: 1 }],
      thresholds: monitorDefinition.shape.thresholds.parse({}),
      exact: what === 'all',
    });
    process.stdout.write(
      `${JSON.stringify({
        referenceMs: profiled - begun,
        windowMs: performance.now() - profiled,
        figures: window.figures.length,
        megabytes: peak(),
      })}\n`,
    );
  } finally {
    engine.close();
    await rm(folder, { recursive: true });
  }
}

/** The most memory that the process which reads has held at once. */
function watchMemory(): () => number {
  let most = 0;
  const timer = setInterval(() => {
    for (const task of readdirSync(`/proc/${process.pid}/task`)) {
      const children = readFileSync(
        `/proc/${process.pid}/task/${task}/children`,
        'utf8',
      );
      for (const child of children.split(' ').filter(Boolean)) {
        const status = readFileSync(`/proc/${child}/status`, 'utf8');
        const [, held = '0'] = /VmHWM:\s+(\d+) kB/.exec(status) ?? [];
        most = Math.max(most, Number(held) / 1024);
      }
    }
  }, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return most;
  };
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
