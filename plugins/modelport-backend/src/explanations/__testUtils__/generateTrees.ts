import { seededRandom } from '@modelport/plugin-modelport-common';
import { MISSING_IS_NAN, Tree, TreeEnsemble } from '../trees/TreeEnsemble';

/** Trees of random shape that use the same feature again and again, with covers that add up. */
export function generateTrees(options: {
  seed: number;
  features: number;
  trees: number;
  depth: number;
  outputs: number;
}): TreeEnsemble {
  const random = seededRandom(options.seed);
  const below = (most: number) => Math.floor(random() * most);
  const grow = (output: number): Tree => {
    const nodes: Array<{
      feature: number;
      threshold: number;
      left: number;
      right: number;
      missingLeft: number;
      value: number;
      cover: number;
    }> = [];
    const add = (depth: number, cover: number): number => {
      const at = nodes.length;
      const isLeaf = depth === 0 || cover < 4 || random() < 0.1;
      const node = {
        feature: isLeaf ? -1 : below(options.features),
        threshold: Math.fround(random() * 2 - 1),
        left: -1,
        right: -1,
        missingLeft: below(2),
        value: isLeaf ? random() * 4 - 2 : 0,
        cover,
      };
      nodes.push(node);
      if (!isLeaf) {
        const share = 1 + below(cover - 1);
        node.left = add(depth - 1, share);
        node.right = add(depth - 1, cover - share);
      }
      return at;
    };
    add(options.depth, 1000);
    const column = (key: keyof (typeof nodes)[number]) =>
      nodes.map(node => node[key]);
    return {
      feature: Int32Array.from(column('feature')),
      threshold: Float64Array.from(column('threshold')),
      left: Int32Array.from(column('left')),
      right: Int32Array.from(column('right')),
      missingLeft: Uint8Array.from(column('missingLeft')),
      missing: new Uint8Array(nodes.length).fill(MISSING_IS_NAN),
      value: Float64Array.from(column('value')),
      cover: Float64Array.from(column('cover')),
      output,
    };
  };
  return {
    format: 'XGBoost JSON',
    features: Array.from({ length: options.features }, (_, i) => `f${i}`),
    outputs: options.outputs,
    offsets: Array.from({ length: options.outputs }, () => random()),
    trees: Array.from({ length: options.trees }, (_, i) =>
      grow(i % options.outputs),
    ),
    link: 'identity',
    slope: 1,
    compare: 'float32 <',
  };
}
