import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import { insertRows } from './insertRows';
import { EdgeKind } from './lineageEdges';
import { NodeToWrite } from './lineageNodes';
import {
  growTimes,
  SEEN_EDGE_COLUMNS,
  SeenEdge,
  seenEdgeRow,
  sortedBy,
  writeEdges,
  writeNodes,
} from './writeGraph';

/** Edges that come from OpenLineage events; only the end of their run takes them back. */
const OPEN_LINEAGE = 'openlineage';

/** What a run makes, which does not count where it did not complete. */
const MAKES: EdgeKind[] = ['output', 'made'];

/** Events deleted in one statement. */
const DELETED_AT_ONCE = 1_000;

/** An OpenLineage event as it is kept. */
export interface EventToWrite {
  digest: string;
  runId: string | null;
  eventType: string | null;
  eventTime: string;
  body: string;
}

/** What events say of a run. */
export interface RunEnd {
  /** Key of its node. */
  key: string;
  failed: boolean;
  completed: boolean;
}

/** Keeps OpenLineage events, and in the graph what they say. */
export class OpenLineageStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Takes events with what they say, in one transaction.
   *
   * @param signal - ends it before anything is kept.
   * @returns how many of the events are new.
   */
  async putEvents(
    events: EventToWrite[],
    graph: {
      nodes: Iterable<NodeToWrite>;
      edges: Iterable<SeenEdge>;
      runs: Iterable<RunEnd>;
    },
    signal?: AbortSignal,
  ): Promise<number> {
    const receivedAt = new Date().toISOString();
    return this.knex.transaction(async trx => {
      const fresh = await insertRows(
        trx,
        'lineage_events',
        sortedBy(events, event => event.digest).map(event => ({
          digest: event.digest,
          run_id: event.runId,
          event_type: event.eventType,
          event_time: event.eventTime,
          received_at: receivedAt,
          body: event.body,
        })),
        {
          columns: {
            digest: 'text',
            run_id: 'text',
            event_type: 'text',
            event_time: 'text',
            received_at: 'text',
            body: 'text',
          },
          onConflict: '(digest) do nothing',
          returning: 'digest',
        },
      );
      if (fresh.length > 0) {
        signal?.throwIfAborted();
        await writeNodes(trx, graph.nodes);
        signal?.throwIfAborted();
        await writeEdgesOfRuns(trx, [...graph.edges], [...graph.runs]);
      }
      signal?.throwIfAborted();
      return fresh.length;
    });
  }

  /** Deletes events that were received before a time, as far as the signal allows; what they said stays in the graph. */
  async deleteEvents(
    receivedBefore: string,
    options: { signal: AbortSignal },
  ): Promise<number> {
    let deleted = 0;
    while (!options.signal.aborted) {
      const some = await this.knex('lineage_events')
        .whereIn(
          'digest',
          this.knex('lineage_events')
            .where('received_at', '<', receivedBefore)
            .orderBy('received_at')
            .limit(DELETED_AT_ONCE)
            .select('digest'),
        )
        .delete();
      deleted += some;
      if (some < DELETED_AT_ONCE) {
        break;
      }
    }
    return deleted;
  }
}

/**
 * Writes edges, and sets aside what runs say to make that failed; a run that completes, whenever that is said, has made
 * it. The rows of the runs are written first: they are what two requests about the same run wait for.
 */
async function writeEdgesOfRuns(
  trx: Knex.Transaction,
  edges: SeenEdge[],
  runs: RunEnd[],
): Promise<void> {
  const states = await putRunEnds(trx, runs);
  const isFailed = new Set(
    states
      .filter(state => state.failed === 1 && state.completed === 0)
      .map(state => state.run_key),
  );
  const isAttempt = ({ from, kind }: SeenEdge) =>
    MAKES.includes(kind) && isFailed.has(from);
  await writeEdges(
    trx,
    edges
      .filter(edge => !isAttempt(edge))
      .map(edge => ({ ...edge, origin: OPEN_LINEAGE })),
  );
  await writeAttempts(trx, edges.filter(isAttempt));
  const failedNow = runs.filter(run => run.failed && isFailed.has(run.key));
  for (const some of chunks(failedNow)) {
    await setAside(
      trx,
      some.map(run => run.key),
    );
  }
  for (const some of chunks(runs.filter(run => run.completed))) {
    await takeUp(
      trx,
      some.map(run => run.key),
    );
  }
}

async function putRunEnds(
  trx: Knex.Transaction,
  runs: RunEnd[],
): Promise<Array<Record<string, unknown>>> {
  const pick = (column: string) =>
    `${column} = case when excluded.${column} > lineage_runs.${column} then excluded.${column} else lineage_runs.${column} end`;
  return insertRows(
    trx,
    'lineage_runs',
    sortedBy(runs, run => run.key).map(run => ({
      run_key: run.key,
      failed: run.failed ? 1 : 0,
      completed: run.completed ? 1 : 0,
    })),
    {
      columns: { run_key: 'text', failed: 'integer', completed: 'integer' },
      onConflict: `(run_key) do update set ${pick('failed')}, ${pick(
        'completed',
      )}`,
      returning: 'run_key, failed, completed',
    },
  );
}

const ATTEMPT = Object.keys(SEEN_EDGE_COLUMNS);

async function writeAttempts(
  trx: Knex.Transaction,
  edges: SeenEdge[],
): Promise<void> {
  await insertRows(
    trx,
    'lineage_attempts',
    sortedBy(edges, edge => `${edge.from} ${edge.to} ${edge.kind}`).map(
      seenEdgeRow,
    ),
    {
      columns: SEEN_EDGE_COLUMNS,
      onConflict: `(from_key, to_key, kind) ${growTimes('lineage_attempts')}`,
    },
  );
}

/** Moves what runs make out of the graph. */
async function setAside(trx: Knex.Transaction, keys: string[]): Promise<void> {
  const made = () =>
    trx('lineage_edges')
      .whereIn('from_key', keys)
      .whereIn('kind', MAKES)
      .where('origin', OPEN_LINEAGE);
  const rows: Array<{ from_key: string }> = await made().select(ATTEMPT);
  if (rows.length > 0) {
    for (const some of chunks(rows)) {
      await trx('lineage_attempts')
        .insert(some)
        .onConflict(['from_key', 'to_key', 'kind'])
        .merge();
    }
    await made().delete();
  }
}

/** Moves it back. */
async function takeUp(trx: Knex.Transaction, keys: string[]): Promise<void> {
  const rows: Array<{
    from_key: string;
    to_key: string;
    kind: EdgeKind;
    first_seen: string;
    last_seen: string;
  }> = await trx('lineage_attempts').whereIn('from_key', keys).select(ATTEMPT);
  if (rows.length > 0) {
    await writeEdges(
      trx,
      rows.map(row => ({
        from: row.from_key,
        to: row.to_key,
        kind: row.kind,
        firstSeen: row.first_seen,
        lastSeen: row.last_seen,
        origin: OPEN_LINEAGE,
      })),
    );
    await trx('lineage_attempts').whereIn('from_key', keys).delete();
  }
}
