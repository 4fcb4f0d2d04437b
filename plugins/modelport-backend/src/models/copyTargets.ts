import { CopyConfig, EnvironmentConfig } from '../config';
import { matchesPattern } from '../matchesPattern';

/** A model that holds the copies of another one's versions. */
export interface CopyTarget {
  source: string;
  name: string;
}

const PLACE = '{name}';

/**
 * Where an environment keeps copies of a model's versions; undefined where it keeps none of this model, or the model is
 * itself one that holds them.
 */
export function copyTargetOf(
  environment: Pick<EnvironmentConfig, 'copy'>,
  model: { source: string; name: string },
): CopyTarget | undefined {
  const { copy } = environment;
  if (
    !copy ||
    holdsCopies(copy, model) ||
    !(copy.from ?? ['*']).some(pattern => matchesPattern(pattern, model.source))
  ) {
    return undefined;
  }
  return {
    source: copy.source ?? model.source,
    name: copy.name.replace(PLACE, () => model.name),
  };
}

/** Whether a model is one that copies go to. */
export function holdsCopies(
  copy: CopyConfig,
  model: { source: string; name: string },
): boolean {
  const [before, after] = copy.name.split(PLACE);
  const { source, name } = model;
  return (
    (copy.source === undefined
      ? (copy.from ?? ['*']).some(pattern => matchesPattern(pattern, source))
      : copy.source === source) &&
    name.length > before.length + after.length &&
    name.startsWith(before) &&
    name.endsWith(after)
  );
}
