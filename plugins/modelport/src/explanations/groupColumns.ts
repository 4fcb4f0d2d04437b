import {
  ExplainedFeature,
  ExplanationColumns,
} from '@modelport/plugin-modelport-common';

type Named = Pick<ExplainedFeature, 'name' | 'group'>;

/** Contributions by feature with those of a group's features summed, which is what the group contributes. */
export function groupContributions(
  contributions: Readonly<Record<string, number>>,
  features: ReadonlyArray<Named>,
): Record<string, number> {
  const groupOf = groupsOf(features);
  const sums = new Map<string, number>();
  for (const [feature, value] of Object.entries(contributions)) {
    const name = groupOf.get(feature) ?? feature;
    sums.set(name, (sums.get(name) ?? 0) + value);
  }
  return Object.fromEntries(sums);
}

/** The same of all rows. A group of several features has no value of its own. */
export function groupColumns(
  columns: ExplanationColumns['columns'],
  features: ReadonlyArray<Named>,
): ExplanationColumns['columns'] {
  const groupOf = groupsOf(features);
  const grouped = new Map<string, ExplanationColumns['columns'][number]>();
  for (const column of columns) {
    const group = groupOf.get(column.feature);
    const known = group === undefined ? undefined : grouped.get(group);
    grouped.set(
      group ?? column.feature,
      group === undefined
        ? column
        : {
            feature: group,
            contributions: column.contributions.map(
              (value, place) => value + (known?.contributions[place] ?? 0),
            ),
            values: column.values.map(() => null),
            categories: [],
          },
    );
  }
  return [...grouped.values()];
}

function groupsOf(features: ReadonlyArray<Named>): Map<string, string> {
  return new Map(
    features.flatMap(({ name, group }) =>
      group === null ? [] : [[name, group] as const],
    ),
  );
}
