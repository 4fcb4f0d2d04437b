import { PreparedLeaves } from './prepareTrees';

/** Leaves with more features on their way keep their weights in a map. */
const MOST_IN_TABLE = 8;
/** Numbers kept; beyond, weights are computed anew for every row. */
const MOST_KEPT = 8_000_000;
const FIRST_KEPT = 65_536;
/** Places of all tables together, which lie outside of a worker's limit of memory; further leaves have maps. */
const MOST_PLACES = 32_000_000;

/** Path-dependent Shapley values of each leaf, by which conditions on the way to it a row satisfies. */
export class LeafWeights {
  private readonly tables: Int32Array;
  private readonly tableStart: Int32Array;
  private readonly maps: Array<Map<number, number> | undefined> = [];
  private kept = new Float64Array(FIRST_KEPT);
  private used = 1;
  private readonly scratch = new Float64Array(64);

  constructor(
    private readonly leaves: PreparedLeaves,
    options = { mostPlaces: MOST_PLACES },
  ) {
    this.tableStart = new Int32Array(leaves.count + 1);
    let size = 0;
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      const width = leaves.start[leaf + 1] - leaves.start[leaf];
      this.tableStart[leaf] = size;
      const places = width <= MOST_IN_TABLE ? 2 ** width : 0;
      size += size + places <= options.mostPlaces ? places : 0;
    }
    this.tableStart[leaves.count] = size;
    // 0 is "not computed yet": the first place is never given away.
    this.tables = new Int32Array(size);
  }

  /** Adds what a leaf contributes to each feature. */
  add(leaf: number, mask: number, contributions: Float64Array): void {
    const { start, slotFeature } = this.leaves;
    const first = start[leaf];
    const width = start[leaf + 1] - first;
    const isTable = this.tableStart[leaf + 1] > this.tableStart[leaf];
    let at = isTable
      ? this.tables[this.tableStart[leaf] + mask]
      : this.maps[leaf]?.get(mask) ?? 0;
    let from = this.kept;
    if (at === 0) {
      if (this.reserve(width)) {
        at = this.used;
        this.used += width;
        from = this.kept;
        this.compute(leaf, mask, from, at);
        if (isTable) {
          this.tables[this.tableStart[leaf] + mask] = at;
        } else {
          const map = this.maps[leaf] ?? new Map<number, number>();
          map.set(mask, at);
          this.maps[leaf] = map;
        }
      } else {
        from = new Float64Array(width);
        this.compute(leaf, mask, from, 0);
      }
    }
    for (let slot = 0; slot < width; slot++) {
      contributions[slotFeature[first + slot]] += from[at + slot];
    }
  }

  private reserve(width: number): boolean {
    if (this.used + width > this.kept.length) {
      if (this.kept.length >= MOST_KEPT) {
        return false;
      }
      const larger = new Float64Array(this.kept.length * 2);
      larger.set(this.kept);
      this.kept = larger;
    }
    return true;
  }

  /**
   * The Shapley values of a leaf. With H the satisfied conditions, of which feature i has the share z_i of training rows,
   * the sets that reach the leaf are counted by the coefficients of the product of (t + z_j) over H; a satisfied feature
   * leaves that product by division.
   */
  private compute(
    leaf: number,
    mask: number,
    out: Float64Array,
    at: number,
  ): void {
    const { start, slotShare, value } = this.leaves;
    const first = start[leaf];
    const width = start[leaf + 1] - first;
    const product = this.scratch;
    product[0] = 1;
    let degree = 0;
    for (let slot = 0; slot < width; slot++) {
      if (mask & (1 << slot)) {
        const share = slotShare[first + slot];
        product[degree + 1] = product[degree];
        for (let k = degree; k > 0; k--) {
          product[k] = product[k - 1] + share * product[k];
        }
        product[0] *= share;
        degree++;
      }
    }
    for (let slot = 0; slot < width; slot++) {
      const share = slotShare[first + slot];
      const satisfied = (mask & (1 << slot)) !== 0;
      let missed = value[leaf];
      for (let other = 0; other < width; other++) {
        if (other !== slot && !(mask & (1 << other))) {
          missed *= slotShare[first + other];
        }
      }
      out[at + slot] = satisfied
        ? missed * (1 - share) * withoutOne(product, degree, share, width)
        : -missed * share * weighted(product, degree, width);
    }
  }
}

/** The sum over k of the k-th coefficient times k! (n-1-k)! / n!. */
function weighted(product: Float64Array, degree: number, n: number): number {
  let sum = 0;
  let choose = 1;
  for (let k = 0; k <= degree; k++) {
    sum += product[k] / (n * choose);
    choose = (choose * (n - 1 - k)) / (k + 1);
  }
  return sum;
}

/** The same of the product divided by (t + share): from its highest coefficient down, which keeps errors small. */
function withoutOne(
  product: Float64Array,
  degree: number,
  share: number,
  n: number,
): number {
  let sum = 0;
  let coefficient = product[degree];
  let choose = 1;
  // Binomials (n-1 over k) from k = degree - 1 down.
  for (let k = 0; k < degree - 1; k++) {
    choose = (choose * (n - 1 - k)) / (k + 1);
  }
  for (let k = degree - 1; k >= 0; k--) {
    sum += coefficient / (n * choose);
    coefficient = product[k] - share * coefficient;
    choose = (choose * k) / (n - k);
  }
  return sum;
}
