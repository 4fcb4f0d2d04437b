/** Cells of equal width between the inner edges, each of which knows the bin that it begins in. */
const CELLS = 256;

/** Finds the bins `[lo, hi)` of numbers; the outer ones are open. */
export class BinFinder {
  private readonly first = new Int32Array(CELLS + 1);
  private readonly low: number;
  private readonly scale: number;
  private readonly last: number;

  constructor(private readonly edges: Float64Array) {
    this.last = Math.max(0, edges.length - 2);
    this.low = edges[1] ?? 0;
    const width = (edges[this.last] ?? 0) - this.low;
    const scale = CELLS / width;
    // Of edges that are too near or too far from each other, every number begins at the first bin.
    this.scale = Number.isFinite(scale) && scale > 0 ? scale : 0;
    for (let cell = 0; this.scale > 0 && cell <= CELLS; cell++) {
      this.first[cell] = this.from(this.low + cell / this.scale, 0);
    }
  }

  /** The bin of a finite number. */
  find(value: number): number {
    const cell = (value - this.low) * this.scale;
    const begin = Math.floor(Math.min(CELLS, Math.max(0, cell)));
    return this.from(value, this.first[begin]);
  }

  private from(value: number, begin: number): number {
    const { edges, last } = this;
    let bin = begin;
    while (bin < last && value >= edges[bin + 1]) {
      bin++;
    }
    while (bin > 0 && value < edges[bin]) {
      bin--;
    }
    return bin;
  }
}
