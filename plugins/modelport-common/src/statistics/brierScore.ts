/**
 * What a row adds to the Brier score: the squared distance of its probability from what happened.
 *
 * @public
 */
export function brierOfRow(label: boolean, probability: number): number {
  return (probability - (label ? 1 : 0)) ** 2;
}

/**
 * Mean squared distance of probabilities from what happened, 0 at best. Null without rows.
 *
 * Source: G. W. Brier, Monthly Weather Review 78 (1950), for two classes as `sklearn.metrics.brier_score_loss`.
 *
 * @public
 */
export function brierScore(
  labels: readonly boolean[],
  probabilities: readonly number[],
): number | null {
  return labels.length === 0
    ? null
    : labels.reduce(
        (sum, label, row) => sum + brierOfRow(label, probabilities[row]),
        0,
      ) / labels.length;
}
