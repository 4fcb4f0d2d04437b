import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { readCorrelations } from './correlations';
import { DUCKDB_DIALECT, DuckDbEngine } from './DuckDbEngine';
import { readBins } from './readBins';
import { binsStatement, literal, Rows, summaryStatement } from './statements';
import { tallyNumbers } from './tallyNumbers';

jest.setTimeout(60_000);

const SIGNAL = { signal: new AbortController().signal };
const DAY = 86_400_000;
const START = Date.UTC(2026, 9, 1);
const COLUMNS = [
  { name: 'a', edges: [-2, -0.5, 0, 0.25, 1] },
  { name: 'b', edges: [0, 1e-9, 1e3] },
  { name: 'c', edges: [] },
  { name: 'd', edges: [5, 6, 7, 8] },
];

let folder: string;
let engine: DuckDbEngine;
let rows: Rows;

/** Rows of three days in no order, with all that may stand where a number is expected. */
function lines(count: number): string[] {
  const odd = ['', 'x', 'nan', 'inf', '-inf', '1e400'];
  const wave = (row: number, step: number) => ((row * step) % 1) * 4 - 2;
  return Array.from({ length: count }, (_, row) =>
    [
      new Date(START + ((row * 7) % 3) * DAY + row).toISOString(),
      row % 11 === 0 ? odd[row % odd.length] : wave(row, 0.618),
      row % 7 === 0 ? '' : 1e3 + wave(row, 0.377),
      row % 5 === 0 ? odd[row % odd.length] : wave(row, 0.618) ** 2,
      7,
    ].join(','),
  );
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tally-')));
  const path = join(folder, 'rows.csv');
  await writeFile(path, ['at,a,b,c,d', ...lines(5_000)].join('\n'));
  engine = new DuckDbEngine({ files: [path], folder, memoryMegabytes: 128 });
  rows = {
    dialect: DUCKDB_DIALECT,
    relation: `read_csv([${literal(path)}], all_varchar = true, header = true)`,
  };
});

afterEach(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

function inDigits(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one) =>
      typeof one === 'number' ? Number(one.toPrecision(7)) : one ?? null,
    ),
  );
}

/** What counts say: what is not known may be left out. */
function said(counts: ColumnCounts): unknown {
  return inDigits(
    Object.fromEntries(
      Object.entries(counts).filter(
        ([, one]) => one !== null && one !== undefined,
      ),
    ),
  );
}

describe('numbers that are counted as they are read', () => {
  it.each([
    ['all rows', undefined],
    ['days', [0, 1, 2]],
    ['one day', [1]],
    ['a day without rows', [2, 3]],
  ])(
    'are those of the statements that engines are sent, of %s',
    async (_what, days) => {
      const of: Rows = days
        ? {
            ...rows,
            time: { column: 'at', kind: 'moment', zone: 'UTC' },
            windows: days.map(day => ({
              start: START + day * DAY,
              end: START + (day + 1) * DAY,
            })),
          }
        : rows;
      const windows = days?.length ?? 1;
      const { counts, correlations } = await tallyNumbers(
        engine,
        of,
        COLUMNS,
        SIGNAL,
      );
      for (const [at, { name, edges }] of COLUMNS.entries()) {
        const answer = await engine.query(
          edges.length > 0
            ? binsStatement(of, name, edges)
            : summaryStatement(of, name),
          SIGNAL,
        );
        expect(counts[at].map(said)).toEqual(
          readBins(answer, { feature: name, edges, windows }).map(said),
        );
      }
      expect(inDigits(correlations)).toEqual(
        inDigits(
          await readCorrelations(
            { engine, ...SIGNAL },
            of,
            COLUMNS.map(({ name }) => name),
          ),
        ),
      );
    },
  );
});
