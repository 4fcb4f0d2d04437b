import { NOT_ADVERSE, ReasonRecord } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { Sealed } from '../evidence/SealedRows';
import { fromJson } from '../models/modelRow';

/** Rows written with one statement. */
const BATCH = 50;

/** The version that decisions were made by. */
export interface VersionName {
  source: string;
  name: string;
  version: string;
}

/** A record as it is kept: what it was made from is sealed, or told by a digest alone. */
export type StoredRecord = Omit<
  ReasonRecord,
  'input' | 'values' | 'contributions'
> & {
  input: {
    type: ReasonRecord['input']['type'];
    /** Of the row in the explanation. */
    position: number | null;
    digest: string | null;
    sealed: Sealed | null;
  };
};

interface RecordRow {
  record_id: string;
  at: string;
  by: string;
  kept_until: string;
  method: string;
  dictionary_version: string;
  dictionary_digest: string;
  explanation_digest: string | null;
  model_digest: string | null;
  request: string;
  withheld: string | null;
  reasons: string;
  input_type: StoredRecord['input']['type'];
  input_position: number | null;
  input_digest: string | null;
  subject_id: number | null;
  sealed_input: Buffer | null;
}

/** Records of the reasons that were given. They name nobody: whoever asked holds the id of the record. */
export class ReasonRecordsStore {
  constructor(private readonly knex: Knex) {}

  async add(
    trx: Knex.Transaction,
    of: VersionName,
    records: StoredRecord[],
  ): Promise<void> {
    for (let start = 0; start < records.length; start += BATCH) {
      await trx('explanations_decisions').insert(
        records.slice(start, start + BATCH).map(record => ({
          source: of.source,
          name: of.name,
          version: of.version,
          record_id: record.recordId,
          at: record.at,
          by: record.by,
          kept_until: record.keptUntil,
          method: record.method,
          dictionary_version: record.dictionaryVersion,
          dictionary_digest: record.dictionaryDigest,
          explanation_digest: record.explanationDigest,
          model_digest: record.modelDigest,
          request: JSON.stringify(record.request),
          withheld: record.withheld,
          reasons: JSON.stringify(record.reasons),
          input_type: record.input.type,
          input_position: record.input.position,
          input_digest: record.input.digest,
          subject_id: record.input.sealed?.subjectId ?? null,
          sealed_input: record.input.sealed?.bytes ?? null,
        })),
      );
    }
  }

  async get(
    of: VersionName,
    recordId: string,
  ): Promise<StoredRecord | undefined> {
    const row = await this.knex('explanations_decisions')
      .where({
        source: of.source,
        name: of.name,
        version: of.version,
        record_id: recordId,
      })
      // What should be deleted by now is not told, whenever that will happen.
      .where('kept_until', '>=', new Date().toISOString())
      .first<RecordRow | undefined>();
    return (
      row && {
        recordId: row.record_id,
        at: row.at,
        by: row.by,
        keptUntil: row.kept_until,
        method: row.method,
        dictionaryVersion: row.dictionary_version,
        dictionaryDigest: row.dictionary_digest,
        explanationDigest: row.explanation_digest,
        modelDigest: row.model_digest,
        request: fromJson(row.request),
        withheld: row.withheld,
        reasons: fromJson(row.reasons),
        input: {
          type: row.input_type,
          position: row.input_position,
          digest: row.input_digest,
          sealed:
            row.subject_id !== null && row.sealed_input
              ? { subjectId: row.subject_id, bytes: row.sealed_input }
              : null,
        },
      }
    );
  }

  /** How many adverse decisions of a version were given no reasons. */
  async withheld(of: VersionName): Promise<number> {
    const counted = await this.knex('explanations_decisions')
      .where({ source: of.source, name: of.name, version: of.version })
      .whereNotNull('withheld')
      .whereNot('withheld', NOT_ADVERSE)
      .count({ count: '*' })
      .first<{ count: number | string }>();
    return Number(counted.count);
  }

  /** Deletes what is kept no longer; gives how much that was. */
  async deleteOld(now: string): Promise<number> {
    return this.knex('explanations_decisions')
      .where('kept_until', '<', now)
      .delete();
  }
}
