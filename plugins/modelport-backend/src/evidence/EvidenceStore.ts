import { Knex } from 'knex';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../models/cursor';
import { fromJson } from '../models/modelRow';
import { parseStorable } from '../models/storable';
import {
  DocumentRow,
  DocumentToWrite,
  EvidenceSubject,
  keyOf,
  RepeatRow,
  withSize,
} from './documentRow';
import { ReadFile } from './ReadFiles';
import { AddedDocument, writeDocuments } from './writeDocuments';

const cursorSchema = z.object({
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** What could not be read of a version's artefacts. */
export interface ArtefactProblem {
  path: string;
  message: string;
}

/** Documents and their bytes. What is there never changes. */
export class EvidenceStore {
  /**
   * @param told - what of a document's body may be told, where that is not all of it.
   */
  constructor(
    private readonly knex: Knex,
    readonly told: (document: { kind: string; body: unknown }) => unknown = ({
      body,
    }) => body,
  ) {}

  /**
   * Writes documents, all or none; one that is there already stays as it is, and who brings it again is noted.
   *
   * @param options - `also` writes more in the same transaction, given what was not there before.
   * @returns the documents as they are kept now, in the order given, and whether anything of it is new.
   */
  async put(
    documents: DocumentToWrite[],
    options: {
      also: (trx: Knex.Transaction, added: AddedDocument[]) => Promise<void>;
    },
  ): Promise<{ rows: DocumentRow[]; isNews: boolean }> {
    return this.knex.transaction(async trx => {
      const { added, ...written } = await writeDocuments(trx, documents);
      await options.also(trx, added);
      return written;
    });
  }

  /** Whether a document is there and could be read: then nothing of it is written again. */
  async isRead(
    document: Pick<
      DocumentToWrite,
      'subject' | 'digest' | 'kind' | 'pathWindow'
    >,
  ): Promise<boolean> {
    const row: unknown = await this.knex('evidence_documents')
      .where({
        ...keyOf(document.subject),
        digest: document.digest,
        kind: document.kind,
        path_window: document.pathWindow ?? '',
        status: 'read',
      })
      .first('id');
    return row !== undefined;
  }

  /** Who brought some documents besides who brought them first, in the order in which they came. */
  async repeatsOf(documents: number[]): Promise<RepeatRow[]> {
    return this.knex<RepeatRow>('evidence_repeats')
      .whereIn('document_id', documents)
      .orderBy(['received_at', 'by']);
  }

  /** Documents of a version, the newest first. */
  async list(
    subject: EvidenceSubject,
    options: {
      kind?: string;
      digest?: string;
      limit: number;
      cursor?: string;
    },
  ): Promise<{
    rows: DocumentRow[];
    total: number;
    nextCursor: string | null;
  }> {
    const after = options.cursor
      ? decodeCursor(options.cursor, cursorSchema)
      : undefined;
    const all = () => {
      const query = this.knex('evidence_documents').where(keyOf(subject));
      if (options.kind !== undefined) {
        query.where({ kind: options.kind });
      }
      if (options.digest !== undefined) {
        query.where('evidence_documents.digest', options.digest);
      }
      return query;
    };
    const page = withSize(all())
      .orderBy('id', 'desc')
      .limit(options.limit + 1);
    if (after) {
      page.where('id', '<', after.id);
    }
    const [rows, counted] = await Promise.all([
      page,
      all().count({ count: '*' }).first<{ count: number | string }>(),
    ]);
    const last = rows[options.limit - 1];
    return {
      rows: rows.slice(0, options.limit),
      total: Number(counted.count),
      nextCursor:
        rows.length > options.limit ? encodeCursor({ id: last.id }) : null,
    };
  }

  /** How many documents there are of each kind. */
  async kindsOf(
    subject: EvidenceSubject,
  ): Promise<Array<{ kind: string; count: number }>> {
    const rows: Array<{ kind: string; count: number | string }> =
      await this.knex('evidence_documents')
        .where(keyOf(subject))
        .groupBy('kind')
        .select('kind')
        .count({ count: '*' });
    return rows.map(({ kind, count }) => ({ kind, count: Number(count) }));
  }

  /** Documents of a model that could be read, of some kinds, in the order in which they came. */
  async readOf(
    model: { source: string; name: string },
    kinds: string[],
  ): Promise<DocumentRow[]> {
    return withSize(this.knex('evidence_documents'))
      .where({ source: model.source, name: model.name, status: 'read' })
      .whereIn('kind', kinds)
      .orderBy('id');
  }

  /** Documents that were pushed about a version and could not be read, the newest first. */
  async unreadableOf(
    subject: EvidenceSubject,
    limit: number,
  ): Promise<DocumentRow[]> {
    return withSize(
      this.knex('evidence_documents').where({
        ...keyOf(subject),
        status: 'unreadable',
        origin: 'push',
      }),
    )
      .orderBy('id', 'desc')
      .limit(limit);
  }

  /** Every document with a digest: the same bytes may be about several versions. */
  async byDigest(digest: string): Promise<DocumentRow[]> {
    return withSize(
      this.knex('evidence_documents').where(
        'evidence_documents.digest',
        digest,
      ),
    ).orderBy('id');
  }

  /** How far the artefacts of a version were read; undefined where they never were. */
  async artefactsOf(
    version: Omit<EvidenceSubject, 'createdAt'>,
  ): Promise<
    | { state: string; problems: ArtefactProblem[]; files: ReadFile[] }
    | undefined
  > {
    const { source, name } = version;
    const row = await this.knex('evidence_versions')
      .where({ source, name, version: version.version })
      .first<
        { state: string; problems: string; files: string | null } | undefined
      >();
    return (
      row && {
        state: row.state,
        problems: fromJson(row.problems),
        files: row.files === null ? [] : fromJson(row.files),
      }
    );
  }

  /** Notes that the artefacts of a version were read in a state of it. */
  async putArtefacts(
    version: Omit<EvidenceSubject, 'createdAt'>,
    read: { state: string; problems: ArtefactProblem[]; files: ReadFile[] },
  ): Promise<void> {
    await this.knex('evidence_versions')
      .insert({
        source: version.source,
        name: version.name,
        version: version.version,
        state: read.state,
        problems: JSON.stringify(read.problems),
        files: JSON.stringify(read.files),
      })
      .onConflict(['source', 'name', 'version'])
      .merge();
  }

  /** Where the round over changed models stands; undefined before the first. */
  async cursor(task: string): Promise<string | undefined> {
    const row = await this.knex('evidence_progress')
      .where({ task })
      .first<{ cursor: string } | undefined>();
    return row?.cursor;
  }

  async putCursor(task: string, cursor: string): Promise<void> {
    await this.knex('evidence_progress')
      .insert({ task, cursor })
      .onConflict('task')
      .merge();
  }

  /** What was read of a document, as far as it may be told. */
  async body(id: number): Promise<unknown> {
    const row = await this.knex('evidence_documents')
      .where({ id })
      .first<{ kind: string; body: string | null } | undefined>('kind', 'body');
    return row?.body
      ? this.told({ kind: row.kind, body: parseStorable(row.body) })
      : null;
  }

  /** The bytes of a digest; undefined where they are not kept. */
  async bytes(digest: string): Promise<Buffer | undefined> {
    const row = await this.knex('evidence_contents')
      .where({ digest })
      .first<{ bytes: Buffer | null } | undefined>('bytes');
    return row?.bytes ?? undefined;
  }
}
