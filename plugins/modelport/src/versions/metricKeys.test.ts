import { testVersion } from '../__testUtils__/testData';
import { firstMetricKeys } from './metricKeys';

describe('firstMetricKeys', () => {
  const versions = [
    testVersion({
      metrics: { val_loss: 1, roc_auc: 0.9, test_f1: 0.8 },
      measurements: [],
    }),
  ];

  it('begins with the main metric', () => {
    expect(firstMetricKeys(versions, 'roc_auc')).toEqual([
      'roc_auc',
      'test_f1',
      'val_loss',
    ]);
  });

  it('begins with those of test data where no metric is the main one, or no version has it', () => {
    const expected = ['test_f1', 'val_loss', 'roc_auc'];
    expect(firstMetricKeys(versions, undefined)).toEqual(expected);
    expect(firstMetricKeys(versions, 'rmse')).toEqual(expected);
  });
});
