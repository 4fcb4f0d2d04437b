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

function closeTo(value: number): unknown {
  return expect.closeTo(value, 9);
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
      id: `id ${id % 300 < 250 && id < 50_000 ? id % 300 : id}`,
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

  it('counts all rows of many scores, windows and segments, or says that it does not', async () => {
    // Each band with each label, and none, in each region of both days.
    const rows = Array.from({ length: 54_000 }, (_, at) => ({
      at: new Date(Date.UTC(2026, 9, 1 + (at % 2))).toISOString(),
      p: (Math.floor(at / 2) % 1_000) / 1_000 + 1e-9 * at,
      y: ['0', '1', ''][Math.floor(at / 2_000) % 3],
      region: Math.floor(at / 6_000),
    }));
    const path = await write('rows.csv', rows);
    const { performance } = await run({
      reference: { data: { path } },
      current: { path },
      time: { column: 'at' },
      columns: { p: { type: 'numeric' } },
      label: {
        column: 'y',
        prediction: 'p',
        task: 'probability',
        segments: ['region'],
      },
    });
    expect(performance).toHaveLength(2);
    for (const { figures } of performance) {
      const briers = figures.filter(
        ({ metric }) => metric === 'brier (binned)',
      );
      const sum = (prefix: string) =>
        briers
          .filter(({ slice }) => slice?.startsWith(prefix))
          .reduce((all, { n }) => all + (n ?? 0), 0);
      expect(briers.find(({ slice }) => slice === null)).toMatchObject({
        n: 27_000,
        labelled: closeTo(2 / 3),
      });
      expect(sum('region')).toBe(27_000);
    }
  });

  it('is not led astray by a time that is still to come', async () => {
    const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString();
    const path = await write('rows.csv', [
      ...[1, 2, 3].map(n => ({ at: day(n), age: n })),
      { at: '2099-01-01T00:00:00Z', age: 4 },
    ]);
    const { drift } = await run({
      reference: { data: { path } },
      current: { path },
      time: { column: 'at' },
      columns: { age: { type: 'numeric' } },
    });
    expect(drift.map(({ window }) => window?.start)).toEqual([
      day(1),
      day(2),
      day(3),
    ]);
  });

  it('repeats nothing of the rows where it says what is wrong', async () => {
    const reference = await write('reference.csv', [
      { at: '2026-10-05T12:00:00Z', age: 1, email: 'ada@example.com' },
    ]);
    const definition = {
      reference: { data: { path: reference } },
      current: { path: join(folder, 'current.csv') },
      time: { column: 'at' },
      columns: {
        age: { type: 'numeric' },
        email: { type: 'categorical', personal: true },
      },
    };
    const messageOf = async (raw: object) =>
      run(raw).then(
        () => 'none',
        error => String(error),
      );
    await writeFile(
      join(folder, 'current.csv'),
      `at,age,email\n${'2026-10-05T12:00:00Z,2,bob@example.com\n'.repeat(
        5_000,
      )}2026-10-05T12:00:00Z,3,eve@example.com,4,5,6\n"2026,eve@example.com`,
    );
    const broken = await messageOf(definition);
    expect(broken).toContain('sniffing file');
    expect(broken).not.toContain('@example.com');
    expect(
      await messageOf({
        ...definition,
        current: { path: reference },
        time: { column: 'email' },
      }),
    ).toMatch(/^InputError: The column email is VARCHAR and holds other/);
  });

  it('finds a column that is gone, and goes on with the others', async () => {
    const at = '2026-10-05T12:00:00Z';
    const reference = await write(
      'reference.csv',
      Array.from({ length: 20 }, (_, n) => ({ at, age: n, kind: 'a', y: 1 })),
    );
    const current = await write('current.csv', [{ at, Age: 3 }]);
    const { drift, profiles } = await run({
      reference: { data: { path: reference } },
      current: { path: current },
      time: { column: 'at' },
      columns: {
        age: { type: 'numeric' },
        income: { type: 'numeric', role: 'ignored' },
        kind: { type: 'categorical' },
      },
      label: { column: 'y', prediction: 'age', task: 'value' },
    });
    expect(profiles[1].columns).toMatchObject([
      { feature: 'age', n: 1, missing: 0 },
      { feature: 'kind', n: 0, missing: 1 },
    ]);
    expect(drift[0].findings).toMatchObject([
      { feature: 'kind', check: 'missing values' },
    ]);
  });

  it('sees that many zeros became few', async () => {
    const at = '2026-10-05T12:00:00Z';
    const rowsOf = (zeros: number) =>
      Array.from({ length: 1_000 }, (_, n) => ({
        at,
        paid: n < zeros ? 0 : n,
      }));
    const { drift, profiles } = await run({
      reference: { data: { path: await write('reference.csv', rowsOf(950)) } },
      current: { path: await write('current.csv', rowsOf(500)) },
      time: { column: 'at' },
      columns: { paid: { type: 'numeric' } },
    });
    expect(profiles[0].columns[0].counts).toEqual([950, 50]);
    expect(profiles[1].columns[0].counts).toEqual([500, 500]);
    expect(Number(valueOf(drift[0].figures, 'psi'))).toBeGreaterThan(1);
  });

  it('keeps no value of a column that has a value of its own in every row', async () => {
    const at = '2026-10-05T12:00:00Z';
    const rows = Array.from({ length: 400 }, (_, n) => ({
      at,
      account: n < 100 ? 'shared' : `account-${n}`,
    }));
    const path = await write('rows.csv', rows);
    const { profiles } = await run({
      reference: { data: { path } },
      current: { path },
      time: { column: 'at' },
      columns: { account: { type: 'categorical' } },
    });
    expect(profiles.map(({ columns }) => columns[0].categories)).toEqual([
      ['shared', '(other)'],
      ['shared', '(other)'],
    ]);
    expect(profiles[1].columns[0].counts).toEqual([100, 300]);
  });

  it('takes no personal column for segments or classes', async () => {
    const path = await write('rows.csv', [{ at: '2026-10-05', name: 'Ada' }]);
    const raw = {
      reference: { data: { path } },
      current: { path },
      time: { column: 'at' },
      columns: { name: { type: 'categorical', personal: true } },
    };
    const label = { column: 'y', prediction: 'p', task: 'class' };
    for (const part of [{ segments: ['name'] }, { column: 'name' }]) {
      await expect(
        run({ ...raw, label: { ...label, ...part } }),
      ).rejects.toThrow('expected a column that is not personal');
    }
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
