import { Dataset, LineageNode } from '@modelport/plugin-modelport-common';
import { lineageFields } from './lineageFields';

const node = (kind: LineageNode['kind'], name: string): LineageNode => ({
  id: `${kind}:${name}`,
  kind,
  name,
  version: null,
  failed: false,
  entityRef: null,
});

/** Training data of a card whose version's run read two datasets. */
function trainingDataOf(datasets: Dataset[], measuredOn: string) {
  const [version, june, may] = [
    node('version', 'credit'),
    node('dataset', 'june'),
    node('dataset', 'may'),
  ];
  return lineageFields(
    {
      nodes: [version, june, may],
      edges: [june, may].map(({ id }) => ({
        from: id,
        to: version.id,
        kind: 'input',
      })),
      truncated: false,
    },
    version.id,
    {
      version: {
        datasets,
        measurements: [
          {
            key: 'auc',
            value: 0.9,
            dataset: { name: measuredOn, digest: null },
            evaluationSet: null,
            slice: null,
            n: null,
            lower: null,
            upper: null,
            evidence: null,
          },
        ],
      },
      trainingData: undefined,
    },
  ).get('trainingData')?.value;
}

describe('training data by the lineage', () => {
  const dataset = (name: string, context: string | null): Dataset => ({
    name,
    digest: 'abc',
    context,
    source: null,
    rows: null,
  });

  it('leaves out what only a metric names', () => {
    expect(
      trainingDataOf([dataset('june', null), dataset('may', null)], 'june'),
    ).toBe('- may');
  });

  it('keeps what was trained on, whatever was measured on it', () => {
    expect(
      trainingDataOf(
        [dataset('june', 'training'), dataset('may', 'eval')],
        'june',
      ),
    ).toBe('- june');
  });
});
