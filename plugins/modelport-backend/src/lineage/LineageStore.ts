import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import { EdgeToWrite, GraphPart } from './lineageEdges';
import { NodeToWrite } from './lineageNodes';

/** Edges that come from OpenLineage events; they are never taken back. */
const OPEN_LINEAGE = 'openlineage';

/** An OpenLineage event as it is kept. */
export interface EventToWrite {
  digest: string;
  runId: string | null;
  eventType: string | null;
  eventTime: string;
  body: string;
}

/** An edge and the times of the events that say so. */
export interface SeenEdge extends EdgeToWrite {
  firstSeen: string;
  lastSeen: string;
}

/** All that a version or model says, in place of what it said before. */
export interface DerivedPart {
  /** See {@link originOf}. */
  origin: string;
  part: GraphPart;
}

interface StoredEdge {
  from_key: string;
  to_key: string;
  kind: string;
  origin: string;
}

/** How far a round over all rows has come. */
export interface Round {
  after: number | null;
  endedAt: string | null;
}

const ORIGINS = { version: 'v', deployments: 'd', consumers: 'c' };

/** Who says so: a version, or of a model its deployments or its consumers. */
export function originOf(scope: keyof typeof ORIGINS, key: string): string {
  return `${ORIGINS[scope]}${key}`;
}

/**
 * Writes nodes, edges and events. Rows are written in the order of their keys, so that two writers never wait for each
 * other.
 */
export class LineageStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Takes events with what they say, in one transaction.
   *
   * @returns how many of the events are new.
   */
  async putEvents(
    events: EventToWrite[],
    graph: { nodes: Iterable<NodeToWrite>; edges: Iterable<SeenEdge> },
  ): Promise<number> {
    const receivedAt = new Date().toISOString();
    return this.knex.transaction(async trx => {
      let fresh = 0;
      for (const chunk of chunks(sortedBy(events, event => event.digest))) {
        const inserted: unknown[] = await trx('lineage_events')
          .insert(
            chunk.map(event => ({
              digest: event.digest,
              run_id: event.runId,
              event_type: event.eventType,
              event_time: event.eventTime,
              received_at: receivedAt,
              body: event.body,
            })),
          )
          .onConflict('digest')
          .ignore()
          .returning('digest');
        fresh += inserted.length;
      }
      if (fresh > 0) {
        await writeNodes(trx, graph.nodes);
        await writeEdges(
          trx,
          [...graph.edges].map(edge => ({
            ...edge,
            origin: OPEN_LINEAGE,
          })),
        );
      }
      return fresh;
    });
  }

  /** Brings what versions or models say up to date; what stands already is not written. */
  async replace(parts: DerivedPart[]): Promise<void> {
    for (const chunk of chunks(parts)) {
      await this.replaceSome(chunk);
    }
  }

  async round(id: string): Promise<Round> {
    const row = await this.knex('lineage_rounds')
      .where({ id })
      .first<{ after: number | null; ended_at: string | null } | undefined>();
    return { after: row?.after ?? null, endedAt: row?.ended_at ?? null };
  }

  /** Up to which change the graph is derived. */
  async cursor(id: string): Promise<string | undefined> {
    const row = await this.knex('lineage_rounds')
      .where({ id })
      .first<{ cursor: string | null } | undefined>();
    return row?.cursor ?? undefined;
  }

  async putCursor(id: string, cursor: string): Promise<void> {
    await this.knex('lineage_rounds')
      .insert({ id, cursor })
      .onConflict('id')
      .merge();
  }

  async putRound(id: string, round: Round): Promise<void> {
    await this.knex('lineage_rounds')
      .insert({ id, after: round.after, ended_at: round.endedAt })
      .onConflict('id')
      .merge();
  }

  private async replaceSome(parts: DerivedPart[]): Promise<void> {
    const stored: StoredEdge[] = await this.knex('lineage_edges')
      .whereIn(
        'origin',
        parts.map(part => part.origin),
      )
      .select('from_key', 'to_key', 'kind', 'origin');
    const before = new Set(stored.map(textOf));
    const now = new Date().toISOString();
    const wanted = parts.flatMap(({ origin, part }) =>
      [...part.edges.values()].map(edge => ({
        ...edge,
        origin,
        firstSeen: now,
        lastSeen: now,
      })),
    );
    const after = new Set(
      wanted.map(edge =>
        textOf({ ...edge, from_key: edge.from, to_key: edge.to }),
      ),
    );
    const gone = stored.filter(edge => !after.has(textOf(edge)));
    const fresh = wanted.filter(
      edge =>
        !before.has(textOf({ ...edge, from_key: edge.from, to_key: edge.to })),
    );
    const nodes = parts.flatMap(({ part }) => [...part.nodes.values()]);
    await this.knex.transaction(async trx => {
      await writeNodes(trx, nodes);
      for (const { from_key, to_key, kind, origin } of gone) {
        await trx('lineage_edges')
          .where({ from_key, to_key, kind, origin })
          .delete();
      }
      await writeEdges(trx, fresh);
    });
  }
}

function textOf(edge: StoredEdge): string {
  return [edge.origin, edge.from_key, edge.to_key, edge.kind].join(' ');
}

async function writeNodes(
  trx: Knex.Transaction,
  nodes: Iterable<NodeToWrite>,
): Promise<void> {
  const once = new Map([...nodes].map(node => [node.key, node]));
  for (const chunk of chunks(sortedBy([...once.values()], node => node.key))) {
    await trx('lineage_nodes')
      .insert(
        chunk.map(node => ({
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
      )
      .onConflict('key')
      .ignore();
  }
}

async function writeEdges(
  trx: Knex.Transaction,
  edges: Array<SeenEdge & { origin: string }>,
): Promise<void> {
  const sorted = sortedBy(
    edges,
    edge => `${edge.from} ${edge.to} ${edge.kind} ${edge.origin}`,
  );
  for (const chunk of chunks(sorted)) {
    await trx('lineage_edges')
      .insert(
        chunk.map(edge => ({
          from_key: edge.from,
          to_key: edge.to,
          kind: edge.kind,
          origin: edge.origin,
          first_seen: edge.firstSeen,
          last_seen: edge.lastSeen,
        })),
      )
      .onConflict(['from_key', 'to_key', 'kind', 'origin'])
      .merge({
        first_seen: trx.raw(
          'case when excluded.first_seen < lineage_edges.first_seen then excluded.first_seen else lineage_edges.first_seen end',
        ),
        last_seen: trx.raw(
          'case when excluded.last_seen > lineage_edges.last_seen then excluded.last_seen else lineage_edges.last_seen end',
        ),
      });
  }
}

function sortedBy<T>(items: T[], by: (item: T) => string): T[] {
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
