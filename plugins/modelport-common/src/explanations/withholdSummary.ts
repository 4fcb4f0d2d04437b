import { ExplanationRow } from './explanationBody';
import {
  ExplanationSummary,
  summariseExplanation,
} from './summariseExplanation';

/**
 * How many rows the figures of a summary come from; null where another tool made the figures and gave no rows.
 *
 * @public
 */
export function rowsTold(
  summary: Pick<ExplanationSummary, 'rowCount' | 'erasedRows'>,
): number | null {
  return summary.rowCount === null
    ? null
    : summary.rowCount - (summary.erasedRows ?? 0);
}

/**
 * A summary without its figures where those are of too few rows: they would tell of single people.
 *
 * @public
 */
export function withholdSummary(
  summary: ExplanationSummary,
  smallestGroup: number,
): ExplanationSummary {
  const told = rowsTold(summary);
  return told === null || told >= smallestGroup
    ? summary
    : {
        ...summary,
        outputs: summary.outputs.map(() => ({
          baseValue: null,
          baseValueVaries: false,
          features: [],
          groups: [],
          additivity: { maxError: null, ok: null },
        })),
      };
}

/**
 * A summary of the rows that are left of an explanation after some of them were erased; their number stays.
 *
 * @public
 */
export function summariseRowsLeft(
  summary: ExplanationSummary,
  left: ExplanationRow[],
): ExplanationSummary {
  const { rowCount } = summary;
  const erasedRows = (rowCount ?? 0) - left.length;
  return left.length === 0
    ? withholdSummary({ ...summary, erasedRows }, 1)
    : {
        ...summariseExplanation({ ...summary, rows: left }),
        rowCount,
        erasedRows,
      };
}
