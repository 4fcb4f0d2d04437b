import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import { GraphPart } from './lineageEdges';
import { writeEdges, writeNodes } from './writeGraph';

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

const ORIGINS = {
  version: 'v',
  deployments: 'd',
  consumers: 'c',
  document: 'm',
};

/** Who says so: a version, of a model its deployments or its consumers, or a document of another tool. */
export function originOf(scope: keyof typeof ORIGINS, key: string): string {
  return `${ORIGINS[scope]}${key}`;
}

/** Writes what is derived from versions and models, and how far that has come. */
export class LineageStore {
  constructor(private readonly knex: Knex) {}

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
