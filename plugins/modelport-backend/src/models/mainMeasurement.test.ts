import { Measurement } from '@modelport/plugin-modelport-common';
import { mainMeasurement } from './mainMeasurement';

const MAIN = { key: 'auc', value: 0.9 };

function measurement(part: Partial<Measurement>): Measurement {
  return {
    ...MAIN,
    dataset: null,
    evaluationSet: null,
    slice: null,
    n: null,
    lower: null,
    upper: null,
    evidence: null,
    ...part,
  };
}

function found(
  measurements: Measurement[],
  evaluationSet: Measurement['evaluationSet'] = null,
) {
  return mainMeasurement(MAIN, {
    metrics: { auc: 0.9 },
    details: { measurements, evaluationSet },
  });
}

describe('mainMeasurement', () => {
  it('is the one of the whole set with the same value, that with its rows first', () => {
    const june = measurement({ dataset: { name: 'june', digest: null } });
    const counted = measurement({ n: 500 });
    expect(
      found([
        measurement({ slice: 'young', n: 20 }),
        measurement({ value: 0.8, n: 30 }),
        june,
        counted,
      ]),
    ).toBe(counted);
    expect(found([june])).toBe(june);
  });

  it('takes the evaluation set of the version for a metric of which no more is known', () => {
    const evaluationSet = { id: 'holdout', hash: null };
    expect(found([], evaluationSet)).toMatchObject({
      key: 'auc',
      evaluationSet,
    });
  });

  it('is absent where nothing is said of it', () => {
    expect(found([measurement({})])).toBeNull();
    expect(found([])).toBeNull();
    expect(mainMeasurement(MAIN, { metrics: {}, details: {} })).toBeNull();
  });
});
