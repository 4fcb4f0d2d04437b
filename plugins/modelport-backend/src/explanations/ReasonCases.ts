import { InputError, NotFoundError } from '@backstage/errors';
import {
  ReasonCodes,
  ReasonsRequest,
} from '@modelport/plugin-modelport-common';
import { SealFor } from '../evidence/SealedRows';
import { ComputeService } from './ComputeService';
import {
  ExplanationDocument,
  ExplanationDocuments,
} from './ExplanationDocuments';
import { OpenedRow } from './explainedRow';
import { GivenContributions } from './GivenContributions';
import { refuseUnadditive } from './refuseIncomplete';
import { VersionOf } from './TreeModels';

/** One decision that is to be given reasons for. */
export interface ReasonCase {
  contributions: Record<string, number>;
  output: number | null;
  /** As it was given. */
  input:
    | { type: 'row'; position: number }
    | { type: 'values'; values: Record<string, unknown> }
    | { type: 'contributions' };
  /** Whose key it is kept with; null where nobody is named. */
  subject: SealFor | null;
}

/** Decisions with how their contributions came about. */
export interface ReasonCases {
  rows: ReasonCase[];
  how: string;
  modelDigest: string | null;
}

/** Brings what is asked about into one form: contributions by feature. */
export class ReasonCaseReader {
  constructor(
    private readonly options: {
      documents: ExplanationDocuments;
      compute: ComputeService;
      given: GivenContributions;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such row; `InputError` where what is asked doesn't fit. */
  async read(
    of: VersionOf,
    request: ReasonsRequest,
    options: {
      explanation: ExplanationDocument | undefined;
      dictionary: ReasonCodes;
    },
  ): Promise<ReasonCases> {
    const { explanation } = options;
    const { rows, rowIds, contributions, subjects } = request;
    const given = [rows, rowIds, contributions].filter(
      list => list !== undefined,
    );
    if (given.length !== 1 || given[0]?.length === 0) {
      throw new InputError(
        'Expected one of rows, rowIds and contributions, with at least one entry',
      );
    }
    const [{ length }] = given;
    if (subjects && (rowIds || subjects.length !== length)) {
      throw new InputError(
        rowIds
          ? 'subjects: the explanation knows the people behind its rows'
          : `subjects: expected ${length}, one for each decision, but there are ${subjects.length}`,
      );
    }
    if (request.keepValues && !rowIds && !subjects) {
      throw new InputError(
        'keepValues: what is kept is encrypted with the key of the person, so that it can be erased; subjects must name them',
      );
    }
    const subjectAt = (place: number) =>
      subjects
        ? { source: of.source, name: of.name, subject: subjects[place] }
        : null;
    if (
      !contributions &&
      (request.outputs || request.baseValue !== undefined)
    ) {
      throw new InputError(
        'outputs, baseValue: they are said of contributions; of rows and rowIds they are known',
      );
    }
    if (contributions) {
      const how = await this.options.given.check(of, request, options);
      return {
        rows: contributions.map((one, place) => ({
          contributions: one,
          output: request.outputs?.[place] ?? null,
          input: { type: 'contributions' },
          subject: subjectAt(place),
        })),
        how,
        modelDigest: await this.options.compute.digest(of),
      };
    }
    if (rows) {
      const computed = await this.options.compute.compute(of, {
        rows,
        class: request.class,
      });
      return {
        rows: computed.rows.map((row, place) => ({
          contributions: row.contributions,
          output: row.output,
          input: { type: 'values', values: rows[place] },
          subject: subjectAt(place),
        })),
        how: `TreeSHAP, ${computed.perturbation}, of ${computed.model.format} in the margin`,
        modelDigest: computed.model.digest,
      };
    }
    return this.byId(of, rowIds ?? [], { request, explanation });
  }

  private async byId(
    of: VersionOf,
    rowIds: string[],
    options: {
      request: ReasonsRequest;
      explanation: ExplanationDocument | undefined;
    },
  ): Promise<ReasonCases> {
    const { request, explanation } = options;
    if (!explanation) {
      throw new NotFoundError(
        `There is no explanation of version ${of.version} of ${of.name}, and so no row of that id`,
      );
    }
    const found = await this.options.documents.byId(
      explanation,
      request.class,
      rowIds,
    );
    const { perturbation } = explanation.summary;
    const rows = rowIds.map((id, place) => {
      const at = found.get(id);
      if (!at) {
        throw new NotFoundError(
          `rowIds.${place}: the explanation has no such row, or what was kept of it was erased`,
        );
      }
      return { ...at, contributions: contributionsOf(explanation, at.row) };
    });
    refuseUnadditive(
      'rowIds',
      rows.map(({ row, contributions }) => ({ ...row, contributions })),
    );
    return {
      rows: rows.map(
        ({ row, position, contributions }): ReasonCase => ({
          output: row.output,
          contributions,
          input: { type: 'row', position },
          subject: { document: explanation.id, position },
        }),
      ),
      how: `The explanation ${explanation.evidence.digest.slice(0, 12)}${
        perturbation ? `, ${perturbation}` : ''
      }`,
      modelDigest: await this.options.compute.digest(of),
    };
  }
}

/** The contributions of a row by the names of the features. */
export function contributionsOf(
  { summary }: ExplanationDocument,
  row: OpenedRow,
): Record<string, number> {
  return Object.fromEntries(
    summary.features.map(({ name }, i) => [name, row.contributions[i]]),
  );
}
