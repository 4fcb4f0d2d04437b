const DAY = 24 * 3_600_000;

/** Names a window of time in UTC as shortly as it can be told: a month, a day, several days, or from when. */
export function windowLabel(start: string, end: string): string {
  const from = new Date(start);
  const to = new Date(end);
  const isMidnight = [from, to].every(time => time.getTime() % DAY === 0);
  if (!isMidnight) {
    return `${start.slice(0, 16).replace('T', ' ')}Z`;
  }
  const nextMonth = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1);
  if (from.getUTCDate() === 1 && to.getTime() === nextMonth) {
    return start.slice(0, 7);
  }
  const days = (to.getTime() - from.getTime()) / DAY;
  return days === 1
    ? start.slice(0, 10)
    : `${start.slice(0, 10)} – ${new Date(to.getTime() - DAY)
        .toISOString()
        .slice(0, 10)}`;
}
