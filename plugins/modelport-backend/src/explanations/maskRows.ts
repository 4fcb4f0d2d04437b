import { explanationSummary } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { maskedFeatures } from './maskedFeatures';

const withValues = z.looseObject({ values: z.array(z.unknown()) });

/**
 * Rows of a document without the values that nobody is shown; those of other kinds as they are.
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
  return rows.map(row => {
    const read = withValues.safeParse(row);
    return read.success
      ? {
          ...read.data,
          values: read.data.values.map((value, place) =>
            masked.has(features[place]?.name) ? null : value,
          ),
        }
      : row;
  });
}
