import { NotFoundError } from '@backstage/errors';
import {
  ComparedExplanations,
  ExplainedRow,
  ExplainedRowPage,
  Explanation,
  EXPLANATION_CONVENTIONS,
  ExplanationColumns,
  ExplanationTrace,
  rowsTold,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { ModelsService } from '../models/ModelsService';
import { decodeCursor, encodeCursor } from '../models/cursor';
import { compareExplanations } from './compareExplanations';
import { outputOf } from './ComputeService';
import { Masked, OpenedRow, toExplainedRow } from './explainedRow';
import { explanationColumns } from './explanationColumns';
import {
  ExplanationDocument,
  ExplanationDocuments,
} from './ExplanationDocuments';
import { ExplanationsConfig } from './explanationsConfig';
import { joinMasked } from './joinMasked';
import { maskedFeatures } from './maskedFeatures';
import { traceExplanations } from './traceExplanations';
import { VersionOf } from './TreeModels';

const cursorSchema = z.object({ from: z.number().int().min(0) });

/** Who reads rows: nobody sees masked values, and services none at all. */
export interface RowsReader {
  sees: 'values' | 'contributions';
}

/** Explanations of versions, as the API answers them. */
export class ExplanationsService {
  constructor(
    private readonly options: {
      documents: ExplanationDocuments;
      models: Pick<ModelsService, 'get' | 'getVersion'>;
      config: Pick<ExplanationsConfig, 'maskedFeatures' | 'smallestGroup'>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such version or no explanation of it. */
  async get(of: VersionOf, className?: string): Promise<Explanation> {
    const { evidence, summary } = await this.options.documents.get(of);
    const output = outputOf(className, summary.classes);
    const figures = summary.outputs[output];
    const { smallestGroup } = this.options.config;
    const told = rowsTold(summary);
    const tooFew = told !== null && told < smallestGroup;
    return {
      explains: summary.explains,
      perturbation: summary.perturbation,
      background: summary.background,
      class: summary.classes[output] ?? null,
      classes: summary.classes,
      baseValue: figures.baseValue,
      baseValueVaries: figures.baseValueVaries,
      rows: summary.rowCount,
      hasRows: summary.rowCount !== null,
      features: tooFew ? [] : figures.features,
      groups: tooFew ? [] : figures.groups,
      withheld: tooFew
        ? `It explains ${told} rows${
            told === summary.rowCount ? '' : ' that were not erased'
          }; figures of fewer than ${smallestGroup} are withheld, since they would tell of single people.`
        : null,
      smallestGroup,
      additivity: figures.additivity,
      conventions: EXPLANATION_CONVENTIONS,
      warnings: await this.warnings(of, { evidence, summary }),
      digest: evidence.digest,
      producer: evidence.producer,
      producedAt: evidence.producedAt,
    };
  }

  /** @throws `NotFoundError` where there is no explanation with rows. */
  async rows(
    of: VersionOf,
    reader: RowsReader,
    query: { class?: string; limit: number; cursor?: string },
  ): Promise<ExplainedRowPage> {
    const document = await this.options.documents.get(of);
    const { from } =
      query.cursor === undefined
        ? { from: 0 }
        : decodeCursor(query.cursor, cursorSchema);
    const total = document.summary.rowCount ?? 0;
    const rows = await this.options.documents.page(document, query.class, {
      from,
      limit: query.limit,
    });
    const next = from + query.limit;
    return {
      items: rows.map(row => this.toRow(row, document, reader, query.class)),
      totalItems: total,
      nextCursor: next < total ? encodeCursor({ from: next }) : null,
    };
  }

  /** @throws `NotFoundError` where there is no such row. */
  async row(
    of: VersionOf,
    reader: RowsReader,
    query: { rowId: string; class?: string },
  ): Promise<ExplainedRow> {
    const document = await this.options.documents.get(of);
    const found = await this.options.documents.byId(document, query.class, [
      query.rowId,
    ]);
    const row = found.get(query.rowId)?.row;
    if (!row) {
      throw new NotFoundError(
        'The explanation has no such row, or what was kept of it was erased',
      );
    }
    return this.toRow(row, document, reader, query.class);
  }

  /** @throws `NotFoundError` where there is no explanation. */
  async columns(
    of: VersionOf,
    reader: RowsReader,
    query: { class?: string; most: number },
  ): Promise<ExplanationColumns> {
    const document = await this.options.documents.get(of);
    const total = document.summary.rowCount ?? 0;
    const every = Math.max(1, total / query.most);
    const rows: OpenedRow[] = [];
    let place = 0;
    for await (const row of this.options.documents.rows(
      document,
      query.class,
    )) {
      if (row && Math.floor(rows.length * every) <= place) {
        rows.push(row);
      }
      place++;
    }
    return explanationColumns(rows, {
      total,
      features: namesOf(document),
      masked: this.masked(document, reader),
    });
  }

  /** @throws `NotFoundError` where there is no such version. */
  async compare(
    of: Omit<VersionOf, 'version'>,
    query: { versions: string[]; class?: string },
  ): Promise<ComparedExplanations> {
    const found = await Promise.all(
      query.versions.map(async version => {
        const document = await this.options.documents.find({ ...of, version });
        const rows: OpenedRow[] = [];
        if (document) {
          for await (const row of this.options.documents.rows(
            document,
            query.class,
          )) {
            if (row) {
              rows.push(row);
            }
          }
        }
        return { version, document, rows };
      }),
    );
    return compareExplanations(found, {
      className: query.class,
      smallestGroup: this.options.config.smallestGroup,
    });
  }

  /** The importance of each feature across the versions of a model. */
  async trace(
    of: Omit<VersionOf, 'version'>,
    className: string | undefined,
  ): Promise<ExplanationTrace> {
    const { models, documents, config } = this.options;
    await models.get(of.source, of.name, of.visibility);
    return traceExplanations(await documents.ofModel(of), {
      className,
      smallestGroup: config.smallestGroup,
    });
  }

  /** Values of a row by feature, with null in place of those that the reader is not shown. */
  async maskValues(
    of: VersionOf,
    values: Record<string, unknown>,
    reader: RowsReader,
  ): Promise<Record<string, unknown>> {
    const document = await this.options.documents.find(of);
    const known = document?.summary.features ?? [];
    const masked = maskedFeatures(
      [
        ...known,
        ...Object.keys(values).map(name => ({ name, personal: false })),
      ],
      this.patternsFor(reader),
    );
    return Object.fromEntries(
      Object.entries(values).map(([feature, value]) => [
        feature,
        masked.has(feature) ? null : value,
      ]),
    );
  }

  /** Contributions by feature or group, with one sum of those that are masked, or have masked parts. */
  async maskContributions(
    of: VersionOf,
    contributions: Record<string, number>,
  ): Promise<Record<string, number>> {
    const document = await this.options.documents.find(of);
    const known = document?.summary.features ?? [];
    const masked = maskedFeatures(
      [
        ...known,
        ...Object.keys(contributions).map(name => ({ name, personal: false })),
      ],
      this.options.config.maskedFeatures,
    );
    for (const { name, group } of known) {
      if (group !== null && masked.has(name)) {
        masked.add(group);
      }
    }
    return Object.fromEntries(
      joinMasked(Object.entries(contributions), masked),
    );
  }

  private toRow(
    row: OpenedRow | null,
    document: ExplanationDocument,
    reader: RowsReader,
    className: string | undefined,
  ): ExplainedRow {
    const { classes } = document.summary;
    return toExplainedRow(row, {
      features: namesOf(document),
      masked: this.masked(document, reader),
      className: classes[outputOf(className, classes)] ?? null,
    });
  }

  private masked({ summary }: ExplanationDocument, reader: RowsReader): Masked {
    const { features } = summary;
    return {
      values: maskedFeatures(features, this.patternsFor(reader)),
      contributions: maskedFeatures(
        features,
        this.options.config.maskedFeatures,
      ),
    };
  }

  private patternsFor({ sees }: RowsReader): readonly string[] {
    return sees === 'values' ? this.options.config.maskedFeatures : ['*'];
  }

  private async warnings(
    of: VersionOf,
    { summary }: Omit<ExplanationDocument, 'id'>,
  ): Promise<string[]> {
    const warnings: string[] = [];
    const { signature } = await this.options.models.getVersion(
      of.source,
      of.name,
      of.version,
      of.visibility,
    );
    const inputs = signature?.inputs.flatMap(({ name }) => name ?? []) ?? [];
    if (inputs.length > 0) {
      const features = summary.features.map(({ name }) => name);
      const strange = features.filter(name => !inputs.includes(name));
      const silent = inputs.filter(name => !features.includes(name));
      if (strange.length > 0) {
        warnings.push(
          `The version's signature does not know: ${listOf(strange)}.`,
        );
      }
      if (silent.length > 0) {
        warnings.push(`Inputs that are not explained: ${listOf(silent)}.`);
      }
    }
    if (summary.explains.link === 'unknown') {
      warnings.push(
        'The file does not say what makes the score of the explained output; nothing is shown in probability.',
      );
    }
    if (summary.perturbation === null) {
      warnings.push('The file does not say by which perturbation it was made.');
    }
    return warnings;
  }
}

function namesOf({ summary }: ExplanationDocument): string[] {
  return summary.features.map(({ name }) => name);
}

function listOf(names: string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
