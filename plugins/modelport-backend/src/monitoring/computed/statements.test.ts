import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantileEdges } from '@modelport/plugin-modelport-common';
import { compareSorted } from './compareSorted';
import { DuckDbEngine } from './DuckDbEngine';
import {
  binsStatement,
  exactStatement,
  identifier,
  knownCategoriesStatement,
  literal,
  quantilesStatement,
  Rows,
} from './statements';
import { windowAt, windowsOf } from './windowsOf';

jest.setTimeout(60_000);

const SIGNAL = { signal: new AbortController().signal };

let folder: string;
let engine: DuckDbEngine;

/** Numbers between 0 and 1 that are the same in every run, with ties. */
const values = (n: number, step: number) =>
  Array.from({ length: n }, (_, i) => Math.round(((i * step) % 1) * 50) / 50);
const BEFORE = values(200, 0.618);
const AFTER = values(150, 0.377).map(value => value ** 2);

async function rowsOf(name: string, numbers: unknown[]): Promise<Rows> {
  const path = join(folder, name);
  await writeFile(path, ['x', ...numbers].join('\n'));
  return {
    dialect: { quote: '"', moment: 'TIMESTAMPTZ', wallTime: 'TIMESTAMP' },
    relation: `read_csv([${literal(path)}], all_varchar = true, header = true)`,
  };
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'statements-')));
  engine = new DuckDbEngine({
    files: ['before.csv', 'after.csv'].map(name => join(folder, name)),
    folder,
    memoryMegabytes: 128,
  });
});

afterEach(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

describe('statements that engines are sent', () => {
  it('give the figures on all values that are computed of values themselves', async () => {
    const [row] = await engine.query(
      exactStatement(
        await rowsOf('before.csv', BEFORE),
        await rowsOf('after.csv', AFTER),
        'x',
      ),
      SIGNAL,
    );
    const expected = compareSorted(
      Float64Array.from(BEFORE).sort(),
      Float64Array.from(AFTER).sort(),
    );
    for (const [name, value] of Object.entries(expected ?? {})) {
      expect([name, Number(row[name])]).toEqual([
        name,
        expect.closeTo(value, 12),
      ]);
    }
  });

  it('give the quantiles that edges are made of', async () => {
    const shares = [0, 0.1, 0.5, 0.9, 1];
    const [row] = await engine.query(
      quantilesStatement(await rowsOf('before.csv', BEFORE), 'x', shares),
      SIGNAL,
    );
    const edges = quantileEdges(Float64Array.from(BEFORE).sort());
    expect([row.q0, row.q1, row.q4].map(Number)).toEqual(
      [edges[0], edges[1], edges[edges.length - 1]].map(edge =>
        expect.closeTo(edge, 12),
      ),
    );
  });

  it('count what is on edges, outside and no number', async () => {
    const rows = await engine.query(
      binsStatement(
        await rowsOf('before.csv', [0, 1, 2, 3, -1, 4, 'a', '""', 'nan']),
        'x',
        [0, 1, 3],
      ),
      SIGNAL,
    );
    expect(
      rows
        .map(({ bin, n, outside }) => [bin, n, outside].map(Number))
        .sort(([a], [b]) => a - b),
    ).toEqual([
      [-3, 1, 0],
      [-2, 1, 0],
      [-1, 1, 0],
      [0, 2, 1],
      [1, 4, 1],
    ]);
  });

  it.each(["a'b", 'a\\b', "\\'; DROP TABLE x; --", '$(x)'])(
    'take %s as a text',
    async text => {
      const rows = await rowsOf('before.csv', [`"${text}"`, 'other']);
      const answer = await engine.query(
        knownCategoriesStatement(rows, 'x', [text]),
        SIGNAL,
      );
      expect(answer).toContainEqual({ w: 0, category: `=${text}`, n: 1 });
    },
  );

  it('read no file that was not given', async () => {
    await expect(
      engine.query(`SELECT * FROM read_text(${literal(__filename)})`, SIGNAL),
    ).rejects.toThrow(/Permission Error|disabled/);
    await expect(
      engine.query('SET enable_external_access = true', SIGNAL),
    ).rejects.toThrow();
  });

  it('double quotes in names of columns', () => {
    const dialect = { quote: '`', moment: 'TIMESTAMP', wallTime: 'x' };
    expect(identifier(dialect, 'a`b')).toBe('`a``b`');
  });
});

describe('windows', () => {
  const hours = (
    zone: string,
    unit: 'day' | 'hour',
    from: string,
    to: string,
  ) =>
    windowsOf(unit, zone, { from: Date.parse(from), to: Date.parse(to) }).map(
      ({ start, end }) => (end - start) / 3_600_000,
    );

  it('are as long as days are in their zone', () => {
    expect(
      hours('Europe/Zurich', 'day', '2026-03-28T12:00Z', '2026-03-30T12:00Z'),
    ).toEqual([24, 23, 24]);
    expect(
      hours('Europe/Zurich', 'day', '2026-10-24T12:00Z', '2026-10-26T12:00Z'),
    ).toEqual([24, 25, 24]);
    // Half an hour is what clocks change by there.
    expect(
      hours(
        'Australia/Lord_Howe',
        'day',
        '2026-04-04T12:00Z',
        '2026-04-05T12:00Z',
      ),
    ).toEqual([24, 24.5]);
  });

  it('follow each other where a day begins at 1', () => {
    const zone = 'America/Sao_Paulo';
    const [first, second] = ['2018-11-04T12:00Z', '2018-11-05T12:00Z'].map(at =>
      windowAt(Date.parse(at), 'day', zone),
    );
    expect(first.end).toBe(second.start);
    expect(first.end - first.start).toBe(23 * 3_600_000);
  });

  it('of an hour follow each other without a gap when clocks go back', () => {
    const windows = windowsOf('hour', 'Europe/Zurich', {
      from: Date.parse('2026-10-24T22:00Z'),
      to: Date.parse('2026-10-25T04:00Z'),
    });
    expect(windows).toHaveLength(7);
    expect(
      windows.slice(1).every(({ start }, at) => start === windows[at].end),
    ).toBe(true);
  });
});
