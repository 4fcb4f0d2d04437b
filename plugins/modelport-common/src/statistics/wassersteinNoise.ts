/**
 * What the Wasserstein distance of two samples comes to on average when nothing has drifted, to first order:
 * √(2/π) · √(1/n + 1/m) · ∫ √(F(1 − F)), with F of the reference.
 *
 * Source: the empirical process of E. del Barrio, E. Giné, C. Matrán, Annals of Probability 27 (1999); the mean absolute
 * value of a normal variable at every place.
 *
 * @param spread - the integral, in the unit of the values: `wassersteinSpread` of the reference.
 *
 * @public
 */
export function wassersteinNoise(
  spread: number,
  sizes: { n: number; m: number },
): number {
  return Math.sqrt(2 / Math.PI) * Math.sqrt(1 / sizes.n + 1 / sizes.m) * spread;
}

/**
 * ∫ √(F(1 − F)) of a sample's distribution function.
 *
 * @param sorted - ascending, at least one value.
 *
 * @public
 */
export function wassersteinSpread(sorted: ArrayLike<number>): number {
  const n = sorted.length;
  let spread = 0;
  for (let i = 1; i < n; i++) {
    const share = i / n;
    spread += Math.sqrt(share * (1 - share)) * (sorted[i] - sorted[i - 1]);
  }
  return spread;
}

/** Steps that a bin is added up in; the integrand is smooth within one. */
const STEPS = 16;

/**
 * What `binnedWasserstein` comes to on average when nothing has drifted, to first order, in the unit of the values. The
 * difference of the two distribution functions is a Brownian bridge at the edges of bins, with the variance F(1 − F) and
 * the covariance F(x)(1 − F(y)), and a straight line between them.
 *
 * @param shares - of the reference, by bin.
 *
 * @public
 */
export function binnedWassersteinNoise(
  shares: readonly number[],
  edges: readonly number[],
  sizes: { n: number; m: number },
): number {
  let before = 0;
  let spread = 0;
  shares.forEach((share, bin) => {
    const after = Math.min(1, before + share);
    const width = edges[bin + 1] - edges[bin];
    for (let step = 0; step < STEPS; step++) {
      const at = (step + 0.5) / STEPS;
      const variance =
        (1 - at) ** 2 * before * (1 - before) +
        at ** 2 * after * (1 - after) +
        2 * at * (1 - at) * before * (1 - after);
      spread += (width / STEPS) * Math.sqrt(Math.max(0, variance));
    }
    before = after;
  });
  return wassersteinNoise(spread, sizes);
}
