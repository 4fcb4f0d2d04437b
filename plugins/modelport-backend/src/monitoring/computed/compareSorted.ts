import {
  ExactFigures,
  kolmogorovSmirnov,
  quantileEdges,
  wassersteinDistance,
  wassersteinSpread,
} from '@modelport/plugin-modelport-common';
import { MOST_DISTINCT } from './statements';

/** What bins are made of. */
export interface ColumnShape {
  n: number;
  /** Edges at the deciles, each once. */
  deciles: number[];
  /** The distinct numbers where they are few. */
  distinct: number[] | null;
}

export function shapeOf(sorted: Float64Array): ColumnShape {
  const distinct: number[] = [];
  for (const number of sorted) {
    if (distinct.length === 0 || number > distinct[distinct.length - 1]) {
      distinct.push(number);
      if (distinct.length > MOST_DISTINCT) {
        break;
      }
    }
  }
  return {
    n: sorted.length,
    deciles: sorted.length > 0 ? quantileEdges(sorted) : [],
    distinct: distinct.length > MOST_DISTINCT ? null : distinct,
  };
}

/** Figures on all values of two samples; null where one has none. */
export function compareSorted(
  reference: Float64Array,
  current: Float64Array,
): ExactFigures | null {
  return reference.length > 0 && current.length > 0
    ? {
        n: reference.length,
        m: current.length,
        ks: kolmogorovSmirnov(reference, current),
        wasserstein: wassersteinDistance(reference, current),
        spread: wassersteinSpread(reference),
      }
    : null;
}
