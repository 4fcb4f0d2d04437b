const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * How long to wait before a request is tried again, in milliseconds: twice as long with each attempt, with jitter so
 * that clients do not return together.
 *
 * @param attempt - 0 before the first repetition
 */
export function backOff(
  attempt: number,
  random: () => number = Math.random,
): number {
  const longest = Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS);
  return Math.round(longest * (0.5 + random() / 2));
}

/** How long a server asks to be left alone with `Retry-After`, in milliseconds; undefined where it does not say. */
export function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) {
    return undefined;
  }
  if (/^\d+$/.test(value.trim())) {
    return Number(value) * 1000;
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
