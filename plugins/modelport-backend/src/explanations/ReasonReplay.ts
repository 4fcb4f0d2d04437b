import { InputError } from '@backstage/errors';
import {
  ExplainedImportance,
  principalReasons,
  ReproducedReasons,
  ReproduceRequest,
  withParents,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { SealedRows } from '../evidence/SealedRows';
import { SubjectKeys } from '../evidence/SubjectKeys';
import { ComputeService, outputOf } from './ComputeService';
import {
  ExplanationDocument,
  ExplanationDocuments,
} from './ExplanationDocuments';
import { contributionsOf, ReasonCase } from './ReasonCases';
import { ReasonDictionaries } from './ReasonDictionaries';
import { StoredRecord } from './ReasonRecordsStore';
import { VersionOf } from './TreeModels';

const keptInput = z.object({
  values: z.record(z.string(), z.unknown()).nullable(),
  contributions: z.record(z.string(), z.number()),
});

const keptRequest = z.object({
  top: z.number(),
  language: z.string(),
  class: z.string().nullable(),
  outcome: z.string().nullable(),
  baseline: z.record(z.string(), z.number()),
  /** Records of before have none. */
  directions: z
    .record(
      z.string(),
      z.enum(['increasing', 'decreasing', 'not monotone']).nullable(),
    )
    .optional(),
});

type Pin = ReproducedReasons['pins'][number];

/** What a decision was made from, as the record keeps it; null where it doesn't, or the person was erased. */
type KeptInput = z.output<typeof keptInput> | null;

/** Why a decision can't be run again. */
class NotReproducible extends Error {}

/** Runs recorded decisions again, from what they were made with. */
export class ReasonReplay {
  constructor(
    private readonly options: {
      compute: ComputeService;
      dictionaries: ReasonDictionaries;
      documents: ExplanationDocuments;
      keys: SubjectKeys;
      rows: SealedRows;
    },
  ) {}

  async kept({ sealed }: StoredRecord['input']): Promise<KeptInput> {
    const content = sealed && (await this.options.rows.openOne(sealed));
    return content ? keptInput.parse(content) : null;
  }

  /** @throws `InputError` where more is given than one of values and contributions. */
  async run(
    of: VersionOf,
    record: StoredRecord,
    given: ReproduceRequest,
  ): Promise<ReproducedReasons> {
    if (given.values && given.contributions) {
      throw new InputError('Expected values or contributions, and not both');
    }
    const { recordId, withheld, reasons } = record;
    const recorded = { withheld, reasons };
    const pins: Pin[] = [];
    try {
      const reproduced = await this.again(of, { record, given, pins });
      const same = JSON.stringify(reproduced) === JSON.stringify(recorded);
      return {
        recordId,
        same,
        message: messageOf(same, pins),
        pins,
        recorded,
        reproduced,
      };
    } catch (error) {
      if (error instanceof NotReproducible) {
        return {
          recordId,
          same: null,
          message: error.message,
          pins,
          recorded,
          reproduced: null,
        };
      }
      throw error;
    }
  }

  private async again(
    of: VersionOf,
    options: { record: StoredRecord; given: ReproduceRequest; pins: Pin[] },
  ): Promise<ReproducedReasons['recorded']> {
    const { record, pins } = options;
    const { dictionaries, documents, compute } = this.options;
    const request = keptRequest.parse(record.request);
    const found = await dictionaries.byDigest(of, record.dictionaryDigest);
    pins.push(
      pinOf('dictionary', record.dictionaryDigest, found?.digest ?? null),
    );
    const { explanationDigest } = record;
    const explanation =
      explanationDigest === null
        ? undefined
        : await documents.byDigest(of, explanationDigest);
    pins.push(
      pinOf('explanation', explanationDigest, explanation?.evidence.digest),
    );
    pins.push(pinOf('model', record.modelDigest, await compute.digest(of)));
    if (!found) {
      throw new NotReproducible(
        'The dictionary that it was made with is no longer there.',
      );
    }
    if (explanationDigest !== null && !explanation) {
      throw new NotReproducible(
        'The explanation that it was made with is no longer there.',
      );
    }
    const { contributions, input } = await this.input(of, {
      ...options,
      explanation,
      className: request.class ?? undefined,
    });
    const digest = await this.options.keys.fingerprint(
      inputOf({ contributions, input }),
    );
    pins.push(pinOf('input', record.input.digest, digest));
    if (digest !== record.input.digest) {
      throw new NotReproducible(
        'What was given is not what the decision was made from.',
      );
    }
    const { withheld, reasons } = principalReasons({
      dictionary: withParents(
        found.dictionary,
        explanation?.summary.features ?? [],
      ),
      contributions,
      baseline: request.baseline,
      directions: request.directions
        ? new Map(Object.entries(request.directions))
        : directionsOf(explanation, request.class ?? undefined),
      top: request.top,
      language: request.language,
      outcome: request.outcome ?? undefined,
    });
    return { withheld, reasons };
  }

  private async input(
    of: VersionOf,
    options: {
      record: StoredRecord;
      given: ReproduceRequest;
      pins: Pin[];
      explanation: ExplanationDocument | undefined;
      className: string | undefined;
    },
  ): Promise<Pick<ReasonCase, 'contributions' | 'input'>> {
    const { record, given, explanation, className } = options;
    const { type, position } = record.input;
    const kept = await this.kept(record.input);
    if (type === 'row') {
      const [row] =
        explanation && position !== null
          ? await this.options.documents.page(explanation, className, {
              from: position,
              limit: 1,
            })
          : [];
      if (!explanation || !row || position === null) {
        throw new NotReproducible(
          'What was kept of the row was erased, so that the decision can’t be run again.',
        );
      }
      return {
        contributions: contributionsOf(explanation, row),
        input: { type, position },
      };
    }
    if (type === 'contributions') {
      const contributions = given.contributions ?? kept?.contributions;
      if (!contributions) {
        throw new NotReproducible(notKept(record, type));
      }
      return { contributions, input: { type } };
    }
    const values = given.values ?? kept?.values;
    if (!values) {
      throw new NotReproducible(notKept(record, type));
    }
    if (options.pins.some(({ what, ok }) => what === 'model' && !ok)) {
      throw new NotReproducible(
        'The version’s model file is not the one that the decision was made with, or can’t be read now.',
      );
    }
    const computed = await this.options.compute.compute(of, {
      rows: [values],
      class: className,
    });
    return {
      contributions: computed.rows[0].contributions,
      input: { type, values },
    };
  }
}

/** Which way each feature moves the output that is asked about. */
export function directionsOf(
  explanation: ExplanationDocument | undefined,
  className: string | undefined,
): Map<string, ExplainedImportance['direction']> {
  const summary = explanation?.summary;
  const output =
    summary && summary.outputs[outputOf(className, summary.classes)];
  return new Map(
    (output?.features ?? []).map(one => [one.name, one.direction]),
  );
}

/** What a digest of the input is made of. */
export function inputOf({
  input,
  contributions,
}: Pick<ReasonCase, 'contributions' | 'input'>): unknown {
  return input.type === 'values' ? input.values : contributions;
}

function pinOf(
  what: Pin['what'],
  recorded: string | null,
  found: string | null | undefined,
): Pin {
  const there = found ?? null;
  return {
    what,
    recorded,
    found: there,
    // What was not part of it need not be there.
    ok: recorded === null || recorded === there,
  };
}

function notKept({ input }: StoredRecord, type: 'values' | 'contributions') {
  return input.sealed
    ? `The person was erased, and what the decision was made from with them; whoever holds the ${type} can give them.`
    : `The record does not keep the ${type}; give those that the decision was made from.`;
}

function messageOf(same: boolean, pins: Pin[]): string {
  const other = pins.filter(({ ok }) => !ok).map(({ what }) => what);
  return [
    same
      ? 'It comes out the same.'
      : 'It does not come out the same: the reasons differ.',
    other.length > 0
      ? `Another than then, or no longer there: ${other.join(', ')}.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}
