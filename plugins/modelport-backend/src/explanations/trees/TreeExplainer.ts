import { LeafWeights } from './LeafWeights';
import { PreparedTrees, prepareTrees } from './prepareTrees';
import {
  goesLeftBySet,
  MISSING_IS_ZERO,
  NONE_MISSING,
  TreeEnsemble,
} from './TreeEnsemble';

/** All bits set: every decision on the way was for it. */
const ALL = 0x7fffffff;
/** LightGBM takes smaller values for zero. */
const ZERO = 1e-35;

/** The explanation of a row: contributions by feature, one list an output. */
export interface ExplainedMargin {
  margins: Float64Array;
  contributions: Float64Array[];
}

/**
 * Exact SHAP values of trees, in the margin.
 *
 * For each leaf the features on the way to it form a game of their own: a row satisfies the conditions of some of
 * them and not of others. Path-dependent values weigh what isn't satisfied by the share of training rows (S. Lundberg
 * et al., "Consistent individualized feature attribution for tree ensembles", 2018; the figures of XGBoost's and
 * LightGBM's `pred_contribs`); interventional ones by the rows of a background (S. Lundberg et al., Nature Machine
 * Intelligence 2, 2020). Which conditions a row satisfies is held in the bits of a number, and the weights for a leaf
 * and such a number are kept, since most rows share them (as in J. Yang, "Fast TreeSHAP", 2021).
 */
export class TreeExplainer {
  private readonly trees: PreparedTrees;
  private readonly weights: LeafWeights;
  private readonly masks: Int32Array;
  private readonly goesLeft: Uint8Array;
  private readonly hasSets: boolean;

  /** @throws `Error` where a path has more different features than are explained. */
  constructor(readonly ensemble: TreeEnsemble) {
    this.trees = prepareTrees(ensemble);
    this.weights = new LeafWeights(this.trees.leaves);
    this.masks = new Int32Array(this.trees.nodes);
    this.goesLeft = new Uint8Array(this.trees.nodes);
    this.hasSets = this.trees.bySet.size > 0;
  }

  /** The mean margin of the training rows by their cover, one an output. */
  baseValues(): Float64Array {
    const { leaves } = this.trees;
    const base = Float64Array.from(this.ensemble.offsets);
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      let share = 1;
      for (
        let slot = leaves.start[leaf];
        slot < leaves.start[leaf + 1];
        slot++
      ) {
        share *= leaves.slotShare[slot];
      }
      base[leaves.output[leaf]] += leaves.value[leaf] * share;
    }
    return base;
  }

  /** @param row - one number a feature; NaN is missing. */
  explain(row: ArrayLike<number>): ExplainedMargin {
    const { leaves } = this.trees;
    const leafMasks = this.leafMasks(row);
    const result = this.empty();
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      const start = leaves.start[leaf];
      const width = leaves.start[leaf + 1] - start;
      const output = leaves.output[leaf];
      const mask = leafMasks[leaf];
      if (mask === fullMask(width)) {
        result.margins[output] += leaves.value[leaf];
      }
      if (width > 0) {
        this.weights.add(leaf, mask, result.contributions[output]);
      }
    }
    return result;
  }

  /** Which decisions on the way to each leaf a row makes; one number a leaf. */
  leafMasks(row: ArrayLike<number>): Int32Array {
    const { nodes, parent, isLeft, bit, feature, leaf, leaves } = this.trees;
    const { masks, goesLeft } = this;
    const found = new Int32Array(leaves.count);
    const values = this.compared(row);
    for (let node = 0; node < nodes; node++) {
      const above = parent[node];
      let mask = ALL;
      if (above >= 0) {
        mask =
          goesLeft[above] === isLeft[node]
            ? masks[above]
            : masks[above] & ~bit[node];
      }
      masks[node] = mask;
      if (feature[node] >= 0) {
        goesLeft[node] = this.decide(node, values[feature[node]]);
      } else {
        const at = leaf[node];
        found[at] = mask & fullMask(leaves.start[at + 1] - leaves.start[at]);
      }
    }
    return found;
  }

  /**
   * Against a background: what changes where a row's values take the place of those of a background row, on average.
   *
   * @returns explanations of the rows, and the mean margin of the background.
   */
  explainAgainst(
    rows: ReadonlyArray<ArrayLike<number>>,
    background: ReadonlyArray<ArrayLike<number>>,
  ): { rows: ExplainedMargin[]; baseValues: Float64Array } {
    const { leaves } = this.trees;
    const others = background.map(row => this.leafMasks(row));
    const baseValues = Float64Array.from(this.ensemble.offsets);
    const explained = rows.map(row => ({
      ...this.empty(),
      masks: this.leafMasks(row),
    }));
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      const start = leaves.start[leaf];
      const full = fullMask(leaves.start[leaf + 1] - start);
      const output = leaves.output[leaf];
      const value = leaves.value[leaf];
      for (const other of others) {
        if (other[leaf] === full) {
          baseValues[output] += value / others.length;
        }
      }
      for (const { masks, margins, contributions } of explained) {
        if (masks[leaf] === full) {
          margins[output] += value;
        }
        for (const other of others) {
          if (
            (masks[leaf] | other[leaf]) === full &&
            masks[leaf] !== other[leaf]
          ) {
            addSwapped(
              contributions[output],
              leaves.slotFeature,
              start,
              masks[leaf],
              other[leaf],
              value / others.length,
            );
          }
        }
      }
    }
    return {
      rows: explained.map(({ margins, contributions }) => ({
        margins,
        contributions,
      })),
      baseValues,
    };
  }

  private empty(): ExplainedMargin {
    const { features, offsets } = this.ensemble;
    return {
      margins: Float64Array.from(offsets),
      contributions: offsets.map(() => new Float64Array(features.length)),
    };
  }

  private compared(row: ArrayLike<number>): Float64Array {
    return this.ensemble.compare === 'float32 <'
      ? Float64Array.from(row, Math.fround)
      : Float64Array.from(row);
  }

  private decide(node: number, value: number): number {
    const { bySet, threshold, missing, missingLeft } = this.trees;
    const split = this.hasSets ? bySet.get(node) : undefined;
    if (split) {
      // LightGBM has no other way for what is missing.
      return Number.isNaN(value) && !split.goLeft
        ? missingLeft[node]
        : Number(goesLeftBySet(split, value));
    }
    if (this.ensemble.compare === 'float32 <') {
      return !Number.isNaN(value)
        ? Number(value < threshold[node])
        : missingLeft[node];
    }
    const isMissing = Number.isNaN(value);
    switch (missing[node]) {
      case NONE_MISSING:
        return Number((isMissing ? 0 : value) <= threshold[node]);
      case MISSING_IS_ZERO:
        return isMissing || Math.abs(value) <= ZERO
          ? missingLeft[node]
          : Number(value <= threshold[node]);
      default:
        return isMissing ? missingLeft[node] : Number(value <= threshold[node]);
    }
  }
}

function fullMask(width: number): number {
  return ALL >>> (31 - width);
}

/** Shapley values of a leaf that is reached where all of `mine` come from one row and all of `theirs` from another. */
function addSwapped(
  contributions: Float64Array,
  slotFeature: Int32Array,
  start: number,
  mask: number,
  other: number,
  value: number,
): void {
  const mine = mask & ~other;
  const theirs = other & ~mask;
  const p = bitCount(mine);
  const q = bitCount(theirs);
  // (p-1)! q! / (p+q)! and p! (q-1)! / (p+q)!
  const all = binomial(p + q, p);
  const gain = p > 0 ? value / (p * all) : 0;
  const loss = q > 0 ? value / (q * all) : 0;
  for (
    let slot = start, bits = mine | theirs;
    bits !== 0;
    slot++, bits >>>= 1
  ) {
    const bit = 1 << (slot - start);
    if (mine & bit) {
      contributions[slotFeature[slot]] += gain;
    } else if (theirs & bit) {
      contributions[slotFeature[slot]] -= loss;
    }
  }
}

function bitCount(mask: number): number {
  let count = 0;
  for (let bits = mask; bits !== 0; bits &= bits - 1) {
    count++;
  }
  return count;
}

const BINOMIALS: number[][] = [[1]];
for (let n = 1; n <= 31; n++) {
  const row = [1];
  for (let k = 1; k <= n; k++) {
    row.push((BINOMIALS[n - 1][k - 1] ?? 0) + (BINOMIALS[n - 1][k] ?? 0));
  }
  BINOMIALS.push(row);
}

function binomial(n: number, k: number): number {
  return BINOMIALS[n][k];
}
