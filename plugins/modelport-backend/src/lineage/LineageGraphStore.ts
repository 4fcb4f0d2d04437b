import { Knex } from 'knex';
import { z } from 'zod';
import { chunks } from '../models/chunks';
import { NodeToWrite } from './lineageNodes';

/** A node as it is read. */
export interface StoredNode extends Omit<NodeToWrite, 'family'> {
  /** Whether it is a run that ended without completing. */
  failed: boolean;
}

/** An edge as it is read, by the keys of its nodes. */
export interface StoredEdge {
  from: string;
  to: string;
  kind: string;
}

interface NodeRow {
  key: string;
  id: string;
  kind: string;
  name: string;
  version: string | null;
  entity_ref: string | null;
  model_source: string | null;
  model_name: string | null;
  failed: number | null;
}

const kindOf = z.enum([
  'dataset',
  'feature',
  'job',
  'run',
  'code',
  'version',
  'deployment',
  'consumer',
]);

/** Keys in one condition, twice in that on edges. */
const KEYS = 1000;

/** Levels that the database counts. */
const MAX_LEVELS = 6;

/** Reads the graph. The database walks it, level by level, and ends in circles as well. */
export class LineageGraphStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Nodes that are reached from some in one direction, themselves included, the nearest first.
   *
   * Up to {@link MAX_LEVELS} the database counts the levels, and a node comes once a level. Beyond that a node on many
   * ways would come too often: there it comes once, with more nodes than were asked for, and who asks counts the levels.
   *
   * @param options - `depth` is the number of edges from a root; `limit` of nodes.
   * @returns with `truncated` there are more.
   */
  async walk(
    roots: string[],
    options: { direction: 'up' | 'down'; depth: number; limit: number },
  ): Promise<{ keys: string[]; truncated: boolean }> {
    const { depth, limit } = options;
    if (roots.length === 0) {
      return { keys: [], truncated: false };
    }
    const [here, there] =
      options.direction === 'down'
        ? ['from_key', 'to_key']
        : ['to_key', 'from_key'];
    const counted = depth <= MAX_LEVELS;
    const level = (next: string) => (counted ? [this.knex.raw(next)] : []);
    const reached = this.knex
      .select('*')
      .from('walk')
      .limit(counted ? (limit + 1) * (depth + 1) : limit + 1)
      .as('reached');
    const query = this.knex
      .withRecursive('walk', counted ? ['key', 'level'] : ['key'], walk =>
        walk
          .select('key', ...level('0'))
          .from('lineage_nodes')
          .whereIn('key', roots)
          .union(inner => {
            inner
              .select(`e.${there}`, ...level('walk.level + 1'))
              .from('walk')
              .join({ e: 'lineage_edges' }, `e.${here}`, 'walk.key');
            if (counted) {
              inner.where('walk.level', '<', depth);
            }
          }),
      )
      .select('key')
      .from(reached);
    if (counted) {
      query
        .groupBy('key')
        .orderByRaw('min(level), key')
        .limit(limit + 1);
    }
    const rows: Array<{ key: string }> = await query;
    return {
      keys: rows.slice(0, limit).map(row => row.key),
      truncated: rows.length > limit,
    };
  }

  async nodes(keys: string[]): Promise<StoredNode[]> {
    const found: StoredNode[] = [];
    for (const chunk of chunks(keys, KEYS)) {
      const rows: NodeRow[] = await this.knex('lineage_nodes')
        .leftJoin('lineage_runs', join =>
          join
            .on('lineage_runs.run_key', 'lineage_nodes.key')
            .andOnVal('lineage_runs.failed', 1)
            .andOnVal('lineage_runs.completed', 0),
        )
        .whereIn('lineage_nodes.key', chunk)
        .select('lineage_nodes.*', 'lineage_runs.failed');
      rows.forEach(row => found.push(toNode(row)));
    }
    return found;
  }

  /** Edges between some nodes, each once whoever says so. */
  async edges(
    keys: string[],
    limit: number,
  ): Promise<{ edges: StoredEdge[]; truncated: boolean }> {
    const edges: StoredEdge[] = [];
    for (const from of chunks(keys, KEYS)) {
      for (const to of chunks(keys, KEYS)) {
        const rows: Array<{ from_key: string; to_key: string; kind: string }> =
          await this.knex('lineage_edges')
            .whereIn('from_key', from)
            // As an expression, or SQLite would look up every pair there could be.
            .whereRaw(
              `coalesce(to_key, '') in (${to.map(() => '?').join(', ')})`,
              to,
            )
            .distinct('from_key', 'to_key', 'kind')
            .limit(limit + 1);
        rows.forEach(row =>
          edges.push({ from: row.from_key, to: row.to_key, kind: row.kind }),
        );
      }
    }
    return { edges: edges.slice(0, limit), truncated: edges.length > limit };
  }

  /** Keys of the versions of a model that the graph knows. */
  async versionsOf(
    model: { source: string; name: string },
    limit: number,
  ): Promise<string[]> {
    const rows: Array<{ key: string }> = await this.knex('lineage_nodes')
      .where({
        model_source: model.source,
        model_name: model.name,
        kind: 'version',
      })
      .orderBy('key')
      .limit(limit)
      .select('key');
    return rows.map(row => row.key);
  }

  /** Keys of a dataset and of its versions, by the key without a version. */
  async family(key: string, limit: number): Promise<string[]> {
    const rows: Array<{ key: string }> = await this.knex('lineage_nodes')
      .where({ family: key })
      .orderBy('key')
      .limit(limit)
      .select('key');
    return rows.map(row => row.key);
  }

  /** The models whose versions were made by some nodes, at once or by way of one other node. */
  async modelsBehind(
    keys: string[],
  ): Promise<Array<{ key: string; source: string; name: string }>> {
    const found: Array<{ key: string; source: string; name: string }> = [];
    const columns = [
      { key: 'e.from_key' },
      { source: 'n.model_source' },
      { name: 'n.model_name' },
    ];
    for (const chunk of chunks(keys, KEYS)) {
      const rows: Array<{ key: string; source: string; name: string }> =
        await this.knex
          .select(columns)
          .from({ e: 'lineage_edges' })
          .join({ n: 'lineage_nodes' }, 'n.key', 'e.to_key')
          .whereIn('e.from_key', chunk)
          .whereNotNull('n.model_source')
          .union(
            this.knex
              .select(columns)
              .from({ e: 'lineage_edges' })
              .join({ f: 'lineage_edges' }, 'f.from_key', 'e.to_key')
              .join({ n: 'lineage_nodes' }, 'n.key', 'f.to_key')
              .whereIn('e.from_key', chunk)
              .whereNotNull('n.model_source'),
          );
      rows.forEach(row => found.push(row));
    }
    return found;
  }
}

function toNode(row: NodeRow): StoredNode {
  return {
    key: row.key,
    id: row.id,
    kind: kindOf.parse(row.kind),
    name: row.name,
    version: row.version,
    entityRef: row.entity_ref,
    failed: row.failed !== null,
    model:
      row.model_source !== null && row.model_name !== null
        ? { source: row.model_source, name: row.model_name }
        : null,
  };
}
