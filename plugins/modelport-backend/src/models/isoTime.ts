/**
 * A time as the API writes it; null where there is none, or none that a date can hold.
 *
 * @param milliseconds - since 1970.
 */
export function isoTime(milliseconds: number | null): string | null {
  if (milliseconds === null) {
    return null;
  }
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
