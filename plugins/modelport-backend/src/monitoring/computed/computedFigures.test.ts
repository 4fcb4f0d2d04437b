import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DriftFigure } from '@modelport/plugin-modelport-common';
import { monitorFolder } from './__testUtils__/monitorFolder';

jest.setTimeout(60_000);

const { run, write } = monitorFolder();
const time = { column: 'at', zone: 'Europe/Zurich' };

const FIXTURES = resolve(
  __dirname,
  '../../../../modelport-common/src/statistics/__fixtures__',
);

function fixture(name: string) {
  return JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
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
});
