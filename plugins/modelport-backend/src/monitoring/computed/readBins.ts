import {
  ColumnCounts,
  mergeColumnCounts,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { NO_BIN } from './statements';

const count = z.coerce.number();
const figure = z
  .union([z.number(), z.string()])
  .nullish()
  .transform(value =>
    value === null || value === undefined || !Number.isFinite(Number(value))
      ? null
      : Number(value),
  );
const rows = z.array(
  z.object({
    w: count,
    bin: count,
    n: count,
    outside: count.nullish(),
    mean: figure,
    variance: figure,
    lowest: figure,
    highest: figure,
  }),
);

/** What bins a column's values were counted in, by windows. What is not finite counts as missing. */
export function readBins(
  answer: unknown,
  of: { feature: string; edges: readonly number[]; windows: number },
): ColumnCounts[] {
  const { feature, edges } = of;
  const isBinned = edges.length > 0;
  const empty = (window: {
    missing: number;
    wrongType: number;
  }): ColumnCounts => ({
    feature,
    n: 0,
    missing: window.missing,
    wrongType: window.wrongType,
    outside: isBinned ? 0 : null,
    edges: isBinned ? [...edges] : null,
    counts: isBinned ? new Array<number>(edges.length - 1).fill(0) : null,
  });
  const read = rows.parse(answer);
  return Array.from({ length: of.windows }, (_, window) => {
    const here = read.filter(({ w }) => w === window);
    const counted = (...bins: number[]) =>
      here
        .filter(({ bin }) => bins.includes(bin))
        .reduce((sum, { n }) => sum + n, 0);
    return here
      .filter(({ bin }) => bin >= 0)
      .reduce<ColumnCounts>(
        (all, row) =>
          mergeColumnCounts(all, {
            ...empty({ missing: 0, wrongType: 0 }),
            n: row.n,
            outside: isBinned ? row.outside ?? 0 : null,
            counts: isBinned
              ? edges
                  .slice(1)
                  .map((_edge, bin) => (bin === row.bin ? row.n : 0))
              : null,
            mean: row.mean,
            standardDeviation:
              row.variance === null
                ? null
                : Math.sqrt(Math.max(0, row.variance)),
            min: row.lowest,
            max: row.highest,
          }),
        empty({
          missing: counted(NO_BIN.missing, NO_BIN.notFinite),
          wrongType: counted(NO_BIN.wrongType),
        }),
      );
  });
}
