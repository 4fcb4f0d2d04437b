import {
  ComparedMeasurement,
  Comparison,
  Measurement,
} from '@modelport/plugin-modelport-common';
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

function comparisonOf(measurements: Measurement[][]): Comparison {
  const [baseline] = measurements;
  return {
    versions: [],
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
function rowsOf(shift: number): unknown[] {
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
  calibration?: Record<string, unknown>;
}) {
  const { rows = {}, calibration = {} } = options;
  const comparison = new EvidenceComparison({
    models: { compare: async () => comparisonOf(options.measurements) },
    evidence: {
      documentsOf: async ({ version }, { kind }) => {
        if (kind === 'calibration') {
          return version in calibration
            ? [documentOf(kind, `c${version}`, calibration[version], 9)]
            : [];
        }
        return version in rows
          ? [
              documentOf(
                kind,
                `d${version}`,
                { evaluationSet: SET },
                Number(version),
              ),
            ]
          : [];
      },
      openRows: async ({ id }) => rows[String(id)],
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
    const list = [measured('test_roc_auc'), measured('accuracy')];
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
    expect(differences).toEqual([]);
    expect(withoutRows).toEqual([
      {
        version: '2',
        why: 'no metric that both have is compared row by row',
      },
    ]);
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
        why: 'of version 2, labels of the evaluation rows are not 0 and 1',
      },
      { version: '3', why: 'version 3 has no evaluation rows' },
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
