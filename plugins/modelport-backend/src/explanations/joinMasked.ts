import { MASKED_TOGETHER } from '@modelport/plugin-modelport-common';

/**
 * Contributions with one sum in place of those of masked features, since a single one tells of the value. With the sum the
 * parts still add up.
 */
export function joinMasked(
  contributions: ReadonlyArray<readonly [feature: string, value: number]>,
  masked: ReadonlySet<string>,
): Array<[feature: string, value: number]> {
  const shown: Array<[string, number]> = [];
  let sum: number | undefined;
  for (const [feature, value] of contributions) {
    if (masked.has(feature)) {
      sum = (sum ?? 0) + value;
    } else {
      shown.push([feature, value]);
    }
  }
  return sum === undefined ? shown : [...shown, [MASKED_TOGETHER, sum]];
}
