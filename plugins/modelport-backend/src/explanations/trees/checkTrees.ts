import { MOST_FEATURES, MOST_NODES, Tree, TreeEnsemble } from './TreeEnsemble';

/**
 * Refuses models whose trees are none: nodes met twice or never ending, children and features that are not there,
 * thresholds and values that are no numbers.
 *
 * @throws `Error` that names the tree and node.
 */
export function checkTrees(ensemble: TreeEnsemble): TreeEnsemble {
  const { features, trees, outputs } = ensemble;
  if (features.length === 0 || features.length > MOST_FEATURES) {
    throw new Error(
      `It has ${features.length} features; expected 1 to ${MOST_FEATURES}`,
    );
  }
  if (new Set(features).size !== features.length) {
    throw new Error('Two of its features have the same name');
  }
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  if (nodes > MOST_NODES) {
    throw new Error(`It has ${nodes} nodes; at most ${MOST_NODES} are read`);
  }
  for (const [place, tree] of trees.entries()) {
    if (!(tree.output >= 0 && tree.output < outputs)) {
      throw new Error(
        `Tree ${place} adds to output ${tree.output}, which is none`,
      );
    }
    checkTree(tree, place, features.length);
  }
  return ensemble;
}

function checkTree(tree: Tree, place: number, features: number): void {
  const size = tree.feature.length;
  const met = new Uint8Array(size);
  const pending = [0];
  while (pending.length > 0) {
    const node = pending.pop() ?? 0;
    const where = `Tree ${place}, node ${node}`;
    if (!(node >= 0 && node < size)) {
      throw new Error(`${where}: there is no such node`);
    }
    if (met[node]) {
      throw new Error(`${where}: it is reached twice, so this is no tree`);
    }
    met[node] = 1;
    if (!(tree.cover[node] >= 0) || tree.cover[node] === Infinity) {
      throw new Error(`${where}: its cover is ${tree.cover[node]}`);
    }
    if (tree.feature[node] < 0) {
      if (!Number.isFinite(tree.value[node])) {
        throw new Error(`${where}: its value is ${tree.value[node]}`);
      }
      if (tree.left[node] !== -1 || tree.right[node] !== -1) {
        throw new Error(
          `${where}: it has children, and there is no feature ${tree.feature[node]}`,
        );
      }
    } else {
      if (tree.feature[node] >= features) {
        throw new Error(`${where}: there is no feature ${tree.feature[node]}`);
      }
      if (!tree.bySet?.has(node) && Number.isNaN(tree.threshold[node])) {
        throw new Error(`${where}: its threshold is NaN`);
      }
      pending.push(tree.left[node], tree.right[node]);
    }
  }
}
