import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { Evidence, EvidenceDocument } from '@modelport/plugin-modelport-common';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AuditLog } from '../audit/AuditLog';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { ArtefactEvidence } from './ArtefactEvidence';
import { mayHoldRows, refuseOddPath } from './artefactRows';
import { holdsRows, isReadAsRows } from './contents';
import { DocumentRow, toEvidence } from './documentRow';
import { EvidenceStore } from './EvidenceStore';
import { MOST_BYTES } from './receiveDocuments';
import { PushTokens } from './PushTokens';
import { SealedRows } from './SealedRows';
import { withTokenNames } from './withTokenNames';

/** Who reads rows of single people, and of which models that person may. */
interface RowsReader {
  userEntityRef: string;
  visibility: ModelsVisibility;
}

/** What single documents hold, for who may read it. */
export class EvidenceContents {
  constructor(
    private readonly options: {
      store: EvidenceStore;
      artefacts: ArtefactEvidence;
      audit: Pick<AuditLog, 'record'>;
      rows: SealedRows;
      /** Takes out of rows what nobody is shown. */
      mask: (
        document: { kind: string; body: unknown },
        rows: unknown[],
      ) => unknown[];
      models: Pick<ModelsService, 'get' | 'getVersion'>;
      tokens: Pick<PushTokens, 'names'>;
    },
  ) {}

  /**
   * A document with what it says.
   *
   * @param options - `rows` are the models whose rows of single people the caller may read; null is none.
   * @throws `NotFoundError` where it is about nothing that the caller may read.
   */
  async get(
    digest: string,
    options: {
      visibility: ModelsVisibility;
      rows: RowsReader | null;
    },
  ): Promise<EvidenceDocument> {
    const { readable } = await this.documents(digest, options.visibility);
    // The same bytes may have come as something that they are not.
    const first = readable.find(row => row.status === 'read') ?? readable[0];
    const { store } = this.options;
    const body = await store.body(first.id);
    const found = await withTokenNames(
      readable.map(toEvidence),
      this.options.tokens,
    );
    return {
      digest,
      versions: readable.map((row, place) => ({
        of: { source: row.source, name: row.name, version: row.version },
        evidence: found[place],
      })),
      body: !holdsRows(first)
        ? body
        : await this.rowsOf(first, body, options.rows),
    };
  }

  /**
   * The bytes as they were received; of a file that is too large to be kept, as it lies at its source.
   *
   * @throws `NotFoundError` where they are not kept, or are about nothing that the caller may read;
   * `ServiceUnavailableError` where the source can't be asked.
   */
  async raw(
    digest: string,
    visibility: ModelsVisibility,
  ): Promise<{ evidence: Evidence; bytes: Buffer | Readable }> {
    const { all, readable } = await this.documents(digest, visibility);
    if (all.some(isReadAsRows)) {
      throw new NotFoundError(
        `The bytes of ${digest} are not kept, whatever they were pushed as: they were read as rows of single people, which are kept encrypted one by one. Who may read them finds them in the document itself.`,
      );
    }
    // Who may see only what came as rows gets no bytes that came as something else.
    const plain = readable.filter(row => !holdsRows(row));
    const first = plain.find(row => row.status === 'read') ?? plain[0];
    if (!first) {
      throw new NotFoundError(
        `The bytes of ${digest} are not kept: they may hold rows of single people, and could not be read.`,
      );
    }
    const path = first.origin === 'artefact' ? first.path : null;
    if (Number(first.size) > MOST_BYTES && path !== null) {
      const handle = await this.options.artefacts.useLargeFile(
        { ...first, path },
        ({ file }) => open(file),
      );
      // What is open is read to its end, though it be deleted meanwhile.
      return { evidence: toEvidence(first), bytes: handle.createReadStream() };
    }
    const bytes = await this.options.store.bytes(digest);
    if (!bytes) {
      throw new NotFoundError(`The bytes of ${digest} are not kept`);
    }
    return { evidence: toEvidence(first), bytes };
  }

  /**
   * The bytes of a file among a version's artefacts, as it lies at its source.
   *
   * @param options - `rows` are the models whose rows of single people the caller may read; null is none.
   * @throws `NotFoundError` where there is none that the caller may see; `NotAllowedError` for rows of single people;
   * `InputError` where it is larger than what is fetched; `ServiceUnavailableError` where the source can't be asked.
   */
  async artefact(
    of: { source: string; name: string; version: string; path: string },
    options: { visibility: ModelsVisibility; rows: RowsReader | null },
  ): Promise<{ bytes: Readable; size: number }> {
    const { artefacts, models, store } = this.options;
    const { source, name, version, path } = of;
    refuseOddPath(path);
    await models.getVersion(source, name, version, options.visibility);
    const encrypted = `${path} holds rows of single people, which the portal keeps encrypted one by one. Who may read them finds them in its evidence.`;
    if (artefacts.isReadAsRows(path)) {
      throw new NotAllowedError(encrypted);
    }
    if (mayHoldRows(path)) {
      await this.recordRows(of, options.rows);
    }
    return artefacts.useFile(of, async ({ file, size, digest }) => {
      if ((await store.byDigest(digest)).some(holdsRows)) {
        throw new NotAllowedError(encrypted);
      }
      const handle = await open(file);
      return { bytes: handle.createReadStream(), size };
    });
  }

  private async recordRows(
    of: { source: string; name: string; version: string; path: string },
    reader: RowsReader | null,
  ): Promise<void> {
    const { path, ...version } = of;
    const refusal = new NotAllowedError(
      `${path} is a table, which may hold rows of single people: reading those is a permission of its own (modelport.evidence.read-rows)`,
    );
    if (!reader) {
      throw refusal;
    }
    try {
      await this.options.models.get(of.source, of.name, reader.visibility);
    } catch (error) {
      throw error instanceof NotFoundError ? refusal : error;
    }
    // What is not recorded is not given.
    await this.options.audit.record([
      {
        ...version,
        actor: reader.userEntityRef,
        action: 'rows.read',
        detail: { path },
      },
    ]);
  }

  /** All documents with a digest, and those of them that are about what the caller may read. */
  private async documents(
    digest: string,
    visibility: ModelsVisibility,
  ): Promise<{ all: DocumentRow[]; readable: DocumentRow[] }> {
    const all = await this.options.store.byDigest(digest);
    const checked = await Promise.all(
      all.map(async row => {
        try {
          const version = await this.options.models.getVersion(
            row.source,
            row.name,
            row.version,
            visibility,
          );
          return (version.createdAt ?? '') === row.version_created_at;
        } catch (error) {
          if (error instanceof NotFoundError) {
            return false;
          }
          throw error;
        }
      }),
    );
    const readable = all.filter((_row, index) => checked[index]);
    if (readable.length === 0) {
      throw new NotFoundError(`There is no evidence ${digest}`);
    }
    return { all, readable };
  }

  private async rowsOf(
    row: DocumentRow,
    body: unknown,
    reader: RowsReader | null,
  ): Promise<unknown> {
    if (!reader || row.status !== 'read') {
      return body;
    }
    try {
      await this.options.models.get(row.source, row.name, reader.visibility);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return body;
      }
      throw error;
    }
    // What is not recorded is not shown.
    await this.options.audit.record([
      {
        actor: reader.userEntityRef,
        action: 'rows.read',
        source: row.source,
        name: row.name,
        version: row.version,
        detail: { kind: row.kind, digest: row.digest },
      },
    ]);
    return {
      ...(typeof body === 'object' ? body : {}),
      rows: this.options.mask(
        { kind: row.kind, body },
        await this.options.rows.open(row.id),
      ),
    };
  }
}
