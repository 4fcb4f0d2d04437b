import { InputError } from '@backstage/errors';

/** More distinct categories than this are no categories but ids. */
export const MOST_CATEGORIES = 10_000;

/**
 * A category as it travels.
 *
 * @public
 */
export type Category = string | number | boolean;

/** A list of values without what is missing. */
export interface DriftSample<T> {
  values: T[];
  /** Values that are null, not a number or infinite. */
  missing: number;
  /** Those of them that are not a number or infinite. */
  notFinite: number;
}

const NOT_FINITE = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

/**
 * Reads a list of numbers; null is missing, and so is what is not finite.
 *
 * @throws `InputError` that names the place of what is no number, or says that no value is left.
 */
export function numericSample(
  list: readonly unknown[],
  name: string,
): DriftSample<number> & { values: number[] } {
  const values: number[] = [];
  let notFinite = 0;
  list.forEach((value, place) => {
    if (typeof value === 'number' && Number.isFinite(value)) {
      values.push(value);
    } else if (typeof value === 'number' || NOT_FINITE.has(value)) {
      notFinite += 1;
    } else if (value !== null) {
      throw new InputError(
        `${name}[${place}] is ${typeOf(
          value,
        )}; expected a number, null for missing, or "NaN", "Infinity" or "-Infinity". Send type "categorical" to compare categories.`,
      );
    }
  });
  return somethingOf({ values, notFinite }, list, name);
}

/**
 * Reads a list of categories; null is missing.
 *
 * @throws `InputError` that names the place of what is no category, or says that no value is left.
 */
export function categoricalSample(
  list: readonly unknown[],
  name: string,
): DriftSample<Category> {
  const values: Category[] = [];
  list.forEach((value, place) => {
    if (
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      values.push(value);
    } else if (value !== null) {
      throw new InputError(
        `${name}[${place}] is ${typeOf(
          value,
        )}; expected a text, a number, true or false, or null for missing`,
      );
    }
  });
  return somethingOf({ values, notFinite: 0 }, list, name);
}

function somethingOf<T>(
  sample: { values: T[]; notFinite: number },
  list: readonly unknown[],
  name: string,
): DriftSample<T> {
  if (sample.values.length === 0) {
    throw new InputError(
      list.length === 0
        ? `${name} is empty; expected at least one value`
        : `${name} has no value: all ${list.length} are missing or not finite`,
    );
  }
  return { ...sample, missing: list.length - sample.values.length };
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
