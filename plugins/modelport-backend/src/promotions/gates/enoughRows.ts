/** Fewer rows are no measurement at all. */
const FEWEST_ROWS = 30;

/**
 * Why a figure says too little for a gate: it is of fewer rows than the rule asks for, or of nobody knows how many where the
 * rule asks for some; null where it says enough.
 */
export function tooFewRows(
  { minimumRows }: { minimumRows?: number },
  n: number | null,
  what: string,
): string | null {
  if (n === null) {
    return minimumRows
      ? `Of how many rows ${what} is is not known, and the rule asks for ${minimumRows}. Push it with n, or say minimumRows: 0.`
      : null;
  }
  const fewest = minimumRows ?? FEWEST_ROWS;
  return n < fewest
    ? `${what} is of ${n} rows only, and the rule asks for ${fewest}.`
    : null;
}
