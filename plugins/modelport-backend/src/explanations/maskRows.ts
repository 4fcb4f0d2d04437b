import { explanationSummary } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { maskedFeatures } from './maskedFeatures';

const explained = z.looseObject({
  values: z.array(z.unknown()).nullish(),
  contributions: z.array(z.unknown()),
});

/**
 * Rows of a document without the values and contributions that nobody is shown; those of other kinds as they are.
 *
 * @param patterns - `modelport.explanations.maskedFeatures`.
 */
export function maskRows(
  document: { kind: string; body: unknown },
  rows: unknown[],
  patterns: readonly string[],
): unknown[] {
  const summary = explanationSummary.safeParse(document.body);
  if (document.kind !== 'explanation' || !summary.success) {
    return rows;
  }
  const { features } = summary.data;
  const masked = maskedFeatures(features, patterns);
  const withoutMasked = (list: unknown[]) =>
    list.map((one, place) => (masked.has(features[place]?.name) ? null : one));
  return rows.map(row => {
    const read = explained.safeParse(row);
    if (!read.success) {
      return row;
    }
    const { values, contributions } = read.data;
    return {
      ...read.data,
      ...(values && { values: withoutMasked(values) }),
      // One list a class, or one in all.
      contributions: contributions.some(Array.isArray)
        ? contributions.map(one =>
            Array.isArray(one) ? withoutMasked(one) : null,
          )
        : withoutMasked(contributions),
    };
  });
}
