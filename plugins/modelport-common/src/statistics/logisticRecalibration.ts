import { Interval } from './Interval';
import { normalQuantile } from './normalDistribution';

/**
 * A coefficient of a fit with its Wald interval.
 *
 * @public
 */
export interface Coefficient extends Interval {
  value: number;
  standardError: number;
}

/**
 * How probabilities would have to be bent to fit what happened.
 *
 * @public
 */
export interface Recalibration {
  /** 1 where probabilities are spread as they should be; below 1 they are too extreme. */
  slope: Coefficient;
  /** Of the fit with a free slope. */
  intercept: Coefficient;
  /** Calibration in the large: the intercept where the slope is held at 1; 0 where the mean fits. */
  inTheLarge: Coefficient;
  /** Rows that the fit used. */
  n: number;
  /** Rows left out: a probability of exactly 0 or 1 has no logit. */
  leftOut: number;
}

const MOST_STEPS = 100;
const CONVERGED = 1e-12;

/**
 * Fits logit P(positive) = intercept + slope · logit(probability) by maximum likelihood (Newton). Null where there is
 * no such fit: a class without rows, one value for every row, or classes that the probabilities separate.
 *
 * Source: D. R. Cox, Biometrika 45 (1958); intervals are Wald's, the calibration in the large after B. Van Calster et
 * al., BMC Medicine 17 (2019). Rows at 0 or 1 are left out and counted, as R's `rms::val.prob` does.
 *
 * @public
 */
export function logisticRecalibration(
  labels: readonly boolean[],
  probabilities: readonly number[],
  level = 0.95,
): Recalibration | null {
  const used = labels.flatMap((label, row) => {
    const probability = probabilities[row];
    return probability > 0 && probability < 1
      ? [{ y: label ? 1 : 0, x: Math.log(probability / (1 - probability)) }]
      : [];
  });
  const free = fit(used, true);
  const fixed = fit(used, false);
  if (!free || !fixed) {
    return null;
  }
  const z = normalQuantile((1 + level) / 2);
  const coefficient = (value: number, variance: number): Coefficient => {
    const standardError = Math.sqrt(variance);
    return {
      value,
      standardError,
      lower: value - z * standardError,
      upper: value + z * standardError,
    };
  };
  return {
    slope: coefficient(free.slope, free.varianceOfSlope),
    intercept: coefficient(free.intercept, free.varianceOfIntercept),
    inTheLarge: coefficient(fixed.intercept, fixed.varianceOfIntercept),
    n: used.length,
    leftOut: labels.length - used.length,
  };
}

function fit(rows: Array<{ x: number; y: number }>, slopeIsFree: boolean) {
  let intercept = 0;
  let slope = 1;
  let before = logLikelihood(rows, intercept, slope);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { x, y } of rows) {
      const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
      const weight = p * (1 - p);
      g0 += y - p;
      g1 += (y - p) * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = slopeIsFree ? h00 * h11 - h01 * h01 : h00;
    // Without curvature there is no maximum: one value of x, or classes that are separated.
    if (!(determinant > 1e-10 * (slopeIsFree ? h00 * h11 : 1))) {
      return null;
    }
    const move = slopeIsFree
      ? [
          (h11 * g0 - h01 * g1) / determinant,
          (h00 * g1 - h01 * g0) / determinant,
        ]
      : [g0 / h00, 0];
    let share = 1;
    let after = logLikelihood(rows, intercept + move[0], slope + move[1]);
    while (!(after >= before - 1e-9) && share > 1e-6) {
      share /= 2;
      after = logLikelihood(
        rows,
        intercept + share * move[0],
        slope + share * move[1],
      );
    }
    intercept += share * move[0];
    slope += share * move[1];
    before = after;
    if (
      Math.abs(move[0]) + Math.abs(move[1]) <
      CONVERGED * (1 + Math.abs(slope))
    ) {
      return {
        intercept,
        slope,
        varianceOfIntercept: slopeIsFree ? h11 / determinant : 1 / h00,
        varianceOfSlope: slopeIsFree ? h00 / determinant : 0,
      };
    }
  }
  return null;
}

function logLikelihood(
  rows: Array<{ x: number; y: number }>,
  intercept: number,
  slope: number,
): number {
  return rows.reduce((sum, { x, y }) => {
    const logit = (intercept + slope * x) * (y === 1 ? 1 : -1);
    return (
      sum -
      (logit > 0
        ? Math.log1p(Math.exp(-logit))
        : Math.log1p(Math.exp(logit)) - logit)
    );
  }, 0);
}
