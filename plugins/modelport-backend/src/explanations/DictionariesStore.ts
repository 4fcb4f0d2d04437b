import { ConflictError } from '@backstage/errors';
import {
  ReasonCodeRevision,
  ReasonCodes,
  reasonCodesBody,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { fromJson } from '../models/modelRow';

/** A model. */
export interface ModelName {
  source: string;
  name: string;
}

/** A dictionary that somebody wrote in the portal. */
export type StoredRevision = Omit<
  ReasonCodeRevision,
  'problems' | 'dictionary'
> & { dictionary: ReasonCodes };

interface RevisionRow {
  id: number;
  state: ReasonCodeRevision['state'];
  version: string;
  digest: string;
  dictionary: string;
  comment: string;
  proposed_by: string;
  proposed_at: string;
  decided_by: string | null;
  decided_at: string | null;
  decision_comment: string | null;
}

/** Dictionaries written in the portal: each stays as it was proposed, and one at a time counts. */
export class DictionariesStore {
  constructor(
    private readonly options: {
      knex: Knex;
      audit: Pick<AuditLog, 'append'>;
    },
  ) {}

  /** The newest first. */
  async list({ source, name }: ModelName): Promise<StoredRevision[]> {
    const rows = await this.options
      .knex('explanations_dictionaries')
      .where({ source, name })
      .orderBy('id', 'desc')
      .select<RevisionRow[]>('*');
    return rows.map(toRevision);
  }

  async find(
    { source, name }: ModelName,
    which: { id: number } | { digest: string } | { state: 'confirmed' },
  ): Promise<StoredRevision | undefined> {
    const row = await this.options
      .knex('explanations_dictionaries')
      .where({ source, name, ...which })
      .orderBy('id', 'desc')
      .first<RevisionRow | undefined>();
    return row && toRevision(row);
  }

  async propose(
    { source, name }: ModelName,
    proposal: {
      dictionary: ReasonCodes;
      digest: string;
      comment: string;
      by: string;
    },
  ): Promise<number> {
    const { dictionary, digest, comment, by } = proposal;
    const at = new Date().toISOString();
    return this.options.knex.transaction(async trx => {
      const [{ id }] = await trx('explanations_dictionaries')
        .insert({
          source,
          name,
          state: 'proposed',
          version: dictionary.version,
          digest,
          dictionary: JSON.stringify(dictionary),
          comment,
          proposed_by: by,
          proposed_at: at,
        })
        .returning<Array<{ id: number }>>('id');
      await this.options.audit.append(trx, [
        {
          source,
          name,
          at,
          actor: by,
          action: 'reason-codes.proposed',
          detail: { revision: id, digest, version: dictionary.version },
        },
      ]);
      return id;
    });
  }

  /** @throws `ConflictError` where it was decided on meanwhile. */
  async decide(
    { source, name }: ModelName,
    decision: {
      revision: StoredRevision;
      state: 'confirmed' | 'refused' | 'withdrawn';
      comment: string | null;
      by: string;
    },
  ): Promise<void> {
    const { revision, state, comment, by } = decision;
    const at = new Date().toISOString();
    await this.options.knex.transaction(async trx => {
      // First the chain, whose head locks out whoever else decides.
      await this.options.audit.append(trx, [
        {
          source,
          name,
          at,
          actor: by,
          action: `reason-codes.${state}`,
          detail: { revision: revision.revision, digest: revision.digest },
        },
      ]);
      if (state === 'confirmed') {
        await trx('explanations_dictionaries')
          .where({ source, name, state: 'confirmed' })
          .update({ state: 'replaced' });
      }
      const changed = await trx('explanations_dictionaries')
        .where({ id: revision.revision, source, name, state: 'proposed' })
        .update({
          state,
          decided_by: by,
          decided_at: at,
          decision_comment: comment,
        });
      if (changed === 0) {
        throw new ConflictError(
          `The dictionary ${revision.revision} of ${name} was decided on meanwhile; nothing was changed`,
        );
      }
    });
  }
}

function toRevision(row: RevisionRow): StoredRevision {
  return {
    revision: row.id,
    state: row.state,
    version: row.version,
    digest: row.digest,
    dictionary: reasonCodesBody.parse(fromJson(row.dictionary)),
    comment: row.comment,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionComment: row.decision_comment,
  };
}
