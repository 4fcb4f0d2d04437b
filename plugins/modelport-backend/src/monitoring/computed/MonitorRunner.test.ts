import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DriftFigure } from '@modelport/plugin-modelport-common';
import { csvOf, runMonitor, RunOptions } from './__testUtils__/runMonitor';
import { ReferenceProfile } from './ReferenceProfile';

jest.setTimeout(60_000);

const FIXTURES = resolve(
  __dirname,
  '../../../../modelport-common/src/statistics/__fixtures__',
);

function fixture(name: string) {
  return JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
}

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'monitor-test-')));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function run(
  raw: object,
  options: Omit<RunOptions, 'folders'> & { folders?: string[] } = {},
) {
  return runMonitor(raw, { folders: [folder], ...options });
}

async function write(name: string, rows: Array<Record<string, unknown>>) {
  await writeFile(join(folder, name), csvOf(rows));
  return join(folder, name);
}

/** With as many digits as adding up in another order keeps. */
function inDigits(value: unknown) {
  return typeof value === 'number' ? value.toExponential(10) : value;
}

function valueOf(figures: DriftFigure[], statistic: string) {
  return figures.find(one => one.statistic === statistic)?.value;
}

const oracle = fixture('driftOracleOutput.json').features;
const inputs: Array<{
  name: string;
  type: string;
  reference: unknown[];
  current: unknown[];
  bin_edges?: number[];
}> = fixture('driftOracleInput.json').features;

describe('figures of files', () => {
  it.each(inputs)('are those of scipy for $name', async input => {
    const at = '2026-10-05T12:00:00Z';
    const rowsOf = (values: unknown[]) => values.map(value => ({ at, value }));
    const isNumeric = input.type === 'numerical';
    const { drift, profiles } = await run({
      reference: {
        data: { path: await write('reference.csv', rowsOf(input.reference)) },
      },
      current: { path: await write('current.csv', rowsOf(input.current)) },
      time: { column: 'at' },
      window: 'month',
      columns: {
        value: {
          type: isNumeric ? 'numeric' : 'categorical',
          ...(isNumeric && input.bin_edges && { edges: input.bin_edges }),
        },
      },
    });
    expect(drift).toHaveLength(1);
    const { figures, window } = drift[0];
    expect(window).toEqual({
      start: '2026-10-01T00:00:00.000Z',
      end: '2026-11-01T00:00:00.000Z',
    });
    const { fixed_bins: fixed, unbinned, n } = oracle[input.name];
    expect(profiles[0]).toMatchObject({
      period: 'reference',
      columns: [{ n: n.reference, missing: n.missing_reference }],
    });
    expect([
      isNumeric && profiles[1].columns[0].counts,
      inDigits(valueOf(figures, 'ks')),
      inDigits(valueOf(figures, 'wasserstein')),
      inDigits(valueOf(figures, 'ks p-value')),
    ]).toEqual(
      isNumeric
        ? [
            fixed.current_counts,
            inDigits(unbinned.ks_statistic),
            inDigits(unbinned.wasserstein),
            inDigits(unbinned.ks_p_value_auto),
          ]
        : [false, undefined, undefined, undefined],
    );
    expect(valueOf(figures, 'psi')).toBeCloseTo(fixed.psi_floor_1e4, 11);
    expect(valueOf(figures, 'jensenShannonDistance')).toBeCloseTo(
      fixed.js_distance_base2,
      11,
    );
    expect(valueOf(figures, 'hellinger')).toBeCloseTo(fixed.hellinger, 11);
    expect(valueOf(figures, 'chiSquare')).toBeCloseTo(
      fixed.chi2_contingency.statistic,
      8,
    );
    expect(valueOf(figures, 'chiSquare p-value')).toBeCloseTo(
      fixed.chi2_contingency.p_value,
      11,
    );
    expect(valueOf(figures, 'missingShare')).toBeCloseTo(
      n.missing_current / (n.current + n.missing_current),
      12,
    );
  });
});

describe('a monitor', () => {
  const time = { column: 'at', zone: 'Europe/Zurich' };

  it('puts rows in windows of its zone, over a change of clocks', async () => {
    const rows = [
      '2026-10-24T21:59:00Z',
      '2026-10-24T22:00:00Z',
      '2026-10-25T22:59:00Z',
      '2026-10-25T23:00:00Z',
    ].map((at, age) => ({ at, age }));
    const path = await write('rows.csv', rows);
    const { drift } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      columns: { age: { type: 'numeric' } },
    });
    expect(
      drift.map(({ window, figures }) => [
        window?.start,
        window?.end,
        figures[0].nCurrent,
      ]),
    ).toEqual([
      ['2026-10-23T22:00:00.000Z', '2026-10-24T22:00:00.000Z', 1],
      ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', 2],
      ['2026-10-25T23:00:00.000Z', '2026-10-26T23:00:00.000Z', 1],
    ]);
  });

  it('takes times without a zone as those of its zone', async () => {
    const path = await write('rows.csv', [
      { at: '2026-07-01 23:30:00', age: 1 },
      { at: '2026-07-02 00:30:00', age: 2 },
    ]);
    const { drift } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      columns: { age: { type: 'numeric' } },
    });
    expect(drift.map(({ window }) => window?.start)).toEqual([
      '2026-06-30T22:00:00.000Z',
      '2026-07-01T22:00:00.000Z',
    ]);
  });

  it('says what is wrong with data, and starts nothing by it', async () => {
    const at = '2026-10-05T12:00:00Z';
    const reference = Array.from({ length: 50 }, (_, age) => ({
      at,
      age,
      kind: age % 2 ? 'a' : 'b',
    }));
    const current = [
      { at, age: 'old', kind: 'c' },
      { at, age: null, kind: 'a' },
      { at, age: 'Infinity', kind: 'a' },
      { at, age: 400, kind: 'a' },
    ];
    const { drift } = await run({
      reference: { data: { path: await write('reference.csv', reference) } },
      current: { path: await write('current.csv', current) },
      time,
      columns: { age: { type: 'numeric' }, kind: { type: 'categorical' } },
    });
    expect(
      drift[0].findings?.map(({ feature, check }) => [feature, check]),
    ).toEqual([
      ['age', 'missing values'],
      ['age', 'outside of the range'],
      ['age', 'type'],
      ['kind', 'unseen categories'],
    ]);
    expect(
      drift[0].figures
        .filter(({ statistic }) => statistic.endsWith('Share'))
        .every(({ threshold }) => threshold === undefined),
    ).toBe(true);
  });

  it('says which columns no longer go together', async () => {
    const rows = (sign: number) =>
      Array.from({ length: 400 }, (_, row) => ({
        at: '2026-10-05',
        a: (row * 7) % 20,
        b: sign * ((row * 7) % 20) + ((row * 11) % 6),
        c: (row * 13) % 17,
      }));
    const { drift } = await run({
      reference: { data: { path: await write('a.csv', rows(1)) } },
      current: { path: await write('b.csv', rows(-1)) },
      time,
      columns: {
        a: { type: 'numeric' },
        b: { type: 'numeric' },
        c: { type: 'numeric' },
      },
    });
    const shifts = drift[0].figures.filter(
      ({ statistic }) => statistic === 'correlationShift',
    );
    expect(
      shifts.map(({ feature, value, noiseFloor }) => [
        feature,
        Number(value) > 1.8,
        Number(value) > Number(noiseFloor),
      ]),
    ).toEqual([
      [null, true, true],
      ['a', true, true],
      ['b', true, true],
      ['c', false, false],
    ]);
  });

  it('keeps nothing of the values of a personal column', async () => {
    const path = await write('rows.csv', [
      { at: '2026-10-05', name: 'Ada Lovelace' },
      { at: '2026-10-06', name: null },
    ]);
    const { profiles, drift } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      window: 'month',
      columns: { name: { type: 'categorical', personal: true } },
    });
    expect(JSON.stringify([profiles, drift])).not.toContain('Ada');
    expect(profiles[1].columns).toEqual([
      { feature: 'name', n: 1, missing: 1, wrongType: 0 },
    ]);
  });

  it.each([
    ['one value', [7, 7, 7, 7], [7, 7, 8, 8], true],
    ['only missing values', [null, null], [1, 2], false],
    ['infinities', ['Infinity', '-Infinity', 'NaN', 1, 2], [1, 2], true],
  ])('reads a reference of %s', async (_what, before, after, isCompared) => {
    const rowsOf = (values: unknown[]) =>
      values.map(value => ({ at: '2026-10-05', value }));
    const { drift } = await run({
      reference: { data: { path: await write('a.csv', rowsOf(before)) } },
      current: { path: await write('b.csv', rowsOf(after)) },
      time,
      columns: { value: { type: 'numeric' } },
    });
    const psi = valueOf(drift[0].figures, 'psi');
    expect(typeof psi === 'number' && Number.isFinite(psi)).toBe(isCompared);
  });

  it('keeps few of many categories', async () => {
    const rows = Array.from({ length: 100_000 }, (_, id) => ({
      at: '2026-10-05',
      id: `id ${id}`,
    }));
    const path = await write('rows.csv', rows);
    const { profiles } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      columns: { id: { type: 'categorical' } },
    });
    expect(profiles[0].columns[0]).toMatchObject({ n: 100_000, unseen: null });
    expect(profiles[0].columns[0].categories).toHaveLength(201);
  });

  it('reads no file outside of the folders that are allowed', async () => {
    const path = await write('rows.csv', [{ at: '2026-10-05', age: 1 }]);
    await expect(
      run(
        {
          reference: { data: { path } },
          current: { path },
          time,
          columns: { age: { type: 'numeric' } },
        },
        { folders: ['/srv'] },
      ),
    ).rejects.toThrow('in no folder that modelport.monitoring.folders allows');
  });

  it('tells performance by window and segment, and which windows are open', async () => {
    const rows = Array.from({ length: 40 }, (_, place) => ({
      at: place < 20 ? '2026-09-10' : '2026-10-10',
      score: ((place * 7) % 20) / 20,
      label: place >= 30 ? null : Number((place * 7) % 20 > 9),
      region: place % 2 ? 'north' : 'south',
    }));
    const path = await write('rows.csv', rows);
    const { performance } = await run({
      reference: { data: { path } },
      current: { path },
      time,
      window: 'month',
      columns: { score: { type: 'numeric', role: 'prediction' } },
      label: {
        column: 'label',
        prediction: 'score',
        task: 'probability',
        segments: ['region'],
      },
    });
    const [september, october] = performance;
    expect(
      september.figures.find(({ metric }) => metric === 'roc_auc'),
    ).toMatchObject({ value: 1, kind: 'realised', labelled: 1, slice: null });
    expect(new Set(september.figures.map(({ slice }) => slice))).toEqual(
      new Set([null, 'region = north', 'region = south']),
    );
    expect(october.figures[0]).toMatchObject({ n: 20, labelled: 0.5 });
  });

  describe('that ran before', () => {
    const at = '2026-10-05';
    const definition = async (
      names: object = { age: { type: 'numeric' } },
    ) => ({
      reference: { data: { path: join(folder, 'reference.csv') } },
      current: { path: join(folder, 'current.csv') },
      time,
      columns: names,
    });

    beforeEach(async () => {
      const rows = Array.from({ length: 30 }, (_, age) => ({
        at,
        age,
        income: (age * 7) % 11,
      }));
      await write('reference.csv', rows);
      await write('current.csv', rows.slice(5));
    });

    /** A profile that nobody would make of the data: where it shows, it was kept. */
    const marked = (profile: ReferenceProfile): ReferenceProfile => ({
      ...profile,
      columns: profile.columns.map(column => ({
        ...column,
        counts: { ...column.counts, mean: 12_345 },
      })),
    });
    const meanOf = ({ columns: [{ counts }] }: ReferenceProfile) => counts.mean;

    it('keeps its reference as long as neither its data nor what is asked of them change', async () => {
      const first = await run(await definition());
      const kept = marked(first.result.reference);
      const again = await run(await definition(), { kept });
      expect(meanOf(again.result.reference)).toBe(12_345);
      await write('current.csv', [{ at, age: 3, income: 1 }]);
      const newData = await run(await definition(), { kept });
      expect(meanOf(newData.result.reference)).toBe(12_345);
    });

    it('gives the same figures by a reference that was kept', async () => {
      const both = await definition({
        age: { type: 'numeric' },
        income: { type: 'numeric' },
      });
      const first = await run(both);
      const again = await run(both, {
        // As the database gives it back.
        kept: JSON.parse(JSON.stringify(first.result.reference)),
      });
      expect(again.drift).toEqual(first.drift);
      expect(again.profiles).toEqual(first.profiles);
      expect(again.result.referenceState).toBe(first.result.referenceState);
    });

    it('profiles its reference again where the data or the definition changed', async () => {
      const first = await run(await definition());
      const kept = marked(first.result.reference);
      const edges = await run(
        await definition({ age: { type: 'numeric', edges: [0, 10, 30] } }),
        { kept },
      );
      expect(meanOf(edges.result.reference)).toBeCloseTo(14.5, 12);
      const window = await run(
        {
          ...(await definition()),
          reference: {
            data: { path: join(folder, 'reference.csv') },
            window: {
              start: '2026-10-01T00:00:00Z',
              end: '2026-11-01T00:00:00Z',
            },
          },
        },
        { kept },
      );
      expect(meanOf(window.result.reference)).toBeCloseTo(14.5, 12);
      await write('reference.csv', [{ at, age: 4, income: 1 }]);
      const data = await run(await definition(), { kept });
      expect(meanOf(data.result.reference)).toBe(4);
    });
  });
});
