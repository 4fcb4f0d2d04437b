import {
  ComparedEvidence,
  ComparedMetric,
} from '@modelport/plugin-modelport-common';
import { testMeasurement } from '../__testUtils__/testData';
import { verdictOf } from './verdictOf';

const metric = (
  key: string,
  comparability: 'same' | 'different' | 'unknown' = 'unknown',
): ComparedMetric => ({
  key,
  slice: null,
  direction: key.endsWith('loss') ? 'lower' : 'higher',
  differs: true,
  values: ['2', '3'].map(version => ({
    version,
    measurement: testMeasurement({ key }),
    delta: 0.1,
    comparability,
    reason: null,
    better: null,
  })),
});

const onRows = (key: string, lower: number, upper: number) => ({
  version: '3',
  key,
  value: 0.8,
  baseline: 0.9,
  difference: (lower + upper) / 2,
  lower,
  upper,
  level: 0.95,
  n: 228,
  method: 'paired',
  evaluationSet: { id: 'holdout', hash: null },
  evidence: ['a', 'b'],
});

const evidence: ComparedEvidence = {
  differences: [
    onRows('roc_auc', -0.02, -0.01),
    onRows('log_loss', 0.1, 0.2),
    onRows('brier', -0.1, 0.2),
    onRows('train_loss', -0.2, -0.1),
  ],
  withoutRows: [],
  remarks: [],
  calibrations: [],
};

describe('verdictOf', () => {
  it('counts what each row says, and lets training data decide nothing', () => {
    const verdict = verdictOf({
      metrics: [
        metric('train_loss'),
        metric('log_loss'),
        metric('roc_auc'),
        metric('brier'),
        metric('f1'),
        metric('recall'),
        metric('precision', 'same'),
      ],
      evidence,
      version: '3',
      mainKey: 'roc_auc',
    });
    expect(verdict).toEqual({
      main: {
        key: 'roc_auc',
        call: 'worse',
        difference: evidence.differences[0],
      },
      calls: { better: 0, worse: 2, open: 1, equal: 0 },
      compared: 3,
      total: 7,
      notCompared: [
        { why: 'unknown', number: 2 },
        { why: 'training', number: 1 },
        { why: 'noInterval', number: 1 },
      ],
    });
  });

  it('says of a main metric of training data that it decides nothing, and names none that is not there', () => {
    const options = {
      metrics: [metric('train_loss')],
      evidence,
      version: '3',
    };
    expect(verdictOf({ ...options, mainKey: 'train_loss' }).main).toMatchObject(
      { call: 'training' },
    );
    expect(verdictOf({ ...options, mainKey: 'auc' }).main).toBeUndefined();
  });
});
