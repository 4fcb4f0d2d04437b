import {
  ComparedMeasurement,
  Measurement,
} from '@modelport/plugin-modelport-common';
import { comparisonWarnings } from './comparisonWarnings';

const measured = (part: Partial<Measurement>): Measurement => ({
  key: 'auc',
  value: 0.9,
  dataset: null,
  evaluationSet: null,
  slice: null,
  n: null,
  lower: null,
  upper: null,
  evidence: null,
  ...part,
});

const value = (
  version: string,
  comparability: ComparedMeasurement['comparability'],
  measurement: Measurement | null,
): ComparedMeasurement => ({
  version,
  measurement,
  delta: 0.01,
  comparability,
  reason: null,
  better: null,
});

const metric = (
  key: string,
  values: ComparedMeasurement[],
  slice: string | null = null,
) => ({ key, slice, direction: null, differs: true, values });

const june = { id: 'june', hash: 'a'.repeat(64) };
const july = { id: 'july', hash: null };

describe('comparisonWarnings', () => {
  it('names both evaluation sets, and the metrics that it holds for', () => {
    const values = [
      value('1', 'same', measured({ evaluationSet: june })),
      value('2', 'different', measured({ evaluationSet: july })),
    ];
    expect(
      comparisonWarnings([
        metric('auc', values),
        metric('auc', values, 'young'),
        metric('loss', values),
        metric('f1', values),
        metric('accuracy', values),
      ]),
    ).toEqual([
      'The recorded figures are not of the same data, and their differences do not say which version is better: version 1 on evaluation set "june" (hash aaaaaaaaaaaa…), version 2 on evaluation set "july" (no hash recorded). This concerns auc, auc (young), loss and 2 more.',
    ]);
  });

  it('says on which side the evaluation set is missing, and what digests hint at', () => {
    const dataset = { name: 'loans', digest: 'd1' };
    const values = [
      value('1', 'same', measured({ evaluationSet: june, dataset })),
      value('2', 'unknown', measured({ dataset })),
      value('3', 'unknown', measured({})),
    ];
    expect(comparisonWarnings([metric('auc', values)])).toEqual([
      'The recorded figures are not known to be of the same data, and alone call no version better: version 1 on evaluation set "june" (hash aaaaaaaaaaaa…), version 2 on dataset "loans" with no evaluation set recorded. The registry\'s digests of the datasets are the same ("d1"), which is a hint and no proof. This concerns auc.',
      'The recorded figures are not known to be of the same data, and alone call no version better: version 1 on evaluation set "june" (hash aaaaaaaaaaaa…), version 3 on no recorded evaluation set. This concerns auc.',
    ]);
  });

  it('warns of nothing where sets are the same or a value is missing', () => {
    expect(
      comparisonWarnings([
        metric('auc', [
          value('1', 'same', measured({ evaluationSet: june })),
          value('2', 'same', measured({ evaluationSet: june })),
          value('3', 'unknown', null),
        ]),
      ]),
    ).toEqual([]);
  });
});
