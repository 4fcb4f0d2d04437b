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

/** What a node made, or led to. */
export interface ModelBehind {
  key: string;
  model: { source: string; name: string } | null;
}

interface BehindRow {
  key: string | null;
  source: string | null;
  name: string | null;
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

/** What leads from a run, a job or code to runs below it, and how many steps of all are followed. */
const BELOW = ['parent', 'job', 'code', 'same'];
const MOST_FOLLOWED = 100_000;

/** Reads the graph. The database walks it, level by level, and ends in circles as well. */
export class LineageGraphStore {
  constructor(
    private readonly knex: Knex,
    private readonly options: { mostFollowed?: number } = {},
  ) {}

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

  /**
   * The models whose versions were made by some runs, jobs and code, or by what these made: runs below them, to the end,
   * and what reads what one of them wrote. What a run says to make that failed counts as well.
   *
   * @returns with `model` null for nodes below which there is more than is followed.
   */
  async modelsBehind(keys: string[]): Promise<ModelBehind[]> {
    const found: ModelBehind[] = [];
    for (const chunk of chunks(keys, KEYS)) {
      const rows = await this.modelsBelow(chunk);
      rows.forEach(({ key, source, name }) => {
        if (key !== null && source !== null && name !== null) {
          found.push({ key, model: { source, name } });
        }
      });
      if (rows.some(({ key }) => key === null)) {
        chunk.forEach(key => found.push({ key, model: null }));
      }
    }
    return found;
  }

  /** With a key that is null, not all was followed. */
  private async modelsBelow(keys: string[]): Promise<BehindRow[]> {
    const most = this.options.mostFollowed ?? MOST_FOLLOWED;
    const made = (table: string) =>
      this.knex.from('reached').join({ e: table }, 'e.from_key', 'reached.key');
    const models = (query: Knex.QueryBuilder, key: string) =>
      query
        .join({ n: 'lineage_nodes' }, 'n.key', key)
        .whereNotNull('n.model_source')
        .select(
          { key: 'reached.root' },
          { source: 'n.model_source' },
          { name: 'n.model_name' },
        );
    return this.knex
      .withRecursive('walk', ['root', 'key'], walk =>
        walk
          .select({ root: 'key' }, 'key')
          .from('lineage_nodes')
          .whereIn('key', keys)
          .union(inner =>
            inner
              .select('walk.root', 'e.to_key')
              .from('walk')
              .join({ e: 'lineage_edges' }, 'e.from_key', 'walk.key')
              .whereIn('e.kind', BELOW),
          ),
      )
      .with('reached', reached => reached.select('*').from('walk').limit(most))
      .select('*')
      .from(
        models(made('lineage_edges'), 'e.to_key')
          .union([
            models(made('lineage_attempts'), 'e.to_key'),
            models(
              made('lineage_edges').join(
                { f: 'lineage_edges' },
                'f.from_key',
                'e.to_key',
              ),
              'f.to_key',
            ),
            this.knex
              .select({
                key: this.knex.raw('null'),
                source: this.knex.raw('null'),
                name: this.knex.raw('null'),
              })
              .from(this.knex('reached').count({ all: '*' }).as('counted'))
              .where('counted.all', '>=', most),
          ])
          .as('behind'),
      );
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
