/** Probabilities are kept this far from 0 and 1. */
const CLIP = Number.EPSILON;

/**
 * What a row adds to the log loss: the negative natural logarithm of the probability given to what happened, which is
 * kept 2^-52 away from 0 and 1.
 *
 * @public
 */
export function logLossOfRow(label: boolean, probability: number): number {
  const kept = Math.min(1 - CLIP, Math.max(CLIP, probability));
  return -Math.log(label ? kept : 1 - kept);
}

/**
 * Mean negative log likelihood (natural logarithm), 0 at best. Null without rows.
 *
 * The same as `sklearn.metrics.log_loss` of two classes, its clipping included.
 *
 * @public
 */
export function logLoss(
  labels: readonly boolean[],
  probabilities: readonly number[],
): number | null {
  return labels.length === 0
    ? null
    : labels.reduce(
        (sum, label, row) => sum + logLossOfRow(label, probabilities[row]),
        0,
      ) / labels.length;
}
