import { lineageRows } from './lineageRows';

it('writes what leads to what by kind, name, version and id', () => {
  const plain = { entityRef: null, failed: false };
  const rows = lineageRows(
    {
      nodes: [
        {
          ...plain,
          id: 'dataset:s3/loans@d1',
          kind: 'dataset',
          name: 'loans',
          version: 'd1',
        },
        { ...plain, id: 'run:1', kind: 'run', name: '1', version: null },
      ],
      edges: [{ from: 'dataset:s3/loans@d1', to: 'run:1', kind: 'input' }],
      truncated: false,
    },
    kind => kind.toUpperCase(),
  );
  expect(rows).toEqual([
    [
      'from kind',
      'from name',
      'from version',
      'from id',
      'to kind',
      'to name',
      'to version',
      'to id',
      'edge',
    ],
    [
      'DATASET',
      'loans',
      'd1',
      'dataset:s3/loans@d1',
      'RUN',
      '1',
      null,
      'run:1',
      'input',
    ],
  ]);
});
