const TOLERANCE = 1e-4;

/**
 * Whether base value and contributions add up to the output, over all rows of which both are known.
 *
 * @returns the worst difference; null where there is no such row.
 *
 * @public
 */
export function additivityOf(
  rows: ReadonlyArray<{
    baseValue: number | null;
    output: number | null;
    contributions: Iterable<number>;
  }>,
): { maxError: number | null; ok: boolean | null } {
  let maxError: number | null = null;
  let ok = true;
  for (const { baseValue, output, contributions } of rows) {
    if (baseValue !== null && output !== null) {
      let sum = baseValue;
      for (const contribution of contributions) {
        sum += contribution;
      }
      const error = Math.abs(sum - output);
      maxError = Math.max(maxError ?? 0, error);
      ok &&= error <= TOLERANCE * Math.max(1, Math.abs(output));
    }
  }
  return { maxError, ok: maxError === null ? null : ok };
}
