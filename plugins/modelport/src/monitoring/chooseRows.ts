import { DriftHeatMapRow } from '@modelport/plugin-modelport-common';

/**
 * The rows of one tool, one for each feature: those of a statistic, or of each feature the first. Without a choice, of
 * the first tool by its name.
 */
export function chooseRows(
  rows: ReadonlyArray<DriftHeatMapRow>,
  choice: { tool?: string; statistic?: string },
): DriftHeatMapRow[] {
  const tool = choice.tool ?? rows.map(row => row.tool).sort()[0];
  const seen = new Set<string | null>();
  return rows.filter(row => {
    const isChosen =
      row.tool === tool &&
      (choice.statistic === undefined || row.statistic === choice.statistic) &&
      !seen.has(row.feature);
    if (isChosen) {
      seen.add(row.feature);
    }
    return isChosen;
  });
}
