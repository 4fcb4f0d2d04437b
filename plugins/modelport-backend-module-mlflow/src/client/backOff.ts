const FIRST_MS = 250;
const LONGEST_MS = 10_000;
const LONGEST_ASKED_FOR_MS = 60_000;

/**
 * How long to wait before a request is tried again, in milliseconds: what the server asks for with `Retry-After`, up to
 * a minute; else twice as long with each attempt, with jitter so that clients do not return together.
 *
 * @param attempt - 0 before the first repetition
 */
export function backOff(
  attempt: number,
  retryAfter: string | null,
  random: () => number = Math.random,
): number {
  const asked = parseRetryAfter(retryAfter);
  if (asked !== undefined) {
    return Math.min(asked, LONGEST_ASKED_FOR_MS);
  }
  const longest = Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS);
  return Math.round(longest * (0.5 + random() / 2));
}

function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) {
    return undefined;
  }
  if (/^\d+$/.test(value.trim())) {
    return Number(value) * 1000;
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
