/*
 * For the benchmarks of monitors, on two files of numeric columns whose paths are given: `make` writes them; `binned` and
 * `all` time the figures that the portal computes, `plain-binned` and `plain-all` the same figures in DuckDB's SQL, and
 * `read` reading alone. Prints one line of JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { monitorDefinition } from '@modelport/plugin-modelport-common';
import { computeWindows } from '../src/monitoring/computed/computeWindows';
import {
  DUCKDB_DIALECT,
  DuckDbEngine,
} from '../src/monitoring/computed/DuckDbEngine';
import { profileReference } from '../src/monitoring/computed/profileColumns';
import {
  exactStatement,
  literal,
  Rows,
} from '../src/monitoring/computed/statements';

const MEMORY_MEGABYTES = 256;
const SAMPLE_MS = 20;

const FEATURES = Number(process.env.MODELPORT_BENCH_FEATURES ?? 50);
const ROWS = 1_000_000;
const DECILES = '[0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]';

async function main([what, before, after]: string[]): Promise<void> {
  if (what === 'make') {
    return make(before, after);
  }
  return what === 'binned' || what === 'all'
    ? ours(what, before, after)
    : plain(what, before, after);
}

async function ours(
  what: string,
  before: string,
  after: string,
): Promise<void> {
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
    const reference = await profileReference(
      asking,
      rows(before),
      names.map(({ name }) => ({
        name: String(name),
        type: 'numeric',
        personal: false,
        edges: null,
      })),
    );
    const profiled = performance.now();
    const [window] = await computeWindows(asking, {
      reference,
      referenceRows: rows(before),
      rows: rows(after),
      windows: [{ start: 0, end: 1 }],
      thresholds: monitorDefinition.shape.thresholds.parse({}),
      exact: what === 'all',
    });
    const ended = performance.now();
    process.stdout.write(
      `${JSON.stringify({
        ms: ended - profiled,
        firstMs: ended - begun,
        figures: window.figures.length,
        megabytes: peak(),
      })}\n`,
    );
  } finally {
    engine.close();
    await rm(folder, { recursive: true });
  }
}

async function connect(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${MEMORY_MEGABYTES}MB`,
    threads: '2',
  });
  return instance.connect();
}

/** Uniform, normal and exponential columns, some of which drift. */
async function make(before: string, after: string): Promise<void> {
  const connection = await connect();
  await connection.run('SELECT setseed(0.5)');
  for (const [path, shift] of [
    [before, 0],
    [after, 1],
  ] as const) {
    const columns = Array.from({ length: FEATURES }, (_, k) => {
      const drift = (shift * k) / 500;
      const shapes = [
        `(random() + ${drift}) * ${k + 1}`,
        `sqrt(-2 * ln(random() + 1e-12)) * cos(2 * pi() * random()) * ${
          k + 1
        } + ${drift * 10}`,
        `-ln(random() + 1e-12) * ${1 + drift}`,
      ];
      return `${shapes[k % shapes.length]} AS f${k}`;
    });
    await connection.run(
      `COPY (SELECT ${columns.join(', ')} FROM range(${ROWS})) TO ${literal(
        path,
      )} (FORMAT parquet)`,
    );
  }
}

/** The same figures as a person would write them, on the same database. */
async function plain(
  what: string,
  before: string,
  after: string,
): Promise<void> {
  const connection = await connect();
  const from = (path: string) => `read_parquet(${literal(path)})`;
  const names = Array.from({ length: FEATURES }, (_, k) => `f${k}`);
  const begun = performance.now();
  if (what === 'read') {
    for (const path of [before, after]) {
      await connection.runAndReadAll(
        `SELECT ${names.map(name => `sum(${name})`).join(', ')} FROM ${from(
          path,
        )}`,
      );
    }
  } else {
    for (const name of names) {
      const counted = (path: string) =>
        `SELECT list_sum([CAST(x >= edge AS INT) FOR edge IN edges[2:10]]) AS bin, count(*) AS n, avg(x) AS mean, var_pop(x) AS variance, min(x) AS lo, max(x) AS hi FROM (SELECT ${name} AS x FROM ${from(
          path,
        )}), quantiles GROUP BY bin`;
      await connection.runAndReadAll(
        `WITH quantiles AS MATERIALIZED (SELECT quantile_cont(${name}, ${DECILES}) AS edges FROM ${from(
          before,
        )}), b AS (${counted(before)}), a AS (${counted(
          after,
        )}), s AS (SELECT greatest(b.n / ${ROWS}, 1e-4) AS p, greatest(a.n / ${ROWS}, 1e-4) AS q FROM a JOIN b USING (bin)) SELECT sum((p - q) * ln(p / q)) AS psi, sqrt(sum(p * log2(2 * p / (p + q)) + q * log2(2 * q / (p + q))) / 2) AS js, sqrt(sum((sqrt(p) - sqrt(q)) ** 2) / 2) AS hellinger FROM s`,
      );
      if (what === 'plain-all') {
        const rows = (path: string): Rows => ({
          dialect: DUCKDB_DIALECT,
          relation: from(path),
        });
        await connection.runAndReadAll(
          exactStatement(rows(before), rows(after), name),
        );
      }
    }
  }
  process.stdout.write(
    `${JSON.stringify({ ms: performance.now() - begun })}\n`,
  );
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
