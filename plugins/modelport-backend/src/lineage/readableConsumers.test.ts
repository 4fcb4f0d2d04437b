import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { LineageGraph, LineageNode } from '@modelport/plugin-modelport-common';
import { Consumers } from './Consumers';
import {
  graphWithReadableConsumers,
  impactWithReadableConsumers,
} from './readableConsumers';

const node = (
  kind: LineageNode['kind'],
  id: string,
  entityRef: string | null = null,
): LineageNode => ({
  id,
  kind,
  name: id,
  version: null,
  failed: false,
  entityRef,
});

const MODEL = node('version', 'v', 'resource:default/credit');
const OPEN = node('consumer', 'open', 'component:default/open');
const SECRET = node('consumer', 'secret', 'component:default/secret');
const GRAPH: LineageGraph = {
  nodes: [MODEL, OPEN, SECRET],
  edges: ['open', 'secret'].map(to => ({ from: 'v', to, kind: 'serves' })),
  truncated: false,
};
const readable = async (refs: string[]) =>
  new Set(refs.filter(ref => ref === OPEN.entityRef));

describe('who uses a model', () => {
  it('is told of what the caller may read in the catalog, and that there is more', async () => {
    expect(await graphWithReadableConsumers(GRAPH, readable)).toEqual({
      nodes: [MODEL, OPEN],
      edges: [{ from: 'v', to: 'open', kind: 'serves' }],
      truncated: true,
    });
    const all = await graphWithReadableConsumers(
      GRAPH,
      async refs => new Set(refs),
    );
    expect(all).toBe(GRAPH);
  });

  it('is not asked of the catalog where nobody does', async () => {
    const graph = { ...GRAPH, nodes: [MODEL], edges: [] };
    const ask = jest.fn(readable);
    expect(await graphWithReadableConsumers(graph, ask)).toBe(graph);
    expect(ask).not.toHaveBeenCalled();
  });

  it('is told likewise of what is affected, and of itself to nobody else', async () => {
    const items = [OPEN, SECRET].map(item => ({ ...item, evaluated: false }));
    const impact = {
      node: MODEL,
      items,
      owners: [],
      truncated: false,
    };
    expect(await impactWithReadableConsumers(impact, readable)).toEqual({
      ...impact,
      items: items.slice(0, 1),
      truncated: true,
    });
    await expect(
      impactWithReadableConsumers(
        { ...impact, node: SECRET, items: [] },
        readable,
      ),
    ).rejects.toThrow('There is no node "secret"');
  });

  it('is asked of the catalog in the name of the caller, and hidden where that fails', async () => {
    const catalog = catalogServiceMock.mock();
    const consumers = new Consumers({
      auth: mockServices.auth(),
      catalog,
      logger: mockServices.logger.mock(),
    });
    const credentials = mockCredentials.user('user:default/eve');
    catalog.getEntitiesByRefs.mockResolvedValueOnce({
      items: [
        undefined,
        { apiVersion: 'v1', kind: 'Component', metadata: { name: 'open' } },
      ],
    });
    const refs = ['component:default/secret', 'component:default/open'];
    expect(await consumers.readable(refs, credentials)).toEqual(
      new Set(['component:default/open']),
    );
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledWith(
      expect.objectContaining({ entityRefs: refs }),
      { credentials },
    );
    catalog.getEntitiesByRefs.mockRejectedValueOnce(new Error('down'));
    expect(await consumers.readable(refs, credentials)).toEqual(new Set());
  });
});
