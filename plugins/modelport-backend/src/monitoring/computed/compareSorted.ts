import {
  ExactFigures,
  kolmogorovSmirnov,
  wassersteinDistance,
  wassersteinSpread,
} from '@modelport/plugin-modelport-common';

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
