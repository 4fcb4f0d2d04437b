import {
  CategorySplit,
  MOST_ON_PATH,
  Tree,
  TreeEnsemble,
} from './TreeEnsemble';

/** The nodes of all trees in one row, each before its children. */
export interface PreparedTrees {
  nodes: number;
  /** -1 for roots. */
  parent: Int32Array;
  isLeft: Uint8Array;
  /** The bit of the parent's feature on this path. */
  bit: Int32Array;
  /** -1 for leaves. */
  feature: Int32Array;
  threshold: Float64Array;
  missing: Uint8Array;
  missingLeft: Uint8Array;
  /** Of nodes that split by category. */
  bySet: ReadonlyMap<number, CategorySplit>;
  /** Place among the leaves; -1 for others. */
  leaf: Int32Array;
  leaves: PreparedLeaves;
}

/** Leaves with the different features on the way to them, and the share of training rows that each lets through. */
export interface PreparedLeaves {
  count: number;
  value: Float64Array;
  output: Int32Array;
  /** Where the features of a leaf start in `slotFeature` and `slotShare`; one more than there are leaves. */
  start: Int32Array;
  slotFeature: Int32Array;
  slotShare: Float64Array;
}

interface Step {
  node: number;
  parent: number;
  isLeft: boolean;
  bit: number;
  /** Features on the path with their shares, in the order in which they are met first. */
  path: ReadonlyArray<{ feature: number; share: number }>;
}

/**
 * Lays the trees out so that all decisions for a row are made in one pass.
 *
 * @throws `Error` where a path has more different features than are explained.
 */
export function prepareTrees({ trees }: TreeEnsemble): PreparedTrees {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const prepared = {
    parent: new Int32Array(nodes),
    isLeft: new Uint8Array(nodes),
    bit: new Int32Array(nodes),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    missing: new Uint8Array(nodes),
    missingLeft: new Uint8Array(nodes),
    leaf: new Int32Array(nodes).fill(-1),
  };
  const bySet = new Map<number, CategorySplit>();
  const values: number[] = [];
  const outputs: number[] = [];
  const starts: number[] = [0];
  const slotFeature: number[] = [];
  const slotShare: number[] = [];
  let next = 0;
  for (const tree of trees) {
    const covers = coversOf(tree);
    const pending: Step[] = [
      { node: 0, parent: -1, isLeft: false, bit: 0, path: [] },
    ];
    while (pending.length > 0) {
      const step = pending.pop();
      if (!step) {
        break;
      }
      const { node, path } = step;
      const at = next++;
      const feature = tree.feature[node];
      prepared.parent[at] = step.parent;
      prepared.isLeft[at] = step.isLeft ? 1 : 0;
      prepared.bit[at] = step.bit;
      prepared.feature[at] = feature;
      prepared.threshold[at] = tree.threshold[node];
      prepared.missing[at] = tree.missing[node];
      prepared.missingLeft[at] = tree.missingLeft[node];
      const split = tree.bySet?.get(node);
      if (split) {
        bySet.set(at, split);
      }
      if (feature < 0) {
        prepared.leaf[at] = values.length;
        values.push(tree.value[node]);
        outputs.push(tree.output);
        for (const slot of path) {
          slotFeature.push(slot.feature);
          slotShare.push(slot.share);
        }
        starts.push(slotFeature.length);
      } else {
        const known = path.findIndex(slot => slot.feature === feature);
        const slot = known >= 0 ? known : path.length;
        if (slot >= MOST_ON_PATH) {
          throw new Error(
            `A path has more than ${MOST_ON_PATH} different features, which is not explained`,
          );
        }
        for (const child of [tree.right[node], tree.left[node]]) {
          pending.push({
            node: child,
            parent: at,
            isLeft: child === tree.left[node],
            bit: 2 ** slot,
            path: extended(path, slot, feature, covers[child] / covers[node]),
          });
        }
      }
    }
  }
  return {
    ...prepared,
    bySet,
    nodes: next,
    leaves: {
      count: values.length,
      value: Float64Array.from(values),
      output: Int32Array.from(outputs),
      start: Int32Array.from(starts),
      slotFeature: Int32Array.from(slotFeature),
      slotShare: Float64Array.from(slotShare),
    },
  };
}

/** Covers of nodes as the sum of their leaves', so that shares add up to 1; even where no row ever came by. */
function coversOf(tree: Tree): Float64Array {
  const covers = Float64Array.from(tree.cover);
  const order: number[] = [];
  const pending = [0];
  while (pending.length > 0) {
    const node = pending.pop() ?? 0;
    order.push(node);
    if (tree.feature[node] >= 0) {
      pending.push(tree.left[node], tree.right[node]);
    }
  }
  for (const node of order.reverse()) {
    if (tree.feature[node] >= 0) {
      covers[node] = covers[tree.left[node]] + covers[tree.right[node]];
      if (covers[node] === 0) {
        throw new Error(
          `Node ${node} of a tree was reached by no training row; the shares of its children are not known`,
        );
      }
    }
  }
  return covers;
}

function extended(
  path: Step['path'],
  slot: number,
  feature: number,
  share: number,
): Step['path'] {
  return slot < path.length
    ? path.map((one, place) =>
        place === slot ? { feature, share: one.share * share } : one,
      )
    : [...path, { feature, share }];
}
