const HOUR_MS = 60 * 60_000;

/** Waits after the first failed attempt, the second and so on; the last one stays. */
const WAITS_MS = [HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];

/**
 * When something that could not be read is read again, as an ISO time.
 *
 * @param attempts - attempts in a row that failed, 1 or more.
 * @param now - milliseconds since 1970.
 */
export function nextReadingAt(attempts: number, now: number): string {
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1];
  return new Date(now + wait).toISOString();
}
