import { Tree, TreeEnsemble } from '../trees/TreeEnsemble';

/**
 * SHAP values by their definition: every set of features, every tree. For tests of few features; it shares nothing with
 * the way in which they are computed otherwise.
 *
 * @param background - without it path-dependent.
 */
export function bruteForceShap(
  ensemble: TreeEnsemble,
  row: number[],
  background?: number[][],
): number[][] {
  const n = ensemble.features.length;
  const worth = (known: number) => {
    const sums = [...ensemble.offsets];
    for (const tree of ensemble.trees) {
      sums[tree.output] += background
        ? background.reduce(
            (sum, other) =>
              sum +
              valueOf(
                tree,
                0,
                row.map((value, i) => (known & (1 << i) ? value : other[i])),
              ) /
                background.length,
            0,
          )
        : expected(tree, 0, row, known);
    }
    return sums;
  };
  const worths = Array.from({ length: 2 ** n }, (_, known) => worth(known));
  return ensemble.offsets.map((_offset, output) =>
    row.map((_value, feature) => {
      let sum = 0;
      for (let known = 0; known < 2 ** n; known++) {
        if (!(known & (1 << feature))) {
          const size = [...known.toString(2)].filter(bit => bit === '1').length;
          sum +=
            ((factorial(size) * factorial(n - size - 1)) / factorial(n)) *
            (worths[known | (1 << feature)][output] - worths[known][output]);
        }
      }
      return sum;
    }),
  );
}

function goesLeft(tree: Tree, node: number, value: number): boolean {
  const split = tree.bySet?.get(node);
  if (split && !Number.isNaN(value)) {
    return split.categories.has(value) === split.goLeft;
  }
  if (split?.goLeft) {
    return false;
  }
  return Number.isNaN(value)
    ? tree.missingLeft[node] === 1
    : Math.fround(value) < tree.threshold[node];
}

function valueOf(tree: Tree, node: number, row: number[]): number {
  const feature = tree.feature[node];
  return feature < 0
    ? tree.value[node]
    : valueOf(
        tree,
        goesLeft(tree, node, row[feature]) ? tree.left[node] : tree.right[node],
        row,
      );
}

function expected(
  tree: Tree,
  node: number,
  row: number[],
  known: number,
): number {
  const feature = tree.feature[node];
  if (feature < 0) {
    return tree.value[node];
  }
  const [left, right] = [tree.left[node], tree.right[node]];
  if (known & (1 << feature)) {
    return expected(
      tree,
      goesLeft(tree, node, row[feature]) ? left : right,
      row,
      known,
    );
  }
  const a = tree.cover[left];
  const b = tree.cover[right];
  return (
    (expected(tree, left, row, known) * a +
      expected(tree, right, row, known) * b) /
    (a + b)
  );
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
