import { GraphPart } from './lineageEdges';
import { datasetNode, featureNode, versionNode } from './lineageNodes';
import { writeOpenLineage } from './writeOpenLineage';

describe('writeOpenLineage', () => {
  it('writes names that are longer than ids can be', () => {
    const name = '借'.repeat(500);
    const own = { namespace: 's3://lake', name };
    const part = new GraphPart();
    const dataset = datasetNode({ ...own, version: 'v' });
    part.connect(featureNode({ ...own, field: 'amount' }), 'column', dataset);
    part.connect(
      dataset,
      'input',
      versionNode({ source: 'fake', name, version: '1' }),
    );
    const nodes = [...part.nodes.values()].map(node => ({
      ...node,
      failed: false,
    }));
    const idOf = (key: string) => part.nodes.get(key)?.id ?? '';

    const events = writeOpenLineage(
      {
        nodes,
        edges: [...part.edges.values()].map(({ from, to, kind }) => ({
          from: idOf(from),
          to: idOf(to),
          kind,
        })),
        truncated: false,
      },
      '2026-11-21T12:00:00.000Z',
    );

    expect(events).toMatchObject([
      {
        inputs: [{ ...own, facets: { version: { datasetVersion: 'v' } } }],
        outputs: [
          {
            namespace: 'modelport',
            name: `fake/${encodeURIComponent(name)}/1`,
          },
        ],
      },
    ]);
    // The id of the column does not hold the whole name of its dataset.
    expect(JSON.stringify(events)).not.toContain('columnLineage');
  });
});
