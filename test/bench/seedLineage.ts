import { createHash } from 'node:crypto';
import type { Client } from 'pg';

const LAYERS = 50;
const WIDTH = 1_000;
const INPUTS = 2;

/**
 * Writes a graph of 50 layers of 1,000 nodes, each made from two of the layer before, below versions that are there:
 * 100,000 edges. It is the same each time.
 */
export async function seedLineage(
  client: Client,
  versions: string[],
): Promise<void> {
  const random = numbers(1);
  const nodes: string[][] = [];
  const edges: string[][] = [];
  const at = '2026-11-20T10:00:00.000Z';
  const idOf = (layer: number, index: number) =>
    layer % 2 === 0
      ? `dataset:bench/${layer}.${index}`
      : `run:bench/${layer}.${index}`;
  const connect = (from: string, to: string, kind: string) =>
    edges.push([keyOf(from), keyOf(to), kind, 'openlineage', at, at]);
  for (let layer = 0; layer < LAYERS; layer++) {
    for (let index = 0; index < WIDTH; index++) {
      const id = idOf(layer, index);
      nodes.push([keyOf(id), id, id.split(':')[0], `${layer}.${index}`]);
      for (let input = 0; layer > 0 && input < INPUTS; input++) {
        const other = (random() + input) % WIDTH;
        connect(
          idOf(layer - 1, other),
          id,
          layer % 2 === 0 ? 'output' : 'input',
        );
      }
    }
  }
  versions.forEach(version => {
    for (let input = 0; input < INPUTS; input++) {
      connect(idOf(LAYERS - 1, (random() + input) % WIDTH), version, 'made');
    }
  });
  await copy(client, 'lineage_nodes', ['key', 'id', 'kind', 'name'], nodes);
  await copy(
    client,
    'lineage_edges',
    ['from_key', 'to_key', 'kind', 'origin', 'first_seen', 'last_seen'],
    edges,
  );
  await client.query('analyze');
}

/** The first half of the SHA-256 of an id. */
export function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32);
}

async function copy(
  client: Client,
  table: string,
  columns: string[],
  rows: string[][],
): Promise<void> {
  const names = columns.map(column => `"${column}"`).join(', ');
  const lists = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  for (let from = 0; from < rows.length; from += 10_000) {
    const some = rows.slice(from, from + 10_000);
    await client.query(
      `insert into "${table}" (${names}) select * from unnest(${lists}) on conflict do nothing`,
      columns.map((_, index) => some.map(row => row[index])),
    );
  }
}

/** Numbers below the width of a layer, the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * WIDTH);
  };
}
