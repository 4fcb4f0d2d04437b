import { noiseFloor, NoisyStatistic } from '@modelport/plugin-modelport-common';

/**
 * Statistics of tools whose noise floor follows from the sizes. Those that a tool computes in bins of its own need the
 * number of bins, which most files do not say; scaled and unscaled Wasserstein depend on the data, p-values have none.
 */
const FLOORS: Record<string, NoisyStatistic> = {
  psi: 'psi',
  PSI: 'psi',
  jensen_shannon: 'jensenShannonDistance',
  jensenShannonDistance: 'jensenShannonDistance',
  hellinger: 'hellinger',
  ks: 'ks',
  kolmogorov_smirnov: 'ks',
};

/** The floor that follows from the sizes of the samples and the number of bins; null where none does. */
export function knownFloor(
  {
    statistic,
    direction,
    bins,
  }: {
    statistic: string;
    direction: 'above' | 'below';
    bins: number | null;
  },
  sizes: { nReference: number | null; nCurrent: number | null },
): number | null {
  const known = FLOORS[statistic];
  return known && direction === 'above'
    ? noiseFloor(known, {
        n: sizes.nReference ?? 0,
        m: sizes.nCurrent ?? 0,
        bins,
      })
    : null;
}
