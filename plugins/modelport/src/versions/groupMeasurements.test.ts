import { testMeasurement, testVersion } from '../__testUtils__/testData';
import { groupMeasurements } from './groupMeasurements';

describe('groupMeasurements', () => {
  it('puts what was pushed first, the whole set before slices', () => {
    const version = testVersion({
      metrics: {},
      measurements: [
        testMeasurement({ key: 'test_auc', evidence: null }),
        testMeasurement({ key: 'auc', slice: 'old', evidence: null }),
        testMeasurement({ key: 'auc', slice: 'young', evidence: 'd1' }),
        testMeasurement({ key: 'roc_auc', evidence: 'd1' }),
      ],
    });
    expect(
      groupMeasurements(version).map(({ slice, measurements }) => [
        slice,
        measurements.map(({ key }) => key),
      ]),
    ).toEqual([
      [null, ['roc_auc', 'test_auc']],
      ['young', ['auc']],
      ['old', ['auc']],
    ]);
  });
});
