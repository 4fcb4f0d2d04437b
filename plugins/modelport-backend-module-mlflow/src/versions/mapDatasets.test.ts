import { mapDatasets } from './mapDatasets';

const input = (
  source: string,
  part: { digest: string; tags: Record<string, string> },
) => ({
  dataset: {
    name: 'loans',
    digest: part.digest,
    source,
    profile: '{"num_rows": 3, "num_elements": 3}',
  },
  tags: part.tags,
});

describe('mapDatasets', () => {
  // The sources are as `mlflow.data.from_pandas` of MLflow 3.17 writes them.
  it.each([
    ['{"uri": "/data/x.csv"}', '/data/x.csv'],
    [
      '{"url": "https://me:secret@example.org/x.csv"}',
      'https://example.org/x.csv',
    ],
    [
      '{"tags": {"mlflow.user": "ada", "mlflow.source.name": "/work/train.py", "mlflow.source.type": "LOCAL"}}',
      'code: /work/train.py',
    ],
    ['{"tags": {}}', null],
    ['[1]', null],
    ['no JSON', null],
  ])('reads where a dataset is from: %s', (source, expected) => {
    const [dataset] = mapDatasets([
      input(source, {
        digest: 'c247459b',
        tags: { 'mlflow.data.context': 'training' },
      }),
    ]);
    expect(dataset).toEqual({
      name: 'loans',
      digest: 'c247459b',
      context: 'training',
      source: expected,
      rows: 3,
    });
  });

  it('takes a dataset of which little is known', () => {
    expect(mapDatasets([input('{}', { digest: '', tags: {} })])).toEqual([
      { name: 'loans', digest: null, context: null, source: null, rows: 3 },
    ]);
  });
});
