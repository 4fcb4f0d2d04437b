import { Item, Link } from './layeredLayout';
import { BOX_GAP, BOX_HEIGHT, LINE_GAP } from './sizes';
import { spread } from './spread';

/** Passes over the columns that bring neighbours near each other. */
const SWEEPS = 6;
/** How much more a line wants to stay level than a box wants to stand beside its neighbours. */
const LEVEL = 8;

/**
 * The height of the middle of each item in whole pixels, the topmost box or line at 0: items of a column one below the other, in an order
 * in which few edges cross, near to their neighbours.
 */
export function orderAndSpread(items: Item[], links: Link[]): number[] {
  const columns: number[][] = [];
  items.forEach(({ column }, item) => (columns[column] ??= []).push(item));
  const before = items.map((): number[] => []);
  const after = items.map((): number[] => []);
  for (const [left, right] of links) {
    after[left].push(right);
    before[right].push(left);
  }
  const around = items.map((_, item) => [...before[item], ...after[item]]);
  const heights: number[] = items.map(() => 0);
  const number = (column: number[]) =>
    column.forEach((item, row) => {
      heights[item] = row - column.length / 2;
    });
  columns.forEach(number);
  const sweep = (run: (column: number[], sides: number[][]) => void) => {
    columns.forEach(column => run(column, before));
    [...columns].reverse().forEach(column => run(column, after));
  };
  for (let pass = 0; pass < SWEEPS / 2; pass++) {
    sweep((column, sides) => {
      const middle = new Map(
        column.map(item => [item, meanOf(sides[item], item)]),
      );
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      number(column);
    });
  }

  function meanOf(others: number[], item: number): number {
    if (others.length === 0) {
      return heights[item];
    }
    return (
      others.reduce((sum, other) => sum + heights[other], 0) / others.length
    );
  }

  function wantedBy(item: number): number {
    let [sum, weights] = [0, 0];
    for (const other of around[item]) {
      const weight = items[item].isBox || items[other].isBox ? 1 : LEVEL;
      sum += heights[other] * weight;
      weights += weight;
    }
    return weights === 0 ? heights[item] : sum / weights;
  }

  const distancesOf = (column: number[]) =>
    column
      .slice(1)
      .map((item, index) => distance(items[column[index]], items[item]));
  const settle = (column: number[], wanted: number[]) =>
    spread(wanted, distancesOf(column)).forEach((height, index) => {
      heights[column[index]] = height;
    });
  for (const column of columns) {
    settle(
      column,
      column.map(() => 0),
    );
  }
  for (let pass = 0; pass < SWEEPS; pass++) {
    sweep(column => settle(column, column.map(wantedBy)));
  }
  const top = items.reduce(
    (least, { isBox }, item) =>
      Math.min(least, heights[item] - (isBox ? BOX_HEIGHT / 2 : 0)),
    Infinity,
  );
  return heights.map(height => Math.round(height - top));
}

/** From the middle of an item to that of the one below it. */
function distance(above: Item, below: Item): number {
  const halves = [above, below].map(({ isBox }) =>
    isBox ? BOX_HEIGHT / 2 : 0,
  );
  return (
    halves[0] + halves[1] + (above.isBox && below.isBox ? BOX_GAP : LINE_GAP)
  );
}
