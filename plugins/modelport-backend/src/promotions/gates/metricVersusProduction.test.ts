import { delongTest, seededRandom } from '@modelport/plugin-modelport-common';
import {
  judged,
  testEvidence,
  testGateVersion,
  testMeasurement,
  testRows,
} from '../../__testUtils__/gateFacts';
import { pairedMetricOf } from './pairedMetric';

const rule = {
  type: 'metric-vs-production',
  metric: 'roc_auc',
  tolerance: 0.01,
};

function byFigures(
  ours: ReturnType<typeof testMeasurement>,
  theirs: ReturnType<typeof testMeasurement>,
  part: Record<string, unknown> = {},
) {
  return judged(
    { ...rule, ...part },
    {
      candidate: testGateVersion('3', [], { measurements: [ours] }),
      production: testGateVersion('2', [], { measurements: [theirs] }),
    },
  );
}

/** Scores that are right by `skill`, different by seed. */
function scores(skill: number, seed: number, n = 400) {
  const random = seededRandom(seed);
  return testRows(n, label =>
    Math.min(
      0.99,
      Math.max(0.01, random() * (1 - skill) + (label ? skill : 0)),
    ),
  );
}

function byRows(
  ours: unknown,
  theirs: unknown,
  part: Record<string, unknown> = {},
) {
  return judged(
    { ...rule, ...part },
    {
      candidate: testGateVersion('3', [testEvidence('evaluation-rows', ours)]),
      production: testGateVersion('2', [
        testEvidence('evaluation-rows', theirs),
      ]),
    },
  );
}

describe('by figures', () => {
  it('passes where nothing is live, and where the version itself is', () => {
    expect(judged(rule, {}).outcome).toBe('pass');
    expect(judged(rule, { production: testGateVersion('3') }).outcome).toBe(
      'pass',
    );
  });

  it.each([
    ['roc_auc', 0.9, 0.91, 'pass'],
    ['roc_auc', 0.9, 0.9101, 'fail'],
    ['roc_auc', 0.95, 0.9, 'pass'],
    ['log_loss', 0.31, 0.3, 'pass'],
    ['log_loss', 0.32, 0.3, 'fail'],
  ])('%s of %d against %d: %s', (metric, ours, theirs, outcome) => {
    const result = byFigures(
      testMeasurement(metric, ours),
      testMeasurement(metric, theirs),
      { metric },
    );
    expect(result).toMatchObject({ outcome });
    expect(result.value).toBeCloseTo(ours - theirs, 10);
  });

  it('names the metric, the set and what is tolerated', () => {
    const of = (ours: number, theirs: number) =>
      byFigures(
        testMeasurement('roc_auc', ours),
        testMeasurement('roc_auc', theirs),
      ).message;
    expect(of(0.9, 0.9016)).toMatch(
      'roc_auc, on "holdout": 0.9 against 0.9016 of version 2, worse by 0.0016, within the tolerance of 0.01.',
    );
    expect(of(0.9, 0.92)).toMatch('worse by 0.02, beyond the tolerance');
    expect(of(0.92, 0.9)).toMatch('better by 0.02, within the tolerance');
  });

  it('cannot tell where nobody knows what is live', () => {
    for (const type of [
      { ...rule },
      { type: 'signature-compatible' },
      { type: 'explanation-stable' },
    ]) {
      expect(
        judged(type, { productionUnknown: 'the registry is down' }),
      ).toMatchObject({
        outcome: 'unknown',
        message: expect.stringContaining('the registry is down'),
      });
    }
  });

  it('cannot tell from a figure of a few rows on either side', () => {
    const [enough, few] = [1_000, 1].map(n =>
      testMeasurement('roc_auc', 0.9, { n }),
    );
    expect(byFigures(few, enough).outcome).toBe('unknown');
    expect(byFigures(enough, few).outcome).toBe('unknown');
    expect(byFigures(few, few, { minimumRows: 1 }).outcome).toBe('pass');
  });

  it('does not know which way a metric of no known direction is better', () => {
    const lift = testMeasurement('lift', 1);
    expect(byFigures(lift, lift, { metric: 'lift' }).outcome).toBe('unknown');
    expect(
      byFigures(lift, lift, { metric: 'lift', direction: 'higher' }).outcome,
    ).toBe('pass');
  });

  it.each([
    [
      { id: 'holdout', hash: null },
      { id: 'other', hash: null },
    ],
    [
      { id: 'holdout', hash: 'a' },
      { id: 'holdout', hash: 'b' },
    ],
    [{ id: 'holdout', hash: null }, null],
    [
      { id: 'holdout', hash: null },
      { id: 'holdout', hash: null },
    ],
    [
      { id: 'holdout', hash: 'a' },
      { id: 'holdout', hash: null },
    ],
  ])('compares nothing between %j and %j', (set, other) => {
    expect(
      byFigures(
        testMeasurement('roc_auc', 0.9, { evaluationSet: set }),
        testMeasurement('roc_auc', 0.9, { evaluationSet: other }),
      ).outcome,
    ).toBe('unknown');
  });

  it('demands rows where the rule does', () => {
    const same = testMeasurement('roc_auc', 0.9);
    const { outcome, message } = byFigures(same, same, { paired: 'require' });
    expect(outcome).toBe('unknown');
    expect(message).toMatch(/Push evaluation-rows of both versions/);
  });
});

describe('by rows', () => {
  it('passes where the whole interval is tolerable, fails where none of it is, and else cannot tell', () => {
    const better = byRows(scores(0.4, 1), scores(0.05, 2));
    expect(better.outcome).toBe('pass');
    expect(better.message).toMatch(
      /^roc_auc, on the same 400 rows of "[^"]+": .* better by .*within the tolerance of 0.01\.$/,
    );
    expect(byRows(scores(0.05, 2), scores(0.4, 1)).outcome).toBe('fail');
    const close = byRows(scores(0.2, 1), scores(0.2, 2));
    expect(close.outcome).toBe('unknown');
    expect(close.message).toMatch(/straddles the tolerance of 0.01/);
  });

  it('cannot tell from a few rows', () => {
    const part = { minimumRows: 401 };
    expect(byRows(scores(0.4, 1), scores(0.05, 2), part)).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining('400 rows only'),
    });
  });

  it("gives DeLong's interval of the difference, with the digests of both", () => {
    const [ours, theirs] = [scores(0.3, 1), scores(0.2, 2)];
    const test = delongTest(
      ours.rows.map(({ label }) => label === 1),
      ours.rows.map(({ score }) => score),
      theirs.rows.map(({ score }) => score),
    );
    const result = byRows(ours, {
      ...theirs,
      rows: [...theirs.rows].reverse(),
    });
    expect(result.value).toBeCloseTo(Number(test?.difference), 12);
    expect(result.lower).toBeCloseTo(Number(test?.lower), 12);
    expect(result.upper).toBeCloseTo(Number(test?.upper), 12);
    expect(result.threshold).toBe(-0.01);
    expect(result.evidence).toHaveLength(2);
    expect(result.message).toContain(
      "better by 0.122325 (the difference is 0.0599079 to 0.184742 by DeLong's paired interval), within",
    );
  });

  it.each(['brier', 'test_log_loss'])('draws the rows of %s again', metric => {
    const result = byRows(scores(0.4, 1), scores(0.05, 2), { metric });
    expect(result.outcome).toBe('pass');
    expect(Number(result.upper)).toBeLessThan(0);
    expect(result.message).toMatch(/paired bootstrap, 2000 resamples, seed 1/);
  });

  it('takes the normal interval of very many rows', () => {
    const { message, outcome } = byRows(
      scores(0.3, 1, 20_001),
      scores(0.1, 2, 20_001),
      { metric: 'brier' },
    );
    expect(outcome).toBe('pass');
    expect(message).toMatch(/normal interval/);
  });

  it.each([
    [
      'other rows',
      (rows: ReturnType<typeof scores>['rows']) =>
        rows.map(row => ({ ...row, id: `x${row.id}` })),
    ],
    [
      'other labels',
      (rows: ReturnType<typeof scores>['rows']) =>
        rows.map(row => ({ ...row, label: 1 - row.label })),
    ],
    [
      'weights',
      (rows: ReturnType<typeof scores>['rows']) =>
        rows.map(row => ({ ...row, weight: 2 })),
    ],
    [
      'an id that occurs twice',
      (rows: ReturnType<typeof scores>['rows']) => [...rows, rows[0]],
    ],
    ['fewer rows', (rows: ReturnType<typeof scores>['rows']) => rows.slice(1)],
  ])('compares nothing with %s', (_what, change) => {
    const [ours, theirs] = [scores(0.4, 1), scores(0.05, 2)];
    expect(
      byRows(
        ours,
        { ...theirs, rows: change(theirs.rows) },
        { paired: 'require' },
      ).outcome,
    ).toBe('unknown');
  });

  it('leaves erased rows out on both sides', () => {
    const [ours, theirs] = [scores(0.4, 1), scores(0.05, 2)];
    const { outcome, message } = byRows(ours, {
      ...theirs,
      rows: theirs.rows.map((row, at) => (at < 3 ? null : row)),
    });
    expect(outcome).toBe('pass');
    expect(message).toMatch(/same 397 rows/);
  });

  it('does not judge a figure of one set by the rows of another', () => {
    const rows = testEvidence('evaluation-rows', scores(0.4, 1));
    const result = judged(rule, {
      candidate: testGateVersion('3', [rows], {
        measurements: [
          testMeasurement('roc_auc', 0.9, {
            evaluationSet: { id: 'test', hash: 't1' },
          }),
        ],
      }),
      production: testGateVersion('2', [rows], {
        measurements: [
          testMeasurement('roc_auc', 0.8, {
            evaluationSet: { id: 'test', hash: 't1' },
          }),
        ],
      }),
    });
    expect(result).toMatchObject({ outcome: 'pass', evidence: [] });
    expect(result.value).toBeCloseTo(0.1, 10);
  });
});

it.each([
  ['roc_auc', 'auc'],
  ['valid_auc', 'auc'],
  ['test_roc_auc_score', 'auc'],
  ['pr_auc', null],
  ['aucpr', null],
  ['brier', 'brier'],
  ['brier_score_loss', 'brier'],
  ['mlogloss', null],
  ['test-LogLoss', 'log-loss'],
  ['log_loss', 'log-loss'],
  ['f1', null],
])('%s is compared row by row as %s', (key, metric) => {
  expect(pairedMetricOf(key)).toBe(metric);
});
