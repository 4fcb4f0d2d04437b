import { seededRandom } from '@modelport/plugin-modelport-common';
import {
  judged,
  testEvidence,
  testGateVersion,
} from '../../__testUtils__/gateFacts';

/** Rows whose labels follow `truth` of the score. */
function rows(n: number, truth: (score: number) => number) {
  const random = seededRandom(7);
  return {
    evaluationSet: { id: 'holdout' },
    rows: Array.from({ length: n }, (_none, row) => {
      const score = 0.02 + 0.96 * random();
      return { id: `${row}`, label: random() < truth(score) ? 1 : 0, score };
    }),
  };
}

function of(kind: string, body: unknown, rule: Record<string, unknown>) {
  return judged(
    { type: 'calibration', ...rule },
    { candidate: testGateVersion('3', [testEvidence(kind, body)]) },
  );
}

const document = {
  n: 200,
  slope: 0.9,
  intercept: 0.1,
  bins: [
    { lower: 0, upper: 0.5, n: 100, predicted: 0.2, observed: 0.1 },
    { lower: 0.5, upper: 1, n: 100, predicted: 0.8, observed: 0.9 },
  ],
};

describe('from rows', () => {
  it('passes what is calibrated, by the whole interval', () => {
    const result = of(
      'evaluation-rows',
      rows(4_000, score => score),
      {
        slope: { min: 0.8, max: 1.2 },
        intercept: { min: -0.2, max: 0.2 },
        maxError: 0.05,
        observedOverExpected: { min: 0.8, max: 1.25 },
      },
    );
    expect(result.outcome).toBe('pass');
    expect(result.message).toMatch(/Computed from 4000 rows of "holdout"/);
  });

  it('fails what is too extreme, and cannot tell from few rows', () => {
    const tooExtreme = (score: number) => 0.5 + (score - 0.5) / 3;
    const rule = { slope: { min: 0.8 } };
    expect(of('evaluation-rows', rows(4_000, tooExtreme), rule)).toMatchObject({
      outcome: 'fail',
      threshold: 'at least 0.8',
    });
    expect(
      of(
        'evaluation-rows',
        rows(40, score => score),
        rule,
      ).outcome,
    ).toBe('unknown');
  });

  it('is unknown where there is no fit', () => {
    const separated = rows(50, score => (score > 0.5 ? 1 : 0));
    expect(
      of('evaluation-rows', separated, { slope: { min: 0 } }),
    ).toMatchObject({ outcome: 'unknown', value: null });
  });
});

describe('from a document', () => {
  it('takes its figures, and the error from its bands where it does not say it', () => {
    const result = of('calibration', document, { maxError: 0.09 });
    expect(result).toMatchObject({ outcome: 'fail' });
    expect(result.value).toBeCloseTo(0.1, 12);
    expect(of('calibration', document, { slope: { min: 0.8 } }).outcome).toBe(
      'pass',
    );
  });

  it('judges bands by their interval, and only those with enough rows', () => {
    const bands = (limits: object, minimumBandRows = 30) =>
      of('calibration', document, {
        observedOverExpected: limits,
        minimumBandRows,
      });
    // 0.1 of 100 rows is 0.055 to 0.174 of which 0.2 was expected.
    expect(bands({ min: 0.5 }).outcome).toBe('pass');
    expect(bands({ min: 0.6 }).outcome).toBe('unknown');
    expect(bands({ min: 0.9 }).outcome).toBe('fail');
    expect(bands({ min: 0.9 }, 101).outcome).toBe('unknown');
  });

  it('is unknown where a figure is missing, is NaN, or the document follows no schema', () => {
    const slope = { slope: { min: 0 } };
    expect(
      of('calibration', { ...document, slope: 'NaN' }, slope).outcome,
    ).toBe('unknown');
    expect(of('calibration', { bins: 3 }, slope).outcome).toBe('unknown');
    expect(of('metrics', {}, slope).message).toMatch(/no calibration evidence/);
  });
});

it('cannot tell from a few rows', () => {
  const rule = { slope: { min: 0.8 } };
  expect(of('calibration', { ...document, n: 29 }, rule)).toMatchObject({
    outcome: 'unknown',
    message: expect.stringContaining('29 rows only'),
  });
});
