const STEPS = 24;

/** Colours from one to another, in steps. */
export function colourSteps(low: string, high: string): string[] {
  const from = channels(low);
  const to = channels(high);
  return Array.from({ length: STEPS }, (_, i) => {
    const share = i / (STEPS - 1);
    const mixed = from.map((value, channel) =>
      Math.round(value + (to[channel] - value) * share),
    );
    return `rgb(${mixed.join(',')})`;
  });
}

/** The step of a share from 0 to 1; -1 where there is none. */
export function stepOf(share: number | null): number {
  return share === null
    ? -1
    : Math.min(STEPS - 1, Math.max(0, Math.floor(share * STEPS)));
}

/** Of `#rrggbb`. */
function channels(colour: string): number[] {
  return [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
}

/** Shares from 0 to 1 by rank, so that outliers leave the others their colours; null stays null. */
export function rankShares(
  values: ReadonlyArray<number | null>,
): Array<number | null> {
  const known = values.flatMap(value => value ?? []).sort((a, b) => a - b);
  const distinct = [...new Set(known)];
  const places = new Map(
    distinct.map((value, i) => [
      value,
      distinct.length > 1 ? i / (distinct.length - 1) : 0.5,
    ]),
  );
  return values.map(value =>
    value === null ? null : places.get(value) ?? null,
  );
}
