import { InputError } from '@backstage/errors';
import { additivityOf } from '@modelport/plugin-modelport-common';

const MOST_NAMED = 10;

/** The features that contributions have to be of, and who names them. */
export interface ExpectedFeatures {
  from: string;
  names: string[];
  /** What a contribution may be given of in place of its parts, such as the parent of one-hot columns. */
  groups: Record<string, readonly string[]>;
}

/**
 * Refuses contributions of other features than a version has: of what is left out nobody knows whether it was a principal
 * reason. A group stands for its parts, and all of its parts for a group.
 *
 * @throws `InputError` that names what is missing, not known, or there twice.
 */
export function refuseIncomplete(
  contributions: ReadonlyArray<Record<string, number>>,
  expected: ExpectedFeatures,
): void {
  const groups = Object.entries(expected.groups);
  const groupsOf = new Map<string, string[]>();
  for (const [group, parts] of groups) {
    for (const part of parts.filter(one => one !== group)) {
      groupsOf.set(part, [...(groupsOf.get(part) ?? []), group]);
    }
  }
  const features = new Set(expected.names);
  const parts = groups.flatMap(([group, list]) =>
    features.has(group) || list.some(part => features.has(part)) ? list : [],
  );
  const known = new Set([
    ...features,
    ...Object.keys(expected.groups),
    ...parts,
  ]);
  for (const [place, one] of contributions.entries()) {
    const has = (name: string) => Object.hasOwn(one, name);
    const missing = expected.names.filter(
      name =>
        !has(name) &&
        !groupsOf.get(name)?.some(has) &&
        !(expected.groups[name]?.length && expected.groups[name].every(has)),
    );
    const strange = Object.keys(one).filter(name => !known.has(name));
    const twice = Object.keys(one).filter(name =>
      groupsOf.get(name)?.some(has),
    );
    const wrong = [
      missing.length > 0 && `missing: ${listOf(missing)}`,
      strange.length > 0 && `not known: ${listOf(strange)}`,
      twice.length > 0 &&
        `given by themselves and in their group: ${listOf(twice)}`,
    ].filter(Boolean);
    if (wrong.length > 0) {
      throw new InputError(
        `contributions.${place}: expected one of each of the ${
          expected.names.length
        } features of ${
          expected.from
        }, with 0 for those that contributed nothing; ${wrong.join(
          '; ',
        )}. No reasons are given of a part of them, and nothing was recorded.`,
      );
    }
  }
}

/**
 * Refuses contributions that do not add up to the outputs that they are said to explain.
 *
 * @param field - What of the request the cases came with.
 * @throws `InputError` that names the first that is wrong, and by how much.
 */
export function refuseUnadditive(
  field: 'contributions' | 'rowIds',
  cases: ReadonlyArray<{
    baseValue: number | null;
    output: number | null;
    contributions: Record<string, number>;
  }>,
): void {
  for (const [place, { contributions, ...one }] of cases.entries()) {
    const { ok, maxError } = additivityOf([
      { ...one, contributions: Object.values(contributions) },
    ]);
    if (ok === false) {
      throw new InputError(
        `${field}.${place}: base value ${one.baseValue} and contributions do not add up to the output ${one.output}; they are off by ${maxError}. Of what is left out nobody knows whether it was a principal reason; nothing was recorded.`,
      );
    }
  }
}

function listOf(names: string[]): string {
  const shown = names.slice(0, MOST_NAMED).map(name => name.slice(0, 100));
  return names.length > MOST_NAMED
    ? `${shown.join(', ')} and ${names.length - MOST_NAMED} more`
    : shown.join(', ');
}
