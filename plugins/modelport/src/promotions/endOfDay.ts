/** The last second of a day, as a date field gives it, in the reader's own zone; undefined where it is no day. */
export function endOfDay(day: string): string | undefined {
  const time = new Date(`${day}T23:59:59`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
