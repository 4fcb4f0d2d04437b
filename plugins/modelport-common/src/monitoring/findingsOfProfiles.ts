import { z } from 'zod';
import { ColumnCounts } from './driftOfProfiles';
import { MonitorDefinition } from './monitorDefinition';
import { driftBody } from './monitoringBodies';

/**
 * What is wrong with the data of a window.
 *
 * @public
 */
export type DataFinding = NonNullable<
  z.output<typeof driftBody>['findings']
>[number];

/**
 * The check of values outside of the range of the reference, which may be drift as well as wrong data.
 *
 * @public
 */
export const OUTSIDE_CHECK = 'outside of the range';

/**
 * What is wrong with a window's column: more missing than in the reference, values outside of its range or of no
 * category that it has, or of another type.
 *
 * @public
 */
export function findingsOfProfiles(
  reference: ColumnCounts,
  current: ColumnCounts,
  thresholds: MonitorDefinition['thresholds'],
): DataFinding[] {
  const { feature } = reference;
  const all = rowsOf(current);
  const findings: DataFinding[] = [];
  const add = (check: string, message: string) =>
    findings.push({ feature, check, message });
  if (all === 0) {
    return [];
  }
  const missing = current.missing / all;
  const before = reference.missing / Math.max(1, rowsOf(reference));
  if (missing - before > thresholds.missingShare) {
    add(
      'missing values',
      `${percent(missing)} are missing, ${percent(before)} in the reference`,
    );
  }
  const shares = [
    [OUTSIDE_CHECK, current.outside, thresholds.outsideShare],
    ['unseen categories', current.unseen, thresholds.unseenShare],
  ] as const;
  for (const [check, count, threshold] of shares) {
    const share = (count ?? 0) / Math.max(1, current.n);
    if (share > threshold) {
      add(
        check,
        check === 'unseen categories'
          ? `${percent(
              share,
            )} of the values are of no category of the reference`
          : `${percent(
              share,
            )} of the values are below or above all of the reference`,
      );
    }
  }
  if ((current.wrongType ?? 0) > 0) {
    add(
      'type',
      `${current.wrongType} of ${all} values are no numbers, as the reference has them`,
    );
  }
  return findings;
}

function rowsOf(column: ColumnCounts): number {
  return column.n + column.missing + (column.wrongType ?? 0);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
