import { Interval } from './Interval';
import { wilsonInterval } from './wilsonInterval';

/**
 * Rows whose probability lies in one band.
 *
 * @public
 */
export interface CalibrationBand {
  lower: number;
  upper: number;
  n: number;
  /** Mean probability; null where the band is empty. */
  predicted: number | null;
  /** Share of positive rows; null where the band is empty. */
  observed: number | null;
  /** Wilson interval of the share observed; null where the band is empty. */
  interval: Interval | null;
  /** Observed over expected: positive rows for each that the probabilities add up to; null where that is 0. */
  observedOverExpected: number | null;
}

/**
 * Predicted against observed by bands of equal width: `[lower, upper)`, the last one closed.
 *
 * As `sklearn.calibration.calibration_curve(strategy='uniform')`, but that empty bands are kept, and that a value on an
 * edge belongs to the band above, as in the histograms of this portal.
 *
 * @param options - `bands` 10 where absent; `level` of the Wilson intervals.
 * @public
 */
export function calibrationBands(
  labels: readonly boolean[],
  probabilities: readonly number[],
  options: { bands?: number; level?: number } = {},
): CalibrationBand[] {
  const { bands = 10, level = 0.95 } = options;
  const counts = Array.from({ length: bands }, () => ({
    n: 0,
    positive: 0,
    sum: 0,
  }));
  labels.forEach((label, row) => {
    const band = counts[bandOf(probabilities[row], bands)];
    band.n += 1;
    band.positive += label ? 1 : 0;
    band.sum += probabilities[row];
  });
  return counts.map(({ n, positive, sum }, band) => ({
    lower: band / bands,
    upper: (band + 1) / bands,
    n,
    predicted: n > 0 ? sum / n : null,
    observed: n > 0 ? positive / n : null,
    interval: n > 0 ? wilsonInterval(positive, n, level) : null,
    observedOverExpected: sum > 0 ? positive / sum : null,
  }));
}

/**
 * Expected calibration error: distance of observed from predicted in each band, weighted by its rows. Null without
 * rows. Bands may come from `calibrationBands` or from a document.
 *
 * Source: M. P. Naeini et al., AAAI 2015; with 10 bands of equal width where nothing else is said.
 *
 * @public
 */
export function expectedCalibrationError(
  bands: ReadonlyArray<Pick<CalibrationBand, 'n' | 'predicted' | 'observed'>>,
): number | null {
  const total = bands.reduce((sum, band) => sum + band.n, 0);
  return total === 0
    ? null
    : bands.reduce(
        (sum, { n, predicted, observed }) =>
          predicted === null || observed === null
            ? sum
            : sum + n * Math.abs(predicted - observed),
        0,
      ) / total;
}

/** The band by comparing with its edges: a multiplication alone would put 0.29999999999999998 into [0.3, 0.4). */
function bandOf(probability: number, bands: number): number {
  const guess = Math.min(bands - 1, Math.floor(probability * bands));
  if (guess > 0 && probability < guess / bands) {
    return guess - 1;
  }
  return guess < bands - 1 && probability >= (guess + 1) / bands
    ? guess + 1
    : guess;
}
