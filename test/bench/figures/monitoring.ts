import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv } from '../../stack/ensureVenv.ts';
import { dataFolder, ROOT } from '../../stack/paths.ts';
import { startPostgres } from '../../stack/startPostgres.ts';
import { printFigure, say } from '../printFigure.ts';

const MOST_MEGABYTES = 500;
const BACKEND = join(ROOT, 'plugins/modelport-backend');

interface Timed {
  /** Of ours, with a reference whose profile is kept from the run before. */
  ms: number;
  /** With the first run's profile of the reference. */
  firstMs?: number;
  megabytes?: number;
}

interface StoreTimed {
  points: number;
  oursMs: number;
  bareMs: number;
  bytes: number;
}

interface YearTimed {
  rows: number;
  writtenRows: number;
  pointsASecond: number;
  bytes: number;
  pageP95Ms: number;
}

/**
 * 50 features of 1,000,000 rows of Parquet against as many: what the portal computes beside Evidently, beside the same
 * figures in plain SQL of the same database, and beside reading the files alone.
 */
export async function monitoring(): Promise<void> {
  await store();
  const { python } = await ensureVenv('evidently');
  const folder = dataFolder('bench', 'monitoring');
  mkdirSync(folder, { recursive: true });
  const files = ['reference', 'current'].map(name =>
    join(folder, `${name}.parquet`),
  );
  try {
    say('Monitoring: writing 2 x 1,000,000 rows of 50 features');
    await inNode('make', files);
    const read = await inNode('read', files);
    say(`Reading both files alone: ${Math.round(read.ms)} ms`);
    const binned = await inNode('binned', files);
    const all = await inNode('all', files);
    print('binned', binned, {
      evidently: await inPython(python, files, [
        'psi',
        'jensenshannon',
        'hellinger',
      ]),
      plain: await inNode('plain-binned', files),
      ratioToEvidently: 1 / 20,
    });
    print('all', all, {
      evidently: await inPython(python, files, [
        'psi',
        'jensenshannon',
        'hellinger',
        'ks',
        'wasserstein',
      ]),
      plain: await inNode('plain-all', files),
      ratioToEvidently: 1 / 5,
    });
    printFigure({
      figure: 'memory of the process that computes a monitor',
      ours: all.megabytes ?? Number.NaN,
      theirs: { what: 'the most it may take', value: MOST_MEGABYTES },
      unit: 'MB',
      goal: { ratioAtMost: 1 },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Points of 200 models with 50 features as they come day by day, and a year of them among those of 10,000 models. */
async function store(): Promise<void> {
  await inserts('SQLite', []);
  const postgres = await startPostgres();
  try {
    await inserts('PostgreSQL', [postgres.url]);
    const year = await run<YearTimed>(
      process.execPath,
      inTypeScript('timeMonitoringYear.ts', postgres.url),
    );
    say(
      `PostgreSQL held ${year.rows} points of 10,000 models with 50 features: ${
        year.writtenRows
      } of whole years written through the store, ${Math.round(
        year.pointsASecond,
      )} a second, the others made by the database; ${Math.round(
        year.bytes,
      )} bytes a point`,
    );
    printFigure({
      figure: `a model's year of 50 features among ${year.rows} points on PostgreSQL, read for its page, p95`,
      ours: year.pageP95Ms,
      theirs: { what: 'the most that a page may wait for it', value: 1_000 },
      unit: 'ms',
      goal: { ratioAtMost: 1 },
    });
  } finally {
    await postgres.stop();
  }
}

async function inserts(database: string, args: string[]): Promise<void> {
  const timed = await run<StoreTimed>(
    process.execPath,
    inTypeScript('timeMonitoringStore.ts', ...args),
  );
  printFigure({
    figure: `${timed.points} points of drift, a window of 50 features at a time, on ${database}`,
    ours: timed.oursMs,
    theirs: {
      what: 'bare inserts of the same rows, a statement a window',
      value: timed.bareMs,
    },
    unit: 'ms',
    goal: { ratioAtMost: 2 },
  });
  say(
    `A point takes ${Math.round(
      timed.bytes,
    )} bytes on ${database}; ${Math.round(
      timed.points / (timed.oursMs / 1000),
    )} are written a second`,
  );
}

function print(
  what: string,
  ours: Timed,
  theirs: { evidently: Timed; plain: Timed; ratioToEvidently: number },
): void {
  const figure = `${what} statistics of 50 features x 1,000,000 rows`;
  for (const [when, milliseconds] of [
    ['once the reference is profiled', ours.ms],
    ['with the profile of the reference', ours.firstMs ?? Number.NaN],
  ] as const) {
    printFigure({
      figure: `${figure}, ${when}`,
      ours: milliseconds,
      theirs: { what: 'Evidently 0.7.23', value: theirs.evidently.ms },
      unit: 'ms',
      goal: { ratioAtMost: theirs.ratioToEvidently },
    });
    printFigure({
      figure: `${figure}, ${when}`,
      ours: milliseconds,
      theirs: {
        what: 'the same in plain SQL of DuckDB, reference and all',
        value: theirs.plain.ms,
      },
      unit: 'ms',
      goal: { ratioAtMost: 1.5 },
    });
  }
}

function inNode(what: string, files: string[]): Promise<Timed> {
  return run(process.execPath, inTypeScript('timeMonitor.ts', what, ...files));
}

function inTypeScript(script: string, ...args: string[]): string[] {
  return [
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    join(BACKEND, 'scripts', script),
    ...args,
  ];
}

function inPython(
  python: string,
  files: string[],
  methods: string[],
): Promise<Timed> {
  return run(python, [
    '-W',
    'ignore',
    join(import.meta.dirname, '../time_evidently.py'),
    ...files,
    ...methods,
  ]);
}

/** What a program prints on its last line. */
async function run<T>(command: string, args: string[]): Promise<T> {
  const child = spawn(command, args, {
    cwd: BACKEND,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DO_NOT_TRACK: '1' },
  });
  let text = '';
  for await (const part of child.stdout) {
    text += part;
  }
  const code = await new Promise(resolve =>
    child.exitCode === null
      ? child.once('exit', resolve)
      : resolve(child.exitCode),
  );
  if (code !== 0) {
    throw new Error(`${args.join(' ')} ended with ${code}`);
  }
  return JSON.parse(text.trim().split('\n').at(-1) || 'null');
}
