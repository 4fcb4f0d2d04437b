import {
  ComparedMeasurement,
  Comparison,
  Measurement,
} from '@modelport/plugin-modelport-common';
import { testGateVersion } from '../__testUtils__/gateFacts';
import { EvidenceComparison } from './EvidenceComparison';
import { ReadDocument } from './EvidenceService';

const SET = { id: 'test-2026', hash: null };

function measured(key: string, part: Partial<Measurement> = {}): Measurement {
  return {
    key,
    value: 0.8,
    dataset: null,
    evaluationSet: SET,
    slice: null,
    n: null,
    lower: null,
    upper: null,
    evidence: null,
    ...part,
  };
}

function comparisonOf(
  measurements: Measurement[][],
  thresholds: Record<string, number[]>,
): Comparison {
  const [baseline] = measurements;
  return {
    versions: Object.entries(thresholds).map(
      ([version, of]) =>
        testGateVersion(version, [], {
          decision: { thresholds: of, referBand: null, scaling: null },
        }).version,
    ),
    params: [],
    datasets: [],
    signatureChanges: [],
    signatureUnknown: [],
    warnings: [],
    metrics: baseline.map((one, place) => ({
      key: one.key,
      slice: one.slice,
      direction: null,
      differs: true,
      values: measurements.map(
        (list, index): ComparedMeasurement => ({
          version: String(index + 1),
          measurement: list[place],
          delta: null,
          comparability: 'unknown',
          reason: null,
          better: null,
        }),
      ),
    })),
  };
}

/** Forty rows, of which every other one is positive; `shift` moves the scores of the positive ones. */
function rowsOf(shift: number) {
  return Array.from({ length: 40 }, (_, row) => ({
    id: `r${row}`,
    label: row % 2,
    score: 0.2 + ((row * 7) % 20) / 50 + (row % 2 ? shift : 0),
  }));
}

function documentOf(
  kind: string,
  digest: string,
  body: unknown,
  id: number,
): ReadDocument {
  return {
    id,
    body,
    evidence: {
      digest,
      kind,
      schemaVersion: 1,
      producer: null,
      producedAt: null,
      receivedAt: '2026-11-21T00:00:00.000Z',
      origin: { type: 'push', path: null, by: null },
      reader: null,
      status: 'read',
      message: null,
      size: 1,
      mediaType: 'application/json',
    },
  };
}

function compare(options: {
  measurements: Measurement[][];
  rows?: Record<string, unknown[]>;
  /** Rows of another set of the same versions, pushed later. */
  later?: Record<string, unknown[]>;
  /** Hashes that are claimed of the rows. */
  hashes?: Record<string, string>;
  calibration?: Record<string, unknown>;
  /** From which score on versions decide. */
  thresholds?: Record<string, number[]>;
}) {
  const { rows = {}, later = {}, hashes = {}, calibration = {} } = options;
  const comparison = new EvidenceComparison({
    models: {
      compare: async () =>
        comparisonOf(options.measurements, options.thresholds ?? {}),
    },
    evidence: {
      documentsOf: async ({ version }, { kind }) => {
        if (kind === 'calibration') {
          return version in calibration
            ? [documentOf(kind, `c${version}`, calibration[version], 9)]
            : [];
        }
        const others =
          version in later
            ? [
                documentOf(
                  kind,
                  `l${version}`,
                  { evaluationSet: { id: 'later', hash: null } },
                  100 + Number(version),
                ),
              ]
            : [];
        return version in rows
          ? [
              ...others,
              documentOf(
                kind,
                `d${version}`,
                { evaluationSet: { ...SET, hash: hashes[version] ?? null } },
                Number(version),
              ),
            ]
          : [];
      },
      openRows: async ({ id }) =>
        id > 100 ? later[String(id - 100)] : rows[String(id)],
    },
  });
  return comparison.compare({
    source: 'demo',
    name: 'credit',
    versions: options.measurements.map((_, index) => String(index + 1)),
    visibility: undefined,
  });
}

describe('EvidenceComparison', () => {
  it('gives differences their intervals on the rows that both scored, and curves by bands', async () => {
    const list = [
      measured('test_roc_auc'),
      measured('accuracy'),
      measured('train_log_loss', { evaluationSet: null }),
    ];
    const { differences, withoutRows, calibrations } = await compare({
      measurements: [list, list],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3) },
    });
    expect(differences).toEqual([
      expect.objectContaining({
        version: '2',
        key: 'test_roc_auc',
        n: 40,
        level: 0.95,
        method: "DeLong's paired interval",
        evaluationSet: SET,
        evidence: ['d2', 'd1'],
      }),
      // Of training data is told nothing by these rows, which give what nobody logged.
      expect.objectContaining({ key: 'log_loss', n: 40 }),
      expect.objectContaining({ key: 'brier_score', n: 40 }),
    ]);
    const [{ value, baseline, difference, lower, upper }] = differences;
    expect(difference).toBeCloseTo(value - baseline, 12);
    expect(lower).toBeLessThan(difference);
    expect(upper).toBeGreaterThan(difference);
    expect(withoutRows).toEqual([]);
    expect(
      calibrations.map(({ version, from, n }) => [version, from, n]),
    ).toEqual([
      ['1', 'rows', 40],
      ['2', 'rows', 40],
    ]);
    expect(calibrations[0].bands).toHaveLength(10);
  });

  it('says nothing of metrics that were measured on other rows or on a slice', async () => {
    const other = { id: 'valid-2026', hash: null };
    const { differences, withoutRows } = await compare({
      measurements: [
        [
          measured('valid_auc', { evaluationSet: other }),
          measured('auc', { slice: 'women' }),
        ],
        [
          measured('valid_auc', { evaluationSet: other }),
          measured('auc', { slice: 'women' }),
        ],
      ],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3) },
    });
    expect(differences.map(({ key }) => key)).toEqual([
      'roc_auc',
      'log_loss',
      'brier_score',
    ]);
    expect(withoutRows).toEqual([]);
  });

  it('tells from the rows of both what the registry logged without saying on what', async () => {
    const bare = (key: string, value: number) =>
      measured(key, { evaluationSet: null, value });
    const { differences, withoutRows, remarks } = await compare({
      measurements: [
        [bare('roc_auc', 0.5), bare('valid_auc', 0.5), bare('log_loss', 0.1)],
        [bare('roc_auc', 0.6), bare('valid_auc', 0.6), bare('log_loss', 0.2)],
      ],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3) },
    });
    expect(
      differences.map(({ key, evaluationSet }) => [key, evaluationSet]),
    ).toEqual([
      ['roc_auc', SET],
      ['log_loss', SET],
      ['brier_score', SET],
    ]);
    expect(withoutRows).toEqual([]);
    expect(remarks).toEqual([]);
  });

  it('tells nothing of a metric that was measured on another number of rows', async () => {
    const list = [measured('roc_auc', { evaluationSet: null, n: 1000 })];
    const { differences, withoutRows } = await compare({
      measurements: [list, list],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3) },
    });
    expect(differences.map(({ key }) => key)).toEqual([
      'log_loss',
      'brier_score',
    ]);
    expect(withoutRows).toEqual([]);
    const as = [measured('roc_auc', { evaluationSet: null, n: 40 })];
    const same = await compare({
      measurements: [as, as],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3) },
    });
    expect(same.differences[0]).toMatchObject({ key: 'roc_auc', n: 40 });
  });

  it('tells nothing of rows that were erased since it was asked last, also where they are those of another model', async () => {
    const rows: Record<string, unknown[]> = { 1: rowsOf(0), 2: rowsOf(0.1) };
    const asked = {
      source: 'demo',
      versions: ['1', '2'],
      visibility: undefined,
    };
    const comparison = new EvidenceComparison({
      models: {
        compare: async (_source, name) => {
          const { versions, ...all } = comparisonOf([[], []], { 1: [], 2: [] });
          return { ...all, versions: versions.map(one => ({ ...one, name })) };
        },
      },
      evidence: {
        documentsOf: async ({ version }) => [
          documentOf(
            'evaluation-rows',
            `d${version}`,
            { evaluationSet: SET },
            Number(version),
          ),
        ],
        openRows: async ({ id }) => rows[id],
      },
    });
    const aucIn = async (name: string) => {
      const { differences } = await comparison.compare({ ...asked, name });
      const auc = differences.find(({ key }) => key === 'roc_auc');
      return { n: auc?.n, value: auc?.baseline };
    };
    const [first, second, ...others] = rows[1];
    expect((await aucIn('credit')).n).toBe(40);
    rows[1] = [null, second, ...others];
    const credit = await aucIn('credit');
    expect(credit.n).toBe(39);
    // Of the same bytes in another model, somebody else was erased.
    rows[1] = [first, null, ...others];
    const other = await aucIn('other');
    expect(other.n).toBe(39);
    expect(other.value).not.toBe(credit.value);
  });

  it('gives curves of every set, first of that of the metrics, whatever came last', async () => {
    const list = [measured('test_roc_auc')];
    const rows = { 1: rowsOf(0.1), 2: rowsOf(0.3) };
    const { calibrations } = await compare({
      measurements: [list, list],
      rows,
      later: rows,
    });
    expect(
      calibrations.map(({ version, evaluationSet }) => [
        version,
        evaluationSet?.id,
      ]),
    ).toEqual([
      ['1', SET.id],
      ['1', 'later'],
      ['2', SET.id],
      ['2', 'later'],
    ]);
  });

  it('tells of validation data where the rows give the figures that were logged', async () => {
    const bare = (value: number) => [
      measured('valid_auc', { evaluationSet: null, value }),
    ];
    const rows = { 1: rowsOf(0.1), 2: rowsOf(0.3) };
    const [{ value, baseline }] = (
      await compare({ measurements: [bare(0), bare(0)], rows })
    ).differences;
    const { differences } = await compare({
      measurements: [bare(baseline), bare(Number(value.toFixed(3)))],
      rows,
    });
    expect(differences[0]).toMatchObject({ key: 'valid_auc', value, baseline });
  });

  it('goes by rows and not by the hashes that are claimed of them, and says so', async () => {
    const list = [measured('auc', { evaluationSet: { ...SET, hash: 'h1' } })];
    const same = await compare({
      measurements: [list, list],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3) },
      hashes: { 1: 'h1', 2: 'wrong' },
    });
    expect(same.differences[0]).toMatchObject({ key: 'auc', n: 40 });
    expect(same.remarks).toEqual([
      'Different hashes are claimed of the evaluation set "test-2026" of versions 1 and 2 (h1, wrong), which their rows contradict: they have the same ids and labels. The rows count.',
    ]);
    const other = await compare({
      measurements: [list, list],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3).slice(1) },
      hashes: { 1: 'h1', 2: 'h1' },
    });
    expect(other.differences).toEqual([]);
    expect(other.withoutRows).toEqual([
      {
        version: '2',
        why: 'the two versions were not measured on the same rows',
        rowsAtHand: true,
      },
    ]);
    expect(other.remarks).toEqual([
      'The same hash (h1) is claimed of the evaluation set "test-2026" of versions 1 and 2, which their rows contradict: the two versions were not measured on the same rows. The rows count.',
    ]);
  });

  it('gives intervals of decisions at the stated threshold, or at the usual one, where the rows bear out what was logged', async () => {
    const rows = { 1: rowsOf(0.1), 2: rowsOf(0.3) };
    const of = async (
      key: string,
      [first, second]: [number, number],
      thresholds = {},
    ) =>
      (
        await compare({
          measurements: [
            [measured(key, { value: first })],
            [measured(key, { value: second })],
          ],
          rows,
          thresholds,
        })
      ).differences.find(difference => difference.key === key);
    // Of twenty positive rows, scores from 0.5 on: counted by hand from how the rows are made.
    const share = (shift: number, threshold: number) =>
      rowsOf(shift).filter(row => row.label === 1 && row.score >= threshold)
        .length / 20;
    const usual: [number, number] = [share(0.1, 0.5), share(0.3, 0.5)];
    const low: [number, number] = [share(0.1, 0.35), share(0.3, 0.45)];
    expect(usual).not.toEqual(low);
    const found = await of('test_recall', usual);
    expect(found).toMatchObject({
      n: 40,
      baseline: usual[0],
      value: usual[1],
      method:
        'paired bootstrap, 2000 resamples, seed 1, percentiles; scores from 0.5 on count as positive',
    });
    expect(Number(found?.lower)).toBeLessThan(Number(found?.difference));
    expect(Number(found?.upper)).toBeGreaterThan(Number(found?.difference));
    const stated = { 1: [0.35], 2: [0.45] };
    expect((await of('recall', low, stated))?.method).toMatch(
      /scores from 0.45 on count as positive, of the baseline from 0.35 on$/,
    );
    // The registry logs what its library decides, whatever the version is used with.
    expect((await of('recall', usual, stated))?.method).toMatch(/from 0.5 on/);
    expect(await of('recall', low)).toBeUndefined();
    expect(await of('recall', low, { 1: [0.2, 0.4] })).toBeUndefined();
    expect(await of('recall_macro', usual)).toBeUndefined();
    expect(await of('weighted_recall', usual)).toBeUndefined();
  });

  it('gives intervals of errors of numbers', async () => {
    const numbers = (off: number) =>
      Array.from({ length: 40 }, (_, row) => ({
        id: `r${row}`,
        label: row + 0.5,
        score: row + 0.5 + (row % 2 ? off : -1),
      }));
    const list = ['test_mae', 'rmse', 'log_rmse', 'roc_auc'].map(key =>
      measured(key),
    );
    const { differences, calibrations } = await compare({
      measurements: [list, list],
      rows: { 1: numbers(3), 2: numbers(1) },
    });
    expect(calibrations).toEqual([]);
    expect(
      differences.map(({ key, baseline, value }) => [key, baseline, value]),
    ).toEqual([
      ['test_mae', 2, 1],
      ['rmse', Math.sqrt(5), 1],
    ]);
    expect(differences[0]).toMatchObject({
      difference: -1,
      n: 40,
      method: 'paired bootstrap, 2000 resamples, seed 1, percentiles',
    });
    expect(differences[0].upper).toBeLessThan(-0.5);
    const ofClasses = await compare({
      measurements: [list, list],
      rows: { 1: rowsOf(0.1), 2: rowsOf(0.3) },
    });
    expect(ofClasses.differences.map(({ key }) => key)).not.toContain('rmse');
  });

  it('says which version has no rows', async () => {
    const list = [measured('auc')];
    const { withoutRows } = await compare({
      measurements: [list, list, list],
      rows: { 1: rowsOf(0.1), 2: [{ id: 'a', label: 'cat', score: 1 }] },
    });
    expect(withoutRows).toEqual([
      {
        version: '2',
        why: 'of version 2, labels of the evaluation rows are neither 0 and 1 nor numbers',
        rowsAtHand: false,
      },
      {
        version: '3',
        why: 'version 3 has no evaluation rows',
        rowsAtHand: false,
      },
    ]);
  });

  it('takes a curve from a document where there are no rows, with the error that follows from its bands', async () => {
    const list = [measured('auc')];
    const { calibrations } = await compare({
      measurements: [list, list],
      calibration: {
        1: {
          n: 100,
          evaluationSet: { id: 'test-2026' },
          bins: [
            { lower: 0, upper: 0.5, n: 60, predicted: 0.2, observed: 0.3 },
            { lower: 0.5, upper: 1, n: 40, predicted: 0.8, observed: 0.75 },
            { lower: 1, upper: 1, n: 0, predicted: null, observed: null },
          ],
        },
        2: { bins: 'none' },
      },
    });
    expect(calibrations).toEqual([
      expect.objectContaining({
        version: '1',
        from: 'document',
        evidence: 'c1',
        evaluationSet: { id: 'test-2026', hash: null },
      }),
    ]);
    const [{ error, bands }] = calibrations;
    // (60 × 0.1 + 40 × 0.05) / 100
    expect(error).toBeCloseTo(0.08, 12);
    // Wilson's interval of 18 of 60 rows, worked out with Python's floats from E. B. Wilson's formula.
    expect(bands[0].observedLower).toBeCloseTo(0.19898166, 8);
    expect(bands[0].observedUpper).toBeCloseTo(0.42508708, 8);
    expect(bands[2].observedLower).toBeNull();
  });
});
