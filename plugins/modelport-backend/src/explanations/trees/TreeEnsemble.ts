/** What a split does with a value that is missing. */
export const MISSING_IS_NAN = 0;
/** LightGBM: zero is missing too. */
export const MISSING_IS_ZERO = 1;
/** LightGBM: nothing is missing; NaN counts as 0. */
export const NONE_MISSING = 2;

/** What a split by category does: which categories it asks for, and where those go. */
export interface CategorySplit {
  categories: ReadonlySet<number>;
  /** LightGBM sends them left, XGBoost right. */
  goLeft: boolean;
}

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
  /** Of nodes that split by category, whose threshold does not count. */
  bySet?: ReadonlyMap<number, CategorySplit>;
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
  /** Names of the categories of a feature, whose places the trees know; where the file holds them. */
  categories?: Record<string, string[]>;
}

/** Nodes of all trees together; larger models are not read. */
export const MOST_NODES = 4_000_000;
export const MOST_FEATURES = 100_000;
export const MOST_OUTPUTS = 1_000;
/** Different features on one path: their decisions are held in the bits of one number. */
export const MOST_ON_PATH = 31;

/** Larger ones XGBoost takes for none. */
const XGBOOST_MOST_CATEGORY = 16_777_216;

/**
 * Whether a category goes left. XGBoost takes what is below 0 or too large, and what no split names, left; LightGBM
 * right, and what is missing too.
 */
export function goesLeftBySet(
  { categories, goLeft }: CategorySplit,
  value: number,
): boolean {
  // LightGBM cuts off before it looks for the sign, XGBoost after.
  const isNone = goLeft
    ? !(Math.trunc(value) >= 0)
    : value < 0 || value >= XGBOOST_MOST_CATEGORY;
  const isNamed = !isNone && categories.has(Math.trunc(value));
  return isNamed === goLeft;
}
