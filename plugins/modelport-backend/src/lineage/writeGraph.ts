import { Knex } from 'knex';
import { insertRows } from './insertRows';
import { EdgeToWrite } from './lineageEdges';
import { NodeToWrite } from './lineageNodes';

/** An edge and the times at which it was said. */
export interface SeenEdge extends EdgeToWrite {
  firstSeen: string;
  lastSeen: string;
}

/** The columns of an edge with its times. */
export const SEEN_EDGE_COLUMNS = {
  from_key: 'text',
  to_key: 'text',
  kind: 'text',
  first_seen: 'text',
  last_seen: 'text',
} as const;

/** Writes nodes; what is there stays, since all of a node follows from its key. */
export async function writeNodes(
  trx: Knex.Transaction,
  nodes: Iterable<NodeToWrite>,
): Promise<void> {
  const once = new Map([...nodes].map(node => [node.key, node]));
  await insertRows(
    trx,
    'lineage_nodes',
    sortedBy([...once.values()], node => node.key).map(node => ({
      key: node.key,
      id: node.id,
      kind: node.kind,
      name: node.name,
      version: node.version,
      entity_ref: node.entityRef,
      family: node.family,
      model_source: node.model?.source ?? null,
      model_name: node.model?.name ?? null,
    })),
    {
      columns: {
        key: 'text',
        id: 'text',
        kind: 'text',
        name: 'text',
        version: 'text',
        entity_ref: 'text',
        family: 'text',
        model_source: 'text',
        model_name: 'text',
      },
      onConflict: '("key") do nothing',
    },
  );
}

/** Writes edges; of one that is there the times grow. */
export async function writeEdges(
  trx: Knex.Transaction,
  edges: Array<SeenEdge & { origin: string }>,
): Promise<void> {
  const sorted = sortedBy(
    edges,
    edge => `${edge.from} ${edge.to} ${edge.kind} ${edge.origin}`,
  );
  await insertRows(
    trx,
    'lineage_edges',
    sorted.map(edge => ({ ...seenEdgeRow(edge), origin: edge.origin })),
    {
      columns: { ...SEEN_EDGE_COLUMNS, origin: 'text' },
      onConflict: `(from_key, to_key, kind, origin) ${growTimes(
        'lineage_edges',
      )}`,
    },
  );
}

/** An edge with its times as it is written. */
export function seenEdgeRow(edge: SeenEdge) {
  return {
    from_key: edge.from,
    to_key: edge.to,
    kind: edge.kind,
    first_seen: edge.firstSeen,
    last_seen: edge.lastSeen,
  };
}

/** Takes the earlier first and the later last time of a row that is there and one that comes. */
export function growTimes(table: string): string {
  const pick = (column: string, sign: '<' | '>') =>
    `${column} = case when excluded.${column} ${sign} ${table}.${column} then excluded.${column} else ${table}.${column} end`;
  return `do update set ${pick('first_seen', '<')}, ${pick('last_seen', '>')}`;
}

/** In the order of their keys, so that two writers never wait for each other. */
export function sortedBy<T>(items: T[], by: (item: T) => string): T[] {
  return items
    .map(item => ({ item, text: by(item) }))
    .sort((a, b) => {
      if (a.text === b.text) {
        return 0;
      }
      return a.text < b.text ? -1 : 1;
    })
    .map(({ item }) => item);
}
