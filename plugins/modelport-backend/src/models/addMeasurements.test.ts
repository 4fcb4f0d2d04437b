import { Measurement } from '@modelport/plugin-modelport-common';
import { addMeasurements } from './addMeasurements';

const AUC: Measurement = {
  key: 'auc',
  value: 0.87,
  dataset: null,
  evaluationSet: null,
  slice: null,
  n: null,
  lower: null,
  upper: null,
  evidence: null,
};

describe('addMeasurements', () => {
  it('fills what the source leaves open where the value is the same', () => {
    const pushed = {
      ...AUC,
      dataset: { name: 'test', digest: null },
      evaluationSet: { id: 'june', hash: null },
      n: 1000,
      lower: 0.85,
      upper: 0.89,
      evidence: 'ab',
    };
    expect(addMeasurements([AUC], [pushed])).toEqual([pushed]);
  });

  it.each([
    ['another value', { value: 0.9 }],
    ['another slice', { slice: 'age < 30' }],
    ['another key', { key: 'f1' }],
    ['other rows', { n: 10 }],
  ])('lets %s stand beside it', (_what, part) => {
    const own = { ...AUC, n: 1000 };
    const pushed = { ...AUC, n: 1000, ...part, evidence: 'ab' };
    expect(addMeasurements([own], [pushed])).toEqual([own, pushed]);
  });

  it('takes NaN for the same as NaN, and fills a measurement once', () => {
    const own = { ...AUC, value: 'NaN' as const };
    const pushed = { ...own, evidence: 'ab' };
    const other = { ...own, evidence: 'cd' };
    expect(addMeasurements([own], [pushed, other])).toEqual([pushed, other]);
  });
});
