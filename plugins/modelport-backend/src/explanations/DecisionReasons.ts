import { InputError } from '@backstage/errors';
import {
  principalReasons,
  ReasonCodes,
  ReasonsRequest,
  withParents,
} from '@modelport/plugin-modelport-common';
import {
  ExplanationDocument,
  ExplanationDocuments,
} from './ExplanationDocuments';
import { ExplanationsConfig } from './explanationsConfig';
import { reasonBaseline } from './reasonBaseline';
import { ReasonCase, ReasonCaseReader } from './ReasonCases';
import { FoundDictionary } from './ReasonDictionaries';
import { reasonOutcome } from './reasonOutcome';
import { directionsOf } from './ReasonReplay';
import { VersionOf } from './TreeModels';

const DEFAULT_TOP = 4;
const DEFAULT_LANGUAGE = 'en';

/** What decisions were made from, and what comes out of each. */
export interface ReasonedDecisions {
  method: string;
  explanationDigest: string | null;
  modelDigest: string | null;
  settings: {
    top: number;
    language: string;
    cutoff: number | undefined;
    baseline: Record<string, number>;
    directions: ReturnType<typeof directionsOf>;
  };
  rows: Array<
    ReturnType<typeof principalReasons> & {
      of: ReasonCase;
      outcome: string | undefined;
    }
  >;
}

/** Principal reasons of decisions, by a version's dictionary. Keeps nothing. */
export class DecisionReasons {
  constructor(
    private readonly options: {
      cases: ReasonCaseReader;
      documents: ExplanationDocuments;
      config: Pick<ExplanationsConfig, 'smallestGroup'>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such row; `InputError` where what is asked doesn't fit. */
  async of(
    version: VersionOf,
    found: FoundDictionary,
    request: ReasonsRequest,
  ): Promise<ReasonedDecisions> {
    const explanation = await this.options.documents.find(version);
    const dictionary = withParents(
      found.dictionary,
      explanation?.summary.features ?? [],
    );
    const cases = await this.options.cases.read(version, request, {
      explanation,
      dictionary,
    });
    const cutoff = request.cutoff ?? dictionary.cutoff ?? undefined;
    const top = request.top ?? DEFAULT_TOP;
    const language = request.language ?? DEFAULT_LANGUAGE;
    if (
      !dictionary.codes.some(({ consumer }) =>
        Object.hasOwn(consumer, language),
      )
    ) {
      throw new InputError(
        `The dictionary has no wording in the language "${language}"`,
      );
    }
    const baseline = await this.baseline(dictionary, explanation, {
      className: request.class,
      cutoff,
    });
    const directions = directionsOf(explanation, request.class);
    return {
      method: `${cases.how}; against the baseline "${dictionary.baseline}"${
        cutoff === undefined ? '' : `, cutoff ${cutoff}`
      }; only adverse contributions, at most ${top}.`,
      explanationDigest: explanation?.evidence.digest ?? null,
      modelDigest: cases.modelDigest,
      settings: { top, language, cutoff, baseline, directions },
      rows: cases.rows.map(one => {
        const outcome = reasonOutcome(one.output, request, dictionary);
        const { contributions } = one;
        return {
          of: one,
          outcome,
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
      }),
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
