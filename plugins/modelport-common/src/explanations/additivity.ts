const TOLERANCE = 1e-4;

/**
 * Whether base value and contributions add up to the output, in every row.
 *
 * @returns the worst difference of the rows of which both are known, null where there is none; `ok` is null where no such
 * row is wrong and others are not known.
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
  let known = 0;
  for (const { baseValue, output, contributions } of rows) {
    if (baseValue !== null && output !== null) {
      known++;
      let sum = baseValue;
      for (const contribution of contributions) {
        sum += contribution;
      }
      const error = Math.abs(sum - output);
      maxError = Math.max(maxError ?? 0, error);
      ok &&= error <= TOLERANCE * Math.max(1, Math.abs(output));
    }
  }
  return { maxError, ok: ok && known < rows.length ? null : ok };
}
