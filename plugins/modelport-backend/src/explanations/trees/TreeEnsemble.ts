/** What a split does with a value that is missing. */
export const MISSING_IS_NAN = 0;
/** LightGBM: zero is missing too. */
export const MISSING_IS_ZERO = 1;
/** LightGBM: nothing is missing; NaN counts as 0. */
export const NONE_MISSING = 2;

/** One tree; nodes by their place, the root at 0. */
export interface Tree {
  /** Of the split; -1 for leaves. */
  feature: Int32Array;
  threshold: Float64Array;
  left: Int32Array;
  right: Int32Array;
  /** Whether a missing value goes left. */
  missingLeft: Uint8Array;
  missing: Uint8Array;
  /** Of leaves. */
  value: Float64Array;
  /** Weight of the training rows that came by. */
  cover: Float64Array;
  /** Which output it adds to. */
  output: number;
}

/** What makes the score of the margin. */
export type Link = 'logit' | 'softmax' | 'identity' | 'log' | 'unknown';

/** A model of trees that add up. */
export interface TreeEnsemble {
  format: 'XGBoost JSON' | 'XGBoost UBJ' | 'LightGBM text';
  features: string[];
  outputs: number;
  /** Added to the trees, one an output, in the margin. */
  offsets: number[];
  trees: Tree[];
  link: Link;
  /** What the margin is multiplied with before the link. */
  slope: number;
  /** XGBoost compares in 32-bit floats, and takes `<` left; LightGBM in 64-bit, and takes `<=`. */
  compare: 'float32 <' | 'float64 <=';
}

/** Nodes of all trees together; larger models are not read. */
export const MOST_NODES = 4_000_000;
export const MOST_FEATURES = 100_000;
export const MOST_OUTPUTS = 1_000;
/** Different features on one path: their decisions are held in the bits of one number. */
export const MOST_ON_PATH = 31;
