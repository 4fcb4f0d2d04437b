/**
 * What a statistic comes to on average when nothing has drifted, from the sizes of the samples alone.
 *
 * @public
 */
export type NoisyStatistic =
  | 'psi'
  | 'jensenShannonDistance'
  | 'hellinger'
  | 'ks';

/** Mean of Kolmogorov's limit distribution. */
const KOLMOGOROV_MEAN = Math.sqrt(Math.PI / 2) * Math.LN2;

/**
 * The floor that noise alone gives a statistic between a reference of n and a current sample of m values: below it
 * nothing can be said. Null where the number of bins is not known but counts.
 *
 * PSI: (bins − 1)(1/n + 1/m), the mean of its limit distribution (B. Yurdakul, Western Michigan University, 2018). The
 * Jensen–Shannon and Hellinger distances: roots of the means of their squares, (bins − 1)(1/n + 1/m) / (8 ln 2) and
 * (bins − 1)(1/n + 1/m) / 8, to first order. Kolmogorov–Smirnov: the mean of its limit distribution, √(π/2) ln 2 ·
 * √(1/n + 1/m).
 *
 * @param bins - number of bins or categories that a value may fall in.
 *
 * @public
 */
export function noiseFloor(
  statistic: NoisyStatistic,
  sizes: { n: number; m: number; bins: number | null },
): number | null {
  const { n, m, bins } = sizes;
  if (!(n > 0) || !(m > 0)) {
    return null;
  }
  const noise = 1 / n + 1 / m;
  if (statistic === 'ks') {
    return KOLMOGOROV_MEAN * Math.sqrt(noise);
  }
  if (bins === null) {
    return null;
  }
  const expected = Math.max(0, bins - 1) * noise;
  if (statistic === 'psi') {
    return expected;
  }
  return statistic === 'hellinger'
    ? Math.sqrt(expected / 8)
    : Math.sqrt(expected / (8 * Math.LN2));
}
