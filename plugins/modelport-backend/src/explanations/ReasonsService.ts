import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import {
  lintReasonCodes,
  ReasonCodeDictionary,
  ReasonRecord,
  Reasons,
  ReasonsPreview,
  ReasonsPreviewRequest,
  ReasonsRequest,
  ReproducedReasons,
  ReproduceRequest,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { AuditLog } from '../audit/AuditLog';
import { SealedRows } from '../evidence/SealedRows';
import { SubjectKeys } from '../evidence/SubjectKeys';
import { DecisionReasons } from './DecisionReasons';
import { ExplanationDocuments } from './ExplanationDocuments';
import { ExplanationsConfig } from './explanationsConfig';
import { ReasonCase } from './ReasonCases';
import { ReasonDictionaries } from './ReasonDictionaries';
import { ReasonFindings } from './ReasonFindings';
import { inputOf, ReasonReplay } from './ReasonReplay';
import { ReasonRecordsStore, StoredRecord } from './ReasonRecordsStore';
import { VersionOf } from './TreeModels';

/** Gives what is kept of a decision without what somebody is not shown. */
export interface MaskKept {
  values(values: Record<string, unknown>): Promise<Record<string, unknown>>;
  contributions(
    contributions: Record<string, number>,
  ): Promise<Record<string, number>>;
}

/** Principal reasons of decisions, by a version's dictionary, and the records of them. */
export class ReasonsService {
  constructor(
    private readonly options: {
      knex: Knex;
      audit: Pick<AuditLog, 'append'>;
      decisions: DecisionReasons;
      dictionaries: ReasonDictionaries;
      documents: ExplanationDocuments;
      findings: ReasonFindings;
      keys: SubjectKeys;
      records: ReasonRecordsStore;
      replay: ReasonReplay;
      rows: SealedRows;
      config: Pick<ExplanationsConfig, 'keepDecisions'>;
    },
  ) {}

  /** @throws `NotFoundError` where the version has no dictionary. */
  async dictionary(of: VersionOf): Promise<ReasonCodeDictionary> {
    const found = await this.options.dictionaries.find(of);
    const explanation = await this.options.documents.find(of);
    return {
      ...found,
      version: found.dictionary.version,
      problems: lintReasonCodes(
        found.dictionary,
        explanation?.summary.features.map(({ name }) => name) ?? null,
      ),
      withheld: await this.options.records.withheld(of),
      finding: await this.options.findings.of(of),
    };
  }

  /**
   * Gives the reasons and records them, in the audit chain too.
   *
   * @returns also how many decisions had a prohibited factor among their reasons.
   * @throws `NotFoundError` where there is no dictionary or no such row; `InputError` where what is asked doesn't fit.
   */
  async give(
    of: VersionOf,
    request: ReasonsRequest,
    by: string,
  ): Promise<{ answer: Reasons; prohibited: number }> {
    const found = await this.options.dictionaries.find(of);
    const decided = await this.options.decisions.of(of, found, request);
    const { method, explanationDigest, modelDigest, settings } = decided;
    const at = DateTime.utc();
    const pinned = {
      method,
      dictionaryVersion: found.dictionary.version,
      dictionaryDigest: found.digest,
      explanationDigest,
      modelDigest,
    };
    const given = decided.rows.map(({ of: _case, outcome, ...reasoned }) => ({
      ...pinned,
      at: at.toISO(),
      by,
      keptUntil: at.plus(this.options.config.keepDecisions).toISO(),
      recordId: randomUUID(),
      request: {
        ...settings,
        class: request.class ?? null,
        cutoff: settings.cutoff ?? null,
        jurisdiction: request.jurisdiction ?? null,
        // They rest on rows that may be erased later.
        directions: Object.fromEntries(settings.directions),
        outcome: outcome ?? null,
      },
      ...reasoned,
    }));
    await this.record(of, {
      cases: decided.rows.map(one => one.of),
      given,
      keepValues: request.keepValues ?? false,
    });
    return {
      answer: {
        ...pinned,
        rows: given.map(({ recordId, withheld, reasons }) => ({
          recordId,
          withheld,
          reasons,
        })),
      },
      prohibited: given.filter(({ prohibited }) => prohibited !== null).length,
    };
  }

  /**
   * The reasons that values would have: no decision, and nothing is recorded of it. They stand against the dictionary's own
   * cutoff, since a baseline around any other one would tell of single rows, one question at a time.
   *
   * @throws `NotFoundError` where there is no dictionary or no model; `InputError` where what is asked doesn't fit.
   */
  async preview(
    of: VersionOf,
    request: ReasonsPreviewRequest,
  ): Promise<ReasonsPreview> {
    const found = await this.options.dictionaries.find(of);
    const { method, explanationDigest, modelDigest, rows } =
      await this.options.decisions.of(of, found, {
        ...request,
        cutoff: found.dictionary.cutoff ?? undefined,
      });
    return {
      use: 'preview',
      method,
      dictionaryVersion: found.dictionary.version,
      dictionaryDigest: found.digest,
      explanationDigest,
      modelDigest,
      rows: rows.map(({ withheld, reasons }) => ({ withheld, reasons })),
    };
  }

  /**
   * @param mask - Takes out what the reader is not shown.
   * @throws `NotFoundError` where there is no such record, or it is kept no longer.
   */
  async get(
    of: VersionOf,
    recordId: string,
    mask: MaskKept,
  ): Promise<ReasonRecord> {
    const { input, ...record } = await this.stored(of, recordId);
    const kept = await this.options.replay.kept(input);
    return {
      ...record,
      values: kept?.values ? await mask.values(kept.values) : null,
      contributions: kept ? await mask.contributions(kept.contributions) : null,
      input: {
        type: input.type,
        kept: keptOf(input, kept !== null),
      },
    };
  }

  /** Runs a recorded decision again. */
  async reproduce(
    of: VersionOf,
    recordId: string,
    request: ReproduceRequest,
  ): Promise<ReproducedReasons> {
    return this.options.replay.run(
      of,
      await this.stored(of, recordId),
      request,
    );
  }

  private async stored(of: VersionOf, id: string): Promise<StoredRecord> {
    const record = await this.options.records.get(of, id);
    if (!record) {
      throw new NotFoundError(
        `There is no record ${id} of version ${of.version}, or it is kept no longer`,
      );
    }
    return record;
  }

  private async record(
    of: VersionOf,
    options: {
      cases: ReasonCase[];
      given: Array<Omit<StoredRecord, 'input'> & { prohibited: string | null }>;
      keepValues: boolean;
    },
  ): Promise<void> {
    const { audit, findings, keys, knex, records, rows } = this.options;
    const { source, name, version } = of;
    const { cases, given, keepValues } = options;
    const [{ by, at }] = given;
    const digests = await Promise.all(
      cases.map(one => keys.fingerprint(inputOf(one))),
    );
    await knex.transaction(async trx => {
      const toKeep: StoredRecord[] = [];
      for (const [
        place,
        { prohibited: _factor, ...record },
      ] of given.entries()) {
        const { input, subject, contributions } = cases[place];
        toKeep.push({
          ...record,
          input: {
            type: input.type,
            position: input.type === 'row' ? input.position : null,
            digest: digests[place],
            sealed:
              keepValues && subject
                ? await rows.sealOne(trx, subject, {
                    values: input.type === 'values' ? input.values : null,
                    contributions,
                  })
                : null,
          },
        });
      }
      await records.add(trx, of, toKeep);
      await audit.append(trx, [
        {
          source,
          name,
          version,
          actor: by,
          action: 'reasons.given',
          detail: { records: given.map(({ recordId }) => recordId) },
        },
      ]);
      const features = given.flatMap(({ prohibited }) => prohibited ?? []);
      if (features.length > 0) {
        await findings.raise(
          trx,
          { source, name, version },
          {
            decisions: features.length,
            features: [...new Set(features)],
            by,
            at,
          },
        );
      }
    });
  }
}

function keptOf(
  input: StoredRecord['input'],
  opened: boolean,
): ReasonRecord['input']['kept'] {
  if (input.sealed) {
    return opened ? 'yes' : 'erased';
  }
  return input.type === 'row' ? 'yes' : 'no';
}
