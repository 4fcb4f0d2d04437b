import { NotFoundError } from '@backstage/errors';
import {
  Evidence,
  ExplanationSummary,
  explanationSummary,
} from '@modelport/plugin-modelport-common';
import { EvidenceService } from '../evidence/EvidenceService';
import { outputOf } from './ComputeService';
import { OpenedRow, openRow } from './explainedRow';
import { VersionOf } from './TreeModels';

/** Documents that are looked through for one with rows. */
const MOST_DOCUMENTS = 20;
const ROWS_A_STEP = 1_000;

/** The explanation of a version that counts. */
export interface ExplanationDocument {
  id: number;
  evidence: Evidence;
  summary: ExplanationSummary;
}

/** What one of a model's versions explains. */
export interface VersionExplanation {
  version: string;
  createdAt: string | null;
  digest: string;
  summary: ExplanationSummary;
}

/** Explanations among the evidence: of a version the newest with rows counts, or else the newest. */
export class ExplanationDocuments {
  constructor(
    private readonly options: {
      evidence: Pick<
        EvidenceService,
        'documentsOf' | 'monitoringDocuments' | 'openRows'
      >;
    },
  ) {}

  /** Undefined where there is none. */
  async find(of: VersionOf): Promise<ExplanationDocument | undefined> {
    const documents = await this.options.evidence.documentsOf(of, {
      kind: 'explanation',
      limit: MOST_DOCUMENTS,
    });
    const read = documents.flatMap(({ id, evidence, body }) => {
      const summary = explanationSummary.safeParse(body);
      return summary.success ? [{ id, evidence, summary: summary.data }] : [];
    });
    return read.find(({ summary }) => summary.rowCount !== null) ?? read[0];
  }

  /** Of every version of a model the one that counts, as far as its artefacts were looked through. */
  async ofModel(model: {
    source: string;
    name: string;
  }): Promise<VersionExplanation[]> {
    const documents = this.options.evidence.monitoringDocuments();
    const found = new Map<string, VersionExplanation>();
    // The newest come last, and one with rows stays.
    for (const { id, digest, subject } of await documents.of(model, [
      'explanation',
    ])) {
      const summary = explanationSummary.safeParse(await documents.body(id));
      const known = found.get(subject.version);
      if (
        summary.success &&
        (summary.data.rowCount !== null || !known?.summary.rowCount)
      ) {
        found.set(subject.version, {
          version: subject.version,
          createdAt: subject.createdAt,
          digest,
          summary: summary.data,
        });
      }
    }
    return [...found.values()].sort(
      (a, b) =>
        (a.createdAt ?? '').localeCompare(b.createdAt ?? '') ||
        a.version.localeCompare(b.version, undefined, { numeric: true }),
    );
  }

  /** The one with a digest, whether it still counts or not. */
  async byDigest(
    of: VersionOf,
    digest: string,
  ): Promise<ExplanationDocument | undefined> {
    const [document] = await this.options.evidence.documentsOf(of, {
      kind: 'explanation',
      limit: 1,
      digest,
    });
    const summary = explanationSummary.safeParse(document?.body);
    return document && summary.success
      ? { ...document, summary: summary.data }
      : undefined;
  }

  /** @throws `NotFoundError` where there is none. */
  async get(of: VersionOf): Promise<ExplanationDocument> {
    const document = await this.find(of);
    if (!document) {
      throw new NotFoundError(
        `There is no explanation of version ${of.version} of ${of.name}. Log one with the run, or push evidence of the kind explanation.`,
      );
    }
    return document;
  }

  /**
   * Rows of an explanation in their order; null for those that were erased.
   *
   * @throws `InputError` where there is no such class.
   */
  async *rows(
    document: ExplanationDocument,
    className: string | undefined,
  ): AsyncGenerator<OpenedRow | null> {
    const output = outputOf(className, document.summary.classes);
    const count = document.summary.rowCount ?? 0;
    for (let from = 0; from < count; from += ROWS_A_STEP) {
      const rows = await this.options.evidence.openRows(document, {
        from,
        limit: ROWS_A_STEP,
      });
      for (const row of rows) {
        yield openRow(row, output);
      }
    }
  }

  /** One page of them. */
  async page(
    document: ExplanationDocument,
    className: string | undefined,
    page: { from: number; limit: number },
  ): Promise<Array<OpenedRow | null>> {
    const output = outputOf(className, document.summary.classes);
    const rows = await this.options.evidence.openRows(document, page);
    return rows.map(row => openRow(row, output));
  }

  /** Rows by id, with their positions; those that are not there are left out. */
  async byId(
    document: ExplanationDocument,
    className: string | undefined,
    ids: readonly string[],
  ): Promise<Map<string, { row: OpenedRow; position: number }>> {
    const wanted = new Set(ids);
    const found = new Map<string, { row: OpenedRow; position: number }>();
    let position = 0;
    for await (const row of this.rows(document, className)) {
      if (row && wanted.has(row.id)) {
        found.set(row.id, { row, position });
        if (found.size === wanted.size) {
          break;
        }
      }
      position++;
    }
    return found;
  }
}
