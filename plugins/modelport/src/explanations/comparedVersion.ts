import { ExplanationTrace, Model } from '@modelport/plugin-modelport-common';

/** Chosen in place of a version where nothing is to be compared. */
export const NO_VERSION = 'none';

/**
 * The version that an explanation is held against: the chosen one; or else the one in production; or, where that is the
 * shown one or has no explanation, the explained one before it.
 */
export function comparedVersion(options: {
  chosen: string | undefined;
  version: string;
  environments: Model['environments'];
  /** In the order in which they came about; nothing is known of them while they are loading. */
  explained: ExplanationTrace['versions'] | undefined;
}): string | undefined {
  const { chosen, version, environments, explained = [] } = options;
  if (chosen !== undefined) {
    return chosen === NO_VERSION || chosen === version ? undefined : chosen;
  }
  const names = explained.map(one => one.version);
  const production = environments.find(
    ({ environment }) => environment === 'production',
  )?.version;
  if (production && production !== version && names.includes(production)) {
    return production;
  }
  return names[names.indexOf(version) - 1];
}
