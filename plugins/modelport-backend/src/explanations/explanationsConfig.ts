import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';

const PATH = 'modelport.explanations';

/** Settings of explanations. */
export interface ExplanationsConfig {
  /** Patterns of features whose values are masked. */
  maskedFeatures: string[];
  /** Figures of fewer rows are withheld. */
  smallestGroup: number;
  keepDecisions: HumanDuration;
  /** How long rows of explanations can be read after they came. */
  keepRows: HumanDuration;
  computeTimeout: HumanDuration;
}

/**
 * Reads `modelport.explanations`.
 *
 * @throws `InputError` with the path of a wrong value and what was expected there.
 */
export function readExplanationsConfig(config: Config): ExplanationsConfig {
  const smallestGroup = config.getOptionalNumber(`${PATH}.smallestGroup`) ?? 10;
  if (!Number.isInteger(smallestGroup) || smallestGroup < 1) {
    throw new InputError(
      `Invalid config at ${PATH}.smallestGroup: expected a whole number from 1, got ${smallestGroup}`,
    );
  }
  return {
    maskedFeatures:
      config.getOptionalStringArray(`${PATH}.maskedFeatures`) ?? [],
    smallestGroup,
    keepDecisions: durationOf(config, 'keepDecisions', { months: 25 }),
    keepRows: durationOf(config, 'keepRows', { months: 25 }),
    computeTimeout: durationOf(config, 'computeTimeout', { seconds: 20 }),
  };
}

function durationOf(
  config: Config,
  key: string,
  fallback: HumanDuration,
): HumanDuration {
  return config.has(`${PATH}.${key}`)
    ? readDurationFromConfig(config, { key: `${PATH}.${key}` })
    : fallback;
}
