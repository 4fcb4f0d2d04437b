import { ChiSquareTest } from './chiSquareContingency';
import { Category } from './driftSample';

/** Whose way of computing is followed. */
export const DRIFT_CONVENTIONS = [
  'modelport',
  'evidently',
  'nannyml',
  'azureml',
  'deequ',
] as const;

/**
 * Whose way of computing a drift statistic is followed.
 *
 * @public
 */
export type DriftConvention = (typeof DRIFT_CONVENTIONS)[number];

/** Two samples, ready to be compared. */
export type DriftSamples =
  | {
      type: 'numeric';
      reference: readonly number[];
      current: readonly number[];
      /** The same values, ascending. */
      sortedReference: Float64Array;
      sortedCurrent: Float64Array;
      /** Edges that were asked for. */
      edges: readonly number[] | null;
    }
  | {
      type: 'categorical';
      reference: readonly Category[];
      current: readonly Category[];
    };

/**
 * The figures of one convention; null where it has no such figure for these samples.
 *
 * @public
 */
export interface DriftFigures {
  edges: number[] | null;
  categories: Category[] | null;
  referenceCounts: number[];
  currentCounts: number[];
  psi: number | null;
  jensenShannonDistance: number | null;
  hellinger: number | null;
  chiSquare: ChiSquareTest | null;
  ks: { statistic: number; pValue: number | null } | null;
  wasserstein: number | null;
  lInfinity: { simple: number; robust: number } | null;
  /** How each figure is computed, by its name. */
  conventions: Record<string, string>;
}

/** What a convention has no figure of. */
export const NO_FIGURES: Omit<
  DriftFigures,
  'referenceCounts' | 'currentCounts' | 'conventions'
> = {
  edges: null,
  categories: null,
  psi: null,
  jensenShannonDistance: null,
  hellinger: null,
  chiSquare: null,
  ks: null,
  wasserstein: null,
  lInfinity: null,
};
