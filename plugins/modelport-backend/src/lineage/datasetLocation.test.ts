import { datasetLocation } from './datasetLocation';

describe('datasetLocation', () => {
  it.each([
    ['s3a://bucket/a/b.csv', 'dataset:s3%3A%2F%2Fbucket/a%2Fb.csv'],
    ['gs://bucket/a.csv?x=1', 'dataset:gs%3A%2F%2Fbucket/a.csv'],
    ['file:///data/a.csv', 'dataset:file/%2Fdata%2Fa.csv'],
    ['/data/a.csv', 'dataset:file/%2Fdata%2Fa.csv'],
  ])('knows %s', (source, id) => {
    expect(datasetLocation(source)?.id).toBe(id);
  });

  it.each([null, '', 'train.csv', 'https://host/a.csv', '{"tags": {}}'])(
    'knows nothing of %s',
    source => {
      expect(datasetLocation(source)).toBeUndefined();
    },
  );
});
