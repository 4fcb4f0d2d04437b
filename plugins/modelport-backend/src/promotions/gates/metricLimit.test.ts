import {
  judged,
  testEvidence,
  testGateVersion,
  testMeasurement,
} from '../../__testUtils__/gateFacts';

const rule = { type: 'metric-limit', metric: 'roc_auc', min: 0.8 };

function of(
  measurements: ReturnType<typeof testMeasurement>[],
  part: Record<string, unknown> = {},
  evidence: ReturnType<typeof testEvidence>[] = [],
) {
  return judged(
    { ...rule, ...part },
    { candidate: testGateVersion('3', evidence, { measurements }) },
  );
}

it('passes at the limit and fails below', () => {
  expect(of([testMeasurement('roc_auc', 0.8)])).toEqual({
    id: 'gate',
    type: 'metric-limit',
    title: 'roc_auc at least 0.8',
    outcome: 'pass',
    value: 0.8,
    lower: null,
    upper: null,
    threshold: 'at least 0.8',
    message: 'roc_auc is 0.8.',
    evidence: [],
    producer: 'the registry',
    producedAt: '2026-04-01T00:00:00.000Z',
    receivedAt: null,
  });
  expect(of([testMeasurement('roc_auc', 0.799)]).outcome).toBe('fail');
});

it('says what is measured instead where the metric is not', () => {
  const { outcome, message } = of([testMeasurement('auc', 0.9)]);
  expect(outcome).toBe('unknown');
  expect(message).toMatch(/no figure for "roc_auc". It has "auc"/);
});

it('judges the whole interval where it is asked to', () => {
  const interval = { interval: true };
  const between = (lower: number | null, upper: number | null) =>
    of([testMeasurement('roc_auc', upper ?? 0.82, { lower, upper })], interval)
      .outcome;
  expect(between(0.8, 0.9)).toBe('pass');
  expect(between(0.79, 0.9)).toBe('unknown');
  expect(between(0.7, 0.79)).toBe('fail');
  expect(between(null, null)).toBe('unknown');
  const outside = testMeasurement('roc_auc', 0.5, { lower: 0.9, upper: 0.95 });
  expect(of([outside], interval)).toMatchObject({
    outcome: 'unknown',
    message: expect.stringContaining('not within its own interval'),
  });
});

it('chooses between sets only by the rule', () => {
  const measurements = [
    testMeasurement('roc_auc', 0.9),
    testMeasurement('roc_auc', 0.7, {
      evaluationSet: { id: 'other', hash: null },
    }),
  ];
  expect(of(measurements).message).toMatch(
    /measured on 2 sets \(holdout h1, other\)/,
  );
  expect(of(measurements, { evaluationSet: 'other' }).outcome).toBe('fail');
});

it('never takes the whole set for a slice', () => {
  const measurements = [testMeasurement('roc_auc', 0.9)];
  expect(of(measurements, { slice: 'young' }).outcome).toBe('unknown');
});

it('counts only who the rule names, and takes NaN for no figure', () => {
  const document = testEvidence('metrics', {}, { from: 'push-token:1' });
  const measurements = [
    testMeasurement('roc_auc', 0.9, { evidence: document.digest }),
  ];
  expect(of(measurements, {}, [document]).outcome).toBe('unknown');
  expect(
    of(measurements, { from: ['push-token:1'] }, [document]),
  ).toMatchObject({
    outcome: 'pass',
    evidence: [document.digest],
    producer: 'evaluate.py 1.4 (push-token:1)',
    producedAt: '2026-05-01T00:00:00.000Z',
  });
  // A document that is not among those of the version counts for nobody.
  expect(of(measurements, { from: ['*'] }).outcome).toBe('unknown');
  expect(of([testMeasurement('roc_auc', 'NaN')]).outcome).toBe('unknown');
});

it('takes a figure of no known time for too old', () => {
  const measurements = [testMeasurement('roc_auc', 0.9)];
  expect(of(measurements, { maxAgeDays: 62 }).outcome).toBe('pass');
  expect(of(measurements, { maxAgeDays: 30 }).message).toMatch(
    /older than 30 days/,
  );
});

it.each([
  [30, 'pass'],
  [29, 'unknown'],
  [1, 'unknown'],
  [null, 'pass'],
])('takes a figure of %s rows for: %s', (n, outcome) => {
  const measurements = [testMeasurement('roc_auc', 0.9, { n })];
  expect(of(measurements).outcome).toBe(outcome);
  expect(of(measurements, { minimumRows: 0 }).outcome).toBe('pass');
  expect(of(measurements, { minimumRows: 31 }).outcome).toBe('unknown');
});

it('cannot tell where there is more metrics evidence than is read', () => {
  const measurements = [testMeasurement('roc_auc', 0.9)];
  const candidate = testGateVersion('3', [], { measurements });
  expect(
    judged(rule, { candidate: { ...candidate, notAll: ['metrics'] } }),
  ).toMatchObject({
    outcome: 'unknown',
    message: expect.stringContaining('more metrics evidence than is read'),
  });
});
