import {
  MISSING_IS_ZERO,
  NONE_MISSING,
  Tree,
  TreeEnsemble,
} from '../trees/TreeEnsemble';

/** What LightGBM takes for zero. */
const ZERO = 1e-35;

/**
 * SHAP values by their definition: every set of features, tree by tree, whose values add up. A tree is asked for sets of
 * the features that it splits by: to others it gives nothing. For tests of small trees; it shares nothing with the way in
 * which they are computed otherwise.
 *
 * @param background - without it path-dependent.
 */
export function bruteForceShap(
  ensemble: TreeEnsemble,
  row: number[],
  background?: number[][],
): number[][] {
  const values = ensemble.offsets.map(() => row.map(() => 0));
  for (const tree of ensemble.trees) {
    const used = [...new Set(tree.feature)].filter(feature => feature >= 0);
    const game: Game = { tree, compare: ensemble.compare, bits: new Map() };
    for (const [place, feature] of used.entries()) {
      game.bits.set(feature, 1 << place);
    }
    const worths = Array.from({ length: 2 ** used.length }, (_, known) =>
      background
        ? background.reduce(
            (sum, other) => sum + worth(game, 0, row, known, other),
            0,
          ) / background.length
        : worth(game, 0, row, known),
    );
    for (const [feature, bit] of game.bits) {
      values[tree.output][feature] += shapley(worths, bit, used.length);
    }
  }
  return values;
}

interface Game {
  tree: Tree;
  compare: TreeEnsemble['compare'];
  /** Of a feature in a set. */
  bits: Map<number, number>;
}

/** What a player adds to the sets without it, by the orders in which the players may come. */
function shapley(worths: number[], player: number, players: number): number {
  let sum = 0;
  for (let known = 0; known < worths.length; known++) {
    if (!(known & player)) {
      const size = [...known.toString(2)].filter(bit => bit === '1').length;
      sum +=
        ((factorial(size) * factorial(players - size - 1)) /
          factorial(players)) *
        (worths[known | player] - worths[known]);
    }
  }
  return sum;
}

/** What a tree gives where only some features are known: the others are those of another row, or go both ways. */
function worth(
  game: Game,
  node: number,
  row: number[],
  known: number,
  other?: number[],
): number {
  const { tree, bits } = game;
  const feature = tree.feature[node];
  if (feature < 0) {
    return tree.value[node];
  }
  const [left, right] = [tree.left[node], tree.right[node]];
  const source = known & (bits.get(feature) ?? 0) ? row : other;
  if (source) {
    const next = goesLeft(game, node, source[feature]) ? left : right;
    return worth(game, next, row, known, other);
  }
  const a = tree.cover[left];
  const b = tree.cover[right];
  return (
    (worth(game, left, row, known) * a + worth(game, right, row, known) * b) /
    (a + b)
  );
}

function goesLeft({ tree, compare }: Game, node: number, value: number) {
  const split = tree.bySet?.get(node);
  if (split && !Number.isNaN(value)) {
    return split.categories.has(value) === split.goLeft;
  }
  if (split?.goLeft) {
    return false;
  }
  const kind = tree.missing[node];
  if (kind === NONE_MISSING && Number.isNaN(value)) {
    return tree.threshold[node] >= 0;
  }
  const isZero = kind === MISSING_IS_ZERO && Math.abs(value) <= ZERO;
  if (Number.isNaN(value) || isZero) {
    return tree.missingLeft[node] === 1;
  }
  return compare === 'float32 <'
    ? Math.fround(value) < tree.threshold[node]
    : value <= tree.threshold[node];
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
