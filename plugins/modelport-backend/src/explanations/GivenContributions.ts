import { InputError } from '@backstage/errors';
import {
  ReasonCodes,
  ReasonsRequest,
} from '@modelport/plugin-modelport-common';
import { ModelsService } from '../models/ModelsService';
import { outputOf } from './ComputeService';
import { ExplanationDocument } from './ExplanationDocuments';
import {
  ExpectedFeatures,
  refuseIncomplete,
  refuseUnadditive,
} from './refuseIncomplete';
import { VersionOf } from './TreeModels';

/** Contributions that a caller computed, held against what the portal knows of the version. */
export class GivenContributions {
  constructor(
    private readonly options: { models: Pick<ModelsService, 'getVersion'> },
  ) {}

  /**
   * Checks contributions that a caller gives, as far as the version tells what they have to be.
   *
   * @returns how far they are known to be whole, in words.
   * @throws `InputError` where they are not.
   */
  async check(
    of: VersionOf,
    request: ReasonsRequest,
    options: {
      explanation: ExplanationDocument | undefined;
      dictionary: ReasonCodes;
    },
  ): Promise<string> {
    const { contributions = [], outputs } = request;
    refuseInfinite(request);
    const expected = await this.expected(of, options);
    if (expected) {
      refuseIncomplete(contributions, expected);
    }
    if (outputs) {
      if (outputs.length !== contributions.length) {
        throw new InputError(
          `outputs: expected ${contributions.length}, one for each decision, but there are ${outputs.length}`,
        );
      }
      const baseValue =
        request.baseValue ?? baseValueOf(options.explanation, request.class);
      if (baseValue === null) {
        throw new InputError(
          'baseValue: needed to hold contributions against their outputs, since no explanation of the version says one',
        );
      }
      refuseUnadditive(
        'contributions',
        contributions.map((one, place) => ({
          baseValue,
          output: outputs[place],
          contributions: one,
        })),
      );
    }
    return `Contributions as the caller gave them, ${
      expected
        ? `of every feature of ${expected.from}`
        : 'not known to be all, since the version has neither explanation nor signature'
    }, ${
      outputs
        ? 'adding up to the outputs given'
        : 'not held against an output, since none was given'
    }`;
  }

  /** What an explanation of the version explains; what its signature names where there is none. */
  private async expected(
    of: VersionOf,
    options: {
      explanation: ExplanationDocument | undefined;
      dictionary: ReasonCodes;
    },
  ): Promise<ExpectedFeatures | null> {
    const { dictionary, explanation } = options;
    const groups = new Map(Object.entries(dictionary.groups ?? {}));
    if (explanation) {
      const { features } = explanation.summary;
      for (const { group } of features) {
        if (group !== null && !groups.has(group)) {
          const parts = features.filter(one => one.group === group);
          groups.set(
            group,
            parts.map(({ name }) => name),
          );
        }
      }
      return {
        from: `the explanation ${explanation.evidence.digest.slice(0, 12)}`,
        names: features.map(({ name }) => name),
        groups: Object.fromEntries(groups),
      };
    }
    const { signature } = await this.options.models.getVersion(
      of.source,
      of.name,
      of.version,
      of.visibility,
    );
    const names = signature?.inputs.flatMap(({ name }) => name ?? []) ?? [];
    return names.length > 0
      ? {
          from: `version ${of.version}'s signature`,
          names,
          groups: Object.fromEntries(groups),
        }
      : null;
  }
}

/** Of a class, where it is the same for every row. */
function baseValueOf(
  explanation: ExplanationDocument | undefined,
  className: string | undefined,
): number | null {
  if (!explanation) {
    return null;
  }
  const { outputs, classes } = explanation.summary;
  const { baseValue, baseValueVaries } = outputs[outputOf(className, classes)];
  return baseValueVaries ? null : baseValue;
}

/** JSON knows no infinity, but numbers that are read as one. */
function refuseInfinite({
  contributions = [],
  outputs = [],
  baseValue = 0,
}: ReasonsRequest): void {
  if (![baseValue, ...outputs].every(Number.isFinite)) {
    throw new InputError(
      'outputs, baseValue: one of them is no finite number. Nothing was recorded.',
    );
  }
  for (const [place, one] of contributions.entries()) {
    const found = Object.entries(one).find(
      ([, value]) => !Number.isFinite(value),
    );
    if (found) {
      throw new InputError(
        `contributions.${place}: that of "${found[0].slice(
          0,
          100,
        )}" is no finite number. Nothing was recorded.`,
      );
    }
  }
}
