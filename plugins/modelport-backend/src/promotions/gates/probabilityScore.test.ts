import {
  judged,
  testEvidence,
  testGateVersion,
  testMeasurement,
  testRows,
} from '../../__testUtils__/gateFacts';

const rows = testEvidence(
  'evaluation-rows',
  testRows(100, label => (label ? 0.8 : 0.1)),
);
const document = testEvidence('calibration', {
  n: 100,
  brier: 0.2,
  logLoss: 'NaN',
  bins: [],
});

function of(
  type: string,
  max: number,
  evidence: ReturnType<typeof testEvidence>[],
  measurements: ReturnType<typeof testMeasurement>[] = [],
) {
  return judged(
    { type, max },
    { candidate: testGateVersion('3', evidence, { measurements }) },
  );
}

it('computes both from rows', () => {
  expect(of('brier', 0.03, [rows, document])).toMatchObject({
    outcome: 'pass',
    value: expect.closeTo((0.2 ** 2 + 0.1 ** 2) / 2, 12),
    evidence: [rows.digest],
  });
  expect(of('log-loss', 0.1, [rows])).toMatchObject({
    outcome: 'fail',
    value: expect.closeTo(-(Math.log(0.8) + Math.log(0.9)) / 2, 12),
  });
});

it('takes what calibration evidence says, else the one metric that is it', () => {
  expect(of('brier', 0.2, [document])).toMatchObject({
    outcome: 'pass',
    value: 0.2,
  });
  const loss = testMeasurement('test_log_loss', 0.4);
  expect(of('log-loss', 0.3, [document], [loss])).toMatchObject({
    outcome: 'fail',
    value: 0.4,
    producer: 'the registry',
  });
});

it('is unknown where there is none, or which one counts is not known', () => {
  expect(of('brier', 1, []).outcome).toBe('unknown');
  expect(
    of(
      'log-loss',
      1,
      [],
      [
        testMeasurement('test_log_loss', 0.4),
        testMeasurement('train_log_loss', 0),
      ],
    ).message,
  ).toMatch(/Which of "test_log_loss", "train_log_loss" counts/);
});

it('takes scores that are no probabilities for nothing', () => {
  const margins = testEvidence(
    'evaluation-rows',
    testRows(100, label => (label ? 3 : -3)),
  );
  expect(of('brier', 1, [margins]).outcome).toBe('unknown');
});

it('cannot tell from a few rows, wherever they come from', () => {
  const few = testEvidence(
    'evaluation-rows',
    testRows(29, label => (label ? 0.8 : 0.1)),
  );
  const said = testEvidence('calibration', { n: 29, brier: 0.2, bins: [] });
  const loss = testMeasurement('test_log_loss', 0.4, { n: 29 });
  expect(of('brier', 1, [few]).outcome).toBe('unknown');
  expect(of('brier', 1, [said]).outcome).toBe('unknown');
  expect(of('log-loss', 1, [], [loss]).outcome).toBe('unknown');
});
