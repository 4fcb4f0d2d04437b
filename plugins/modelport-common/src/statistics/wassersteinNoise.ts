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
