import { SourceVersionDocuments } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { chunks } from './chunks';
import { fromJson } from './modelRow';
import { nextReadingAt } from './nextReadingAt';
import { nextSequence } from './sequence';
import { nullable } from './storable';
import { VersionRow } from './versionRow';
import { VersionChange, versionChange, VersionToWrite } from './versionToWrite';

/** What is known of a version before a pass looks at it again. */
export type KnownVersion = Pick<
  VersionRow,
  'id' | 'model_id' | 'version' | 'fingerprint' | 'settled' | 'retired_at'
>;

/** A version whose details were final when they were read. */
export type SettledVersion = Pick<
  VersionRow,
  'id' | 'model_id' | 'fingerprint' | 'head'
>;

/** A row that was written. */
export type WrittenVersion = Pick<VersionRow, 'id' | 'model_id'>;

/** Place in the order in which documents are read. */
export type DocumentsPlace = Pick<VersionRow, 'id' | 'documents_due_at'>;

/** What the synchronisation writes of versions. */
export class VersionsSyncStore {
  constructor(private readonly knex: Knex) {}

  /** Known versions of some models, retired ones included, without their contents. */
  async known(modelIds: number[]): Promise<KnownVersion[]> {
    const found: KnownVersion[] = [];
    for (const chunk of chunks(modelIds)) {
      const rows = await this.knex<VersionRow>('models_versions')
        .whereIn('model_id', chunk)
        .select(
          'id',
          'model_id',
          'version',
          'fingerprint',
          'settled',
          'retired_at',
        );
      rows.forEach(row => found.push(row));
    }
    return found;
  }

  /** Versions of a source that are not retired, of models that are not, in the order of their ids. */
  async current(
    source: string,
    options: { name?: string; after?: number; limit?: number },
  ): Promise<Array<{ id: number; name: string; version: string }>> {
    const { name, after = 0, limit } = options;
    const query = this.ofSource(source)
      .where(name === undefined ? {} : { 'models_models.name': name })
      .where('models_versions.id', '>', after)
      .orderBy('models_versions.id')
      .select('models_versions.id', 'models_models.name', 'version');
    return limit === undefined ? query : query.limit(limit);
  }

  /** Versions whose details were final, by their ids. */
  async settled(
    source: string,
    options: { after: number; limit: number },
  ): Promise<SettledVersion[]> {
    return this.ofSource(source)
      .where('models_versions.settled', true)
      .where('models_versions.id', '>', options.after)
      .orderBy('models_versions.id')
      .limit(options.limit)
      .select(
        'models_versions.id',
        'models_versions.model_id',
        'models_versions.fingerprint',
        'models_versions.head',
      );
  }

  /**
   * Writes new and changed versions in one transaction, and marks their models as changed; one that turns out to be as
   * it was is left alone.
   *
   * @returns the rows that were written.
   */
  async write(versions: VersionToWrite[]): Promise<WrittenVersion[]> {
    const before = await this.contentsOf(
      versions.flatMap(version => version.knownId ?? []),
    );
    const changes = versions.flatMap(
      version =>
        versionChange(version, before.get(version.knownId ?? -1)) ?? [],
    );
    if (changes.length === 0) {
      return [];
    }
    const dueAt = new Date().toISOString();
    const written: WrittenVersion[] = [];
    const idsWhere = (applies: (change: VersionChange) => boolean) =>
      chunks(changes.filter(applies).flatMap(change => change.id ?? []));
    await this.knex.transaction(async trx => {
      for (const chunk of chunks(changes, 50)) {
        const rows: WrittenVersion[] = await trx('models_versions')
          .insert(
            chunk.map(({ columns }) => ({
              ...columns,
              documents_due_at: dueAt,
            })),
          )
          .onConflict(['model_id', 'version'])
          .merge(Object.keys(chunk[0].columns))
          .returning(['id', 'model_id']);
        written.push(...rows);
      }
      for (const ids of idsWhere(change => change.recreated)) {
        await trx('models_versions')
          .whereIn('id', ids)
          .update({ documents: null });
      }
      for (const ids of idsWhere(change => change.documentsDue)) {
        await trx('models_versions').whereIn('id', ids).update({
          documents_due_at: dueAt,
          documents_attempts: 0,
          documents_problem: null,
        });
      }
      for (const ids of idsWhere(change => change.historiesOutdated)) {
        await trx('models_metric_histories')
          .whereIn('version_id', ids)
          .delete();
      }
      for (const ids of idsWhere(change => change.artefactsOutdated)) {
        await trx('models_artefact_lists').whereIn('version_id', ids).delete();
      }
      const seq = await nextSequence(trx);
      for (const ids of chunks([
        ...new Set(written.map(row => row.model_id)),
      ])) {
        await trx('models_models').whereIn('id', ids).update({ seq });
      }
    });
    return written;
  }

  /** Has the details of a version read again with the next pass. */
  async unsettle(id: number): Promise<void> {
    await this.knex('models_versions').where({ id }).update({ settled: false });
  }

  /** Retires versions; answers the models that they belong to. */
  async retire(ids: number[]): Promise<number[]> {
    const now = new Date().toISOString();
    const modelIds = new Set<number>();
    for (const chunk of chunks(ids)) {
      await this.knex.transaction(async trx => {
        const rows = await trx<VersionRow>('models_versions')
          .whereIn('id', chunk)
          .select('model_id', 'version');
        await trx('models_versions')
          .whereIn('id', chunk)
          .update({ retired_at: now });
        await trx('models_activities').insert(
          rows.map(row => ({
            model_id: row.model_id,
            at: now,
            by: null,
            kind: 'version-retired',
            version: row.version,
            detail: '{}',
          })),
        );
        rows.forEach(row => modelIds.add(row.model_id));
      });
    }
    return [...modelIds];
  }

  /**
   * Versions whose documents are to be read, those that wait longest first.
   *
   * @param options - `until` is the time by which they have to be due.
   */
  async documentsDue(
    source: string,
    options: {
      until: string;
      after: DocumentsPlace | undefined;
      limit: number;
    },
  ): Promise<VersionRow[]> {
    const query = this.ofSource(source)
      .where('models_versions.documents_due_at', '<=', options.until)
      .orderBy(['models_versions.documents_due_at', 'models_versions.id'])
      .limit(options.limit)
      .select<VersionRow[]>('models_versions.*');
    if (options.after) {
      query.whereRaw(
        '(models_versions.documents_due_at, models_versions.id) > (?, ?)',
        [options.after.documents_due_at, options.after.id],
      );
    }
    return query;
  }

  /** Makes documents due now whose reading waits after a failure. */
  async endWaits(source: string, now: string): Promise<void> {
    const waiting = this.ofSource(source)
      .where('models_versions.documents_due_at', '>', now)
      .select('models_versions.id');
    await this.knex('models_versions')
      .whereIn('id', waiting)
      .update({ documents_due_at: now });
  }

  /**
   * Keeps what came of reading a version's documents. What is not certain never replaces what is, and is read again
   * after growing waits.
   *
   * @param outcome - `documents` is null where they could not be read; `problem` is what went wrong.
   */
  async writeDocuments(
    row: VersionRow,
    outcome: {
      documents: SourceVersionDocuments | null;
      problem: string | null;
    },
  ): Promise<void> {
    const { documents, problem } = outcome;
    const again = !documents || !documents.certain || problem !== null;
    const attempts = again ? row.documents_attempts + 1 : 0;
    const replaces =
      documents && (documents.certain || !holdsCertain(row.documents));
    await this.knex('models_versions')
      .where({ id: row.id, fingerprint: row.fingerprint })
      .update({
        ...(replaces && {
          documents: JSON.stringify(documents),
          framework: nullable(documents.framework) ?? row.framework,
        }),
        documents_due_at: again ? nextReadingAt(attempts, Date.now()) : null,
        documents_attempts: attempts,
        documents_problem: nullable(problem),
      });
  }

  /** What could not be read of the versions of a source, in words, and of how many versions that is so. */
  async problems(
    source: string,
    limit: number,
  ): Promise<{
    items: Array<{ model: string; version: string; messages: string[] }>;
    total: number;
  }> {
    const query = this.ofSource(source).whereRaw(
      '(models_versions.documents_problem is not null or models_versions.details_problems is not null)',
    );
    const rows: Array<
      Pick<VersionRow, 'version' | 'documents_problem' | 'details_problems'> & {
        name: string;
      }
    > = await query
      .clone()
      .orderBy('models_versions.id')
      .limit(limit)
      .select(
        'models_models.name',
        'version',
        'documents_problem',
        'details_problems',
      );
    const counted = await query
      .count({ count: '*' })
      .first<{ count: number | string }>();
    return {
      items: rows.map(row => ({
        model: row.name,
        version: row.version,
        messages: [
          ...fromJson<string[]>(row.details_problems ?? '[]'),
          ...(row.documents_problem === null
            ? []
            : [
                `Its signature or histories could not be read and are tried again. ${row.documents_problem}`,
              ]),
        ],
      })),
      total: Number(counted.count),
    };
  }

  private ofSource(source: string): Knex.QueryBuilder {
    return this.knex('models_versions')
      .join('models_models', 'models_models.id', 'models_versions.model_id')
      .where({
        'models_models.source': source,
        'models_models.retired_at': null,
        'models_versions.retired_at': null,
      });
  }

  private async contentsOf(ids: number[]): Promise<Map<number, VersionRow>> {
    const found = new Map<number, VersionRow>();
    for (const chunk of chunks(ids)) {
      const rows = await this.knex<VersionRow>('models_versions').whereIn(
        'id',
        chunk,
      );
      rows.forEach(row => found.set(row.id, row));
    }
    return found;
  }
}

/** Whether stored documents hold a signature, or a certain answer that there is none. */
function holdsCertain(stored: string | null): boolean {
  if (stored === null) {
    return false;
  }
  // Rows of earlier releases do not say how certain they are.
  const documents = fromJson<
    Omit<SourceVersionDocuments, 'certain'> & { certain?: boolean }
  >(stored);
  return documents.signature !== null || documents.certain === true;
}
