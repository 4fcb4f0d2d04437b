import { randomUUID } from 'node:crypto';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  lintReasonCodes,
  principalReasons,
  ReasonCodeDictionary,
  ReasonCodes,
  reasonCodesBody,
  ReasonRecord,
  Reasons,
  ReasonsRequest,
} from '@modelport/plugin-modelport-common';
import { DateTime } from 'luxon';
import { EvidenceService } from '../evidence/EvidenceService';
import { ComputeService } from './ComputeService';
import {
  ExplanationDocument,
  ExplanationDocuments,
} from './ExplanationDocuments';
import { ExplanationsConfig } from './explanationsConfig';
import { reasonBaseline } from './reasonBaseline';
import { ReasonRecordsStore } from './ReasonRecordsStore';
import { VersionOf } from './TreeModels';

const DEFAULT_TOP = 4;
const DEFAULT_LANGUAGE = 'en';

/** A dictionary with the document that it stands in. */
interface FoundDictionary {
  digest: string;
  dictionary: ReasonCodes;
}

/** What is to be given reasons for. */
interface Cases {
  rows: Array<{ contributions: Record<string, number>; output: number | null }>;
  how: string;
  modelDigest: string | null;
}

/** Principal reasons of decisions, by a version's dictionary. */
export class ReasonsService {
  constructor(
    private readonly options: {
      documents: ExplanationDocuments;
      evidence: Pick<EvidenceService, 'documentsOf'>;
      compute: ComputeService;
      records: ReasonRecordsStore;
      config: Pick<ExplanationsConfig, 'smallestGroup' | 'keepDecisions'>;
    },
  ) {}

  /** @throws `NotFoundError` where the version has no dictionary. */
  async dictionary(of: VersionOf): Promise<ReasonCodeDictionary> {
    const { digest, dictionary } = await this.find(of);
    const explanation = await this.options.documents.find(of);
    return {
      digest,
      version: dictionary.version,
      dictionary,
      problems: lintReasonCodes(
        dictionary,
        explanation?.summary.features.map(({ name }) => name) ?? null,
      ),
      withheld: await this.options.records.withheld(of),
    };
  }

  /**
   * Gives the reasons and records them.
   *
   * @returns also how many decisions had a prohibited factor among their reasons.
   * @throws `NotFoundError` where there is no dictionary or no such row; `InputError` where what is asked doesn't fit.
   */
  async give(
    of: VersionOf,
    request: ReasonsRequest,
    by: string,
  ): Promise<{ answer: Reasons; withheld: number }> {
    const { digest, dictionary } = await this.find(of);
    const explanation = await this.options.documents.find(of);
    const cases = await this.cases(of, request, explanation);
    const cutoff = request.cutoff ?? dictionary.cutoff ?? undefined;
    const top = request.top ?? DEFAULT_TOP;
    const language = request.language ?? DEFAULT_LANGUAGE;
    if (!dictionary.codes.some(({ consumer }) => language in consumer)) {
      throw new InputError(
        `The dictionary has no wording in the language "${language}"`,
      );
    }
    const baseline = await this.baseline(dictionary, explanation, {
      className: request.class,
      cutoff,
    });
    const summary = explanation?.summary;
    const directions = new Map(
      (summary?.outputs[0]?.features ?? []).map(one => [
        one.name,
        one.direction,
      ]),
    );
    const method = `${cases.how}; against the baseline "${
      dictionary.baseline
    }"${
      cutoff === undefined ? '' : `, cutoff ${cutoff}`
    }; only adverse contributions, at most ${top}.`;
    const at = DateTime.utc();
    const shared = {
      at: at.toISO(),
      by,
      keptUntil: at.plus(this.options.config.keepDecisions).toISO(),
      method,
      dictionaryVersion: dictionary.version,
      dictionaryDigest: digest,
      explanationDigest: explanation?.evidence.digest ?? null,
      modelDigest: cases.modelDigest,
      request: {
        top,
        language,
        class: request.class ?? null,
        cutoff: cutoff ?? null,
        jurisdiction: request.jurisdiction ?? null,
        baseline,
      },
    };
    const records = cases.rows.map(
      ({ contributions, output }): ReasonRecord => {
        const outcome =
          request.outcome ?? outcomeOf(output, request, dictionary);
        return {
          ...shared,
          recordId: randomUUID(),
          request: { ...shared.request, outcome: outcome ?? null },
          contributions: request.keepValues ? contributions : null,
          ...principalReasons({
            dictionary,
            contributions,
            baseline,
            directions,
            top,
            language,
            outcome,
          }),
        };
      },
    );
    await this.options.records.add(of, records);
    return {
      answer: {
        method,
        dictionaryVersion: dictionary.version,
        dictionaryDigest: digest,
        explanationDigest: shared.explanationDigest,
        modelDigest: shared.modelDigest,
        rows: records.map(({ recordId, withheld, reasons }) => ({
          recordId,
          withheld,
          reasons,
        })),
      },
      withheld: records.filter(({ withheld }) =>
        withheld?.startsWith('A prohibited factor'),
      ).length,
    };
  }

  /** @throws `NotFoundError` where there is no such record, or it is kept no longer. */
  async record(of: VersionOf, recordId: string): Promise<ReasonRecord> {
    const record = await this.options.records.get(of, recordId);
    if (!record) {
      throw new NotFoundError(
        `There is no record ${recordId} of version ${of.version}, or it is kept no longer`,
      );
    }
    return record;
  }

  /** Deletes records that are kept no longer. */
  async forgetOld(): Promise<void> {
    await this.options.records.deleteOld(new Date().toISOString());
  }

  private async find(of: VersionOf): Promise<FoundDictionary> {
    const documents = await this.options.evidence.documentsOf(of, {
      kind: 'reason-codes',
      limit: 1,
    });
    for (const { evidence, body } of documents) {
      const dictionary = reasonCodesBody.safeParse(body);
      if (dictionary.success) {
        return { digest: evidence.digest, dictionary: dictionary.data };
      }
    }
    throw new NotFoundError(
      `Version ${of.version} of ${of.name} has no reason-codes.yaml that could be read`,
    );
  }

  private async cases(
    of: VersionOf,
    request: ReasonsRequest,
    explanation: ExplanationDocument | undefined,
  ): Promise<Cases> {
    const { rows, rowIds, contributions } = request;
    const given = [rows, rowIds, contributions].filter(
      list => list !== undefined,
    );
    if (given.length !== 1 || given[0]?.length === 0) {
      throw new InputError(
        'Expected one of rows, rowIds and contributions, with at least one entry',
      );
    }
    if (contributions) {
      return {
        rows: contributions.map(one => ({ contributions: one, output: null })),
        how: 'Contributions as the caller gave them',
        modelDigest: null,
      };
    }
    if (rows) {
      const computed = await this.options.compute.compute(of, {
        rows,
        class: request.class,
      });
      return {
        rows: computed.rows,
        how: `TreeSHAP, ${computed.perturbation}, of ${computed.model.format} in the margin`,
        modelDigest: computed.model.digest,
      };
    }
    if (!explanation) {
      throw new NotFoundError(
        `There is no explanation of version ${of.version} of ${of.name}, and so no row of that id`,
      );
    }
    const found = await this.options.documents.byId(
      explanation,
      request.class,
      rowIds ?? [],
    );
    const names = explanation.summary.features.map(({ name }) => name);
    return {
      rows: (rowIds ?? []).map((id, place) => {
        const row = found.get(id);
        if (!row) {
          throw new NotFoundError(
            `rowIds.${place}: the explanation has no such row, or what was kept of it was erased`,
          );
        }
        return {
          output: row.output,
          contributions: Object.fromEntries(
            names.map((name, i) => [name, row.contributions[i]]),
          ),
        };
      }),
      how: `The explanation ${explanation.evidence.digest.slice(0, 12)}${
        explanation.summary.perturbation
          ? `, ${explanation.summary.perturbation}`
          : ''
      }`,
      modelDigest: null,
    };
  }

  private async baseline(
    dictionary: ReasonCodes,
    explanation: ExplanationDocument | undefined,
    options: { className: string | undefined; cutoff: number | undefined },
  ): Promise<Record<string, number>> {
    if (dictionary.baseline === 'base value') {
      return {};
    }
    if (!explanation?.summary.rowCount) {
      throw new InputError(
        `The dictionary's baseline "${dictionary.baseline}" needs explained rows of this version, and there are none`,
      );
    }
    return reasonBaseline(dictionary, {
      rows: this.options.documents.rows(explanation, options.className),
      features: explanation.summary.features.map(({ name }) => name),
      cutoff: options.cutoff,
      smallestGroup: this.options.config.smallestGroup,
    });
  }
}

/** By the cutoff of the request, where it gives one; otherwise whoever asks says that the decision was adverse. */
function outcomeOf(
  output: number | null,
  request: ReasonsRequest,
  dictionary: ReasonCodes,
): string | undefined {
  if (request.cutoff === undefined || output === null) {
    return undefined;
  }
  const isAdverse =
    dictionary.adverse === 'increase'
      ? output >= request.cutoff
      : output <= request.cutoff;
  return isAdverse ? 'declined' : 'approved';
}
