const DAY = 24 * 3_600_000;

/** The days of the range picker as the API takes times: the last day is in. What is no day is left out. */
export function timeQuery(days: { from?: string; to?: string }): {
  from?: string;
  to?: string;
} {
  const from = Date.parse(days.from ?? '');
  const to = Date.parse(days.to ?? '');
  return {
    ...(Number.isNaN(from) ? {} : { from: new Date(from).toISOString() }),
    ...(Number.isNaN(to) ? {} : { to: new Date(to + DAY).toISOString() }),
  };
}
