import { DriftHeatMap } from '@modelport/plugin-modelport-common';

/** A feature that moved, and how much it matters. */
export interface MovedFeature {
  feature: string;
  importance: number | null;
}

/**
 * Features in breach in the newest window, of whatever tool, in the order of the map: most drift × importance first. What
 * a tool said that has stopped since counts no more.
 */
export function movedFeatures(map: DriftHeatMap): MovedFeature[] {
  const windows = map.windows.map(({ start, end }) => ({
    start: Date.parse(start),
    end: Date.parse(end),
  }));
  const newest = new Map<string, number>();
  for (const { tool, states } of map.rows) {
    newest.set(tool, Math.max(newest.get(tool) ?? -1, lastFigure(states)));
  }
  const last = windows.reduce(
    (most, one) => (one.end > most.end ? one : most),
    { start: 0, end: 0 },
  );
  const found = new Map<string, MovedFeature>();
  for (const { tool, states, feature, importance } of map.rows) {
    const place = lastFigure(states);
    const window = windows.at(place);
    const isNewest =
      place >= 0 &&
      place === newest.get(tool) &&
      window !== undefined &&
      window.end + Math.max(lengthOf(window), lengthOf(last)) >= last.end;
    if (
      isNewest &&
      feature !== null &&
      states[place] === 'b' &&
      !found.has(feature)
    ) {
      found.set(feature, { feature, importance });
    }
  }
  return [...found.values()];
}

/** The place of the last letter that stands for a figure; -1 where there is none. */
function lastFigure(states: string): number {
  return states.replace(/-+$/, '').length - 1;
}

function lengthOf({ start, end }: { start: number; end: number }): number {
  return end - start;
}
