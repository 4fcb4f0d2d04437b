import { midranks } from './midranks';
import { normalQuantile, normalSurvival } from './normalDistribution';

/**
 * Area under the ROC curve with its interval.
 *
 * @public
 */
export interface AucEstimate {
  auc: number;
  standardError: number;
  lower: number;
  upper: number;
}

/**
 * Difference of two areas that were measured on the same rows.
 *
 * @public
 */
export interface AucDifference {
  /** Area of the first scores. */
  first: number;
  /** Area of the second scores. */
  second: number;
  /** First less second. */
  difference: number;
  standardError: number;
  lower: number;
  upper: number;
  /** Difference over its standard error; NaN where that is 0. */
  z: number;
  /** Two-sided; 1 where the scores order the rows alike, NaN where the areas differ but have no variance to judge by. */
  pValue: number;
}

/**
 * Area under the ROC curve: the share of pairs of a positive and a negative row in which the positive one has the
 * higher score, ties counting half. Null where one class has no rows.
 *
 * The same as `sklearn.metrics.roc_auc_score`.
 *
 * @public
 */
export function rocAuc(
  labels: readonly boolean[],
  scores: readonly number[],
): number | null {
  const parts = components(labels, scores);
  return parts && parts.auc;
}

/**
 * Area under the ROC curve with DeLong's standard error and a normal interval, cut to [0, 1]. Null where a class has
 * fewer than two rows.
 *
 * Source: E. R. DeLong et al., Biometrics 44 (1988); computed after X. Sun, W. Xu, IEEE Signal Processing Letters 21
 * (2014), O(n log n).
 *
 * @public
 */
export function delongAuc(
  labels: readonly boolean[],
  scores: readonly number[],
  level = 0.95,
): AucEstimate | null {
  const parts = components(labels, scores);
  if (!parts || parts.positive.length < 2 || parts.negative.length < 2) {
    return null;
  }
  const standardError = Math.sqrt(
    variance(parts.positive) / parts.positive.length +
      variance(parts.negative) / parts.negative.length,
  );
  const reach = normalQuantile((1 + level) / 2) * standardError;
  return {
    auc: parts.auc,
    standardError,
    lower: Math.max(0, parts.auc - reach),
    upper: Math.min(1, parts.auc + reach),
  };
}

/**
 * DeLong's test of two scores on the same rows: whether their areas under the ROC curve differ. Null where a class has
 * fewer than two rows.
 *
 * Source: as `delongAuc`; the two-sided normal test of the paired difference.
 *
 * @public
 */
export function delongTest(
  labels: readonly boolean[],
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): AucDifference | null {
  const a = components(labels, first);
  const b = components(labels, second);
  if (!a || !b || a.positive.length < 2 || a.negative.length < 2) {
    return null;
  }
  const difference = a.auc - b.auc;
  const positive = minus(a.positive, b.positive);
  const negative = minus(a.negative, b.negative);
  const standardError = Math.sqrt(
    variance(positive) / positive.length + variance(negative) / negative.length,
  );
  const reach = normalQuantile((1 + level) / 2) * standardError;
  const z = standardError === 0 ? NaN : difference / standardError;
  return {
    first: a.auc,
    second: b.auc,
    difference,
    standardError,
    lower: difference - reach,
    upper: difference + reach,
    z,
    pValue:
      standardError === 0 && difference === 0
        ? 1
        : 2 * normalSurvival(Math.abs(z)),
  };
}

/** The area with its structural components: one a positive row (V10) and one a negative row (V01). */
function components(labels: readonly boolean[], scores: readonly number[]) {
  const positiveScores = scores.filter((_score, row) => labels[row]);
  const negativeScores = scores.filter((_score, row) => !labels[row]);
  const m = positiveScores.length;
  const n = negativeScores.length;
  if (m === 0 || n === 0) {
    return null;
  }
  const all = midranks([...positiveScores, ...negativeScores]);
  const amongPositive = midranks(positiveScores);
  const amongNegative = midranks(negativeScores);
  const positive = Float64Array.from(
    positiveScores,
    (_score, row) => (all[row] - amongPositive[row]) / n,
  );
  const negative = Float64Array.from(
    negativeScores,
    (_score, row) => 1 - (all[m + row] - amongNegative[row]) / m,
  );
  return { auc: mean(positive), positive, negative };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function minus(first: Float64Array, second: Float64Array): Float64Array {
  return first.map((value, row) => value - second[row]);
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  return (
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0) /
    (values.length - 1)
  );
}
