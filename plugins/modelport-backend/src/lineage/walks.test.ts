import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { seededRandom } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { testGateVersion } from '../__testUtils__/gateFacts';
import { EdgeToWrite, GraphPart } from './lineageEdges';
import { LineageGraphStore } from './LineageGraphStore';
import { datasetNode, versionNode } from './lineageNodes';
import { LineageService } from './LineageService';
import { writeEdges, writeNodes } from './writeGraph';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const DEPTHS = Array.from({ length: 20 }, (_, at) => at + 1);
const AT = '2026-11-22T10:00:00.000Z';
/** Nodes of one answer. */
const MOST = 2_000;

type Way = 'up' | 'down';

/** Distances as a plain search by breadth finds them. */
function distancesFrom(
  root: string,
  edges: EdgeToWrite[],
  way: Way,
): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [near, far] = way === 'down' ? [from, to] : [to, from];
    next.set(near, [...(next.get(near) ?? []), far]);
  }
  const distances = new Map([[root, 0]]);
  const queue = [root];
  for (let at = 0; at < queue.length; at++) {
    const near = queue[at];
    for (const far of next.get(near) ?? []) {
      if (!distances.has(far)) {
        distances.set(far, (distances.get(near) ?? 0) + 1);
        queue.push(far);
      }
    }
  }
  return distances;
}

/** A version among datasets that lead to each other: a chain of some, and edges at random, circles among them. */
function randomGraph(seed: number, size: number) {
  const random = seededRandom(seed);
  const pick = () => Math.floor(random() * size);
  const of = { source: 's', name: `m${seed}`, version: '1' };
  const nodes = [
    versionNode(of),
    ...Array.from({ length: size - 1 }, (_, at) =>
      datasetNode({ namespace: `g${seed}`, name: `n${at}`, version: null }),
    ),
  ];
  const part = new GraphPart();
  nodes.forEach(node => part.add(node));
  for (let at = pick(); at > 0; at--) {
    const [left, right] = seed % 2 ? [at - 1, at] : [at, at - 1];
    part.connect(nodes[left], 'input', nodes[right]);
  }
  for (let more = random() * 2 * size; more > 0; more--) {
    part.connect(nodes[pick()], 'input', nodes[pick()]);
  }
  return { of, root: nodes[0].key, part, edges: [...part.edges.values()] };
}

describe.each(databases.eachSupportedId())('walks on %s', databaseId => {
  let knex: Knex;
  let store: LineageGraphStore;
  let service: LineageService;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@modelport/plugin-modelport-backend',
        'migrations',
      ),
    });
    store = new LineageGraphStore(knex);
    service = new LineageService({
      store,
      models: {
        get: async () => {
          throw new Error('Only versions are asked for');
        },
        getVersion: async (_source, _name, version) =>
          testGateVersion(version, []).version,
        lookUp: async () => new Map(),
      },
    });
  });

  const graphIn = async (seed: number, size: number) => {
    const graph = randomGraph(seed, size);
    await knex.transaction(async trx => {
      await writeNodes(trx, graph.part.nodes.values());
      await writeEdges(
        trx,
        graph.edges.map(edge => ({
          ...edge,
          origin: 'test',
          firstSeen: AT,
          lastSeen: AT,
        })),
      );
    });
    const ids = new Map(
      [...graph.part.nodes].map(([key, node]) => [key, node.id]),
    );
    return {
      ...graph,
      ids,
      up: distancesFrom(graph.root, graph.edges, 'up'),
      down: distancesFrom(graph.root, graph.edges, 'down'),
    };
  };
  type Graph = Awaited<ReturnType<typeof graphIn>>;

  /** The keys that are asked for, with the nearer of their two distances. */
  const within = (
    graph: Graph,
    direction: 'upstream' | 'downstream' | 'both',
    depth: number,
  ) => {
    const found = new Map<string, number>();
    for (const way of ['up', 'down'] as const) {
      if (direction === 'both' || direction === `${way}stream`) {
        for (const [key, distance] of graph[way]) {
          if (distance <= depth) {
            found.set(key, Math.min(distance, found.get(key) ?? Infinity));
          }
        }
      }
    }
    return found;
  };

  it('find what a plain search finds, at any depth, whatever the graph', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const graph = await graphIn(seed, 60);
      for (const depth of DEPTHS) {
        for (const direction of ['upstream', 'downstream', 'both'] as const) {
          const found = within(graph, direction, depth);
          const told = await service.graph({
            ...graph.of,
            direction,
            depth,
            visibility: undefined,
          });
          const idsOf = (keys: Iterable<string>) =>
            [...keys].map(key => graph.ids.get(key) ?? key).sort();
          expect({
            ...{ seed, depth, direction, truncated: told.truncated },
            nodes: told.nodes.map(({ id }) => id).sort(),
            edges: told.edges.map(({ from, to }) => `${from} ${to}`).sort(),
          }).toEqual({
            ...{ seed, depth, direction, truncated: false },
            nodes: idsOf(found.keys()),
            edges: graph.edges
              .filter(({ from, to }) => found.has(from) && found.has(to))
              .map(({ from, to }) =>
                [from, to].map(key => graph.ids.get(key)).join(' '),
              )
              .sort(),
          });
        }
      }
    }
  });

  it('give the nearest where there are more than were asked for, and say so', async () => {
    for (let seed = 11; seed <= 14; seed++) {
      const graph = await graphIn(seed, 60);
      for (const depth of DEPTHS) {
        for (const limit of [1, 4, 15, 30]) {
          const { keys, truncated } = await store.walk([graph.root], {
            direction: 'down',
            ...{ depth, limit },
          });
          // Who asks for more levels than the database counts is given all of them, and counts.
          const found = within(graph, 'downstream', depth > 6 ? 1_000 : depth);
          const nearest = [...found.values()].sort((a, b) => a - b);
          expect({
            ...{ seed, depth, limit, truncated },
            distances: keys.map(key => found.get(key)).sort(),
          }).toEqual({
            ...{ seed, depth, limit, truncated: found.size > limit },
            distances: nearest.slice(0, limit).sort(),
          });
          expect(new Set(keys).size).toBe(keys.length);
        }
      }
    }
  });

  it('answer with the nearest of a graph that is larger than an answer', async () => {
    const graph = await graphIn(21, 4_000);
    expect(within(graph, 'both', 20).size).toBeGreaterThan(MOST);
    for (const depth of DEPTHS) {
      for (const direction of ['upstream', 'downstream', 'both'] as const) {
        const found = within(graph, direction, depth);
        const told = await service.graph({
          ...graph.of,
          direction,
          depth,
          visibility: undefined,
        });
        const distances = new Map(
          [...found].map(([key, distance]) => [graph.ids.get(key), distance]),
        );
        expect({
          ...{ depth, direction, truncated: told.truncated },
          distances: told.nodes.map(({ id }) => distances.get(id)).sort(),
        }).toEqual({
          ...{ depth, direction, truncated: found.size > MOST },
          distances: [...found.values()]
            .sort((a, b) => a - b)
            .slice(0, MOST)
            .sort(),
        });
      }
    }
  });
});
