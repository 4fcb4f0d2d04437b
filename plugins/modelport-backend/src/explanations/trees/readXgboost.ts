import { z } from 'zod';
import { checkTrees } from './checkTrees';
import {
  CategorySplit,
  Link,
  MISSING_IS_NAN,
  MOST_FEATURES,
  MOST_OUTPUTS,
  Tree,
  TreeEnsemble,
} from './TreeEnsemble';

/** Lists of numbers: of JSON, or of UBJSON's typed arrays. */
const numbers = z.union([
  z
    .array(z.union([z.number(), z.boolean()]))
    .transform(list => list.map(Number)),
  z.instanceof(Float64Array).transform(list => Array.from(list)),
]);
const list = z
  .union([z.array(z.string()), z.instanceof(Float64Array)])
  .nullish();
const text = z.union([z.string(), z.number()]).transform(String);

const treeSchema = z.object({
  left_children: numbers,
  right_children: numbers,
  split_indices: numbers,
  split_conditions: numbers,
  default_left: numbers,
  sum_hessian: numbers,
  split_type: numbers.nullish(),
  categories: numbers.nullish(),
  categories_nodes: numbers.nullish(),
  categories_segments: numbers.nullish(),
  categories_sizes: numbers.nullish(),
  tree_param: z.object({ size_leaf_vector: text.nullish() }),
});

const treesSchema = z.object({
  trees: z.array(treeSchema),
  tree_info: numbers,
});

const modelSchema = z.object({
  learner: z.object({
    feature_names: list,
    learner_model_param: z.object({
      base_score: text,
      num_class: text.nullish(),
      num_feature: text,
      num_target: text.nullish(),
    }),
    objective: z.looseObject({ name: z.string() }),
    gradient_booster: z.looseObject({
      name: z.string(),
      model: z.unknown().optional(),
      gbtree: z.looseObject({ model: z.unknown() }).nullish(),
      weight_drop: numbers.nullish(),
    }),
  }),
});

/**
 * Reads a model of XGBoost from what its JSON or UBJSON says.
 *
 * @throws `Error` that says what is wrong, or what of it can't be explained.
 */
export function readXgboost(
  content: unknown,
  format: TreeEnsemble['format'],
): TreeEnsemble {
  const parsed = modelSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `It is no model of XGBoost: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const { learner } = parsed.data;
  const { gradient_booster: booster, learner_model_param: param } = learner;
  if (booster.name !== 'gbtree' && booster.name !== 'dart') {
    throw new Error(
      `Its booster is ${booster.name}; only trees (gbtree, dart) are explained`,
    );
  }
  const model = treesSchema.safeParse(booster.model ?? booster.gbtree?.model);
  if (!model.success) {
    const [issue] = model.error.issues;
    throw new Error(
      `Its trees can't be read: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const outputs = Math.max(
    1,
    Number(param.num_class ?? 0),
    Number(param.num_target ?? 1),
  );
  const count = Number(param.num_feature);
  if (!(outputs <= MOST_OUTPUTS)) {
    throw new Error(`It has ${outputs} outputs; at most ${MOST_OUTPUTS}`);
  }
  const names = Array.isArray(learner.feature_names)
    ? learner.feature_names
    : [];
  const { trees, tree_info: info } = model.data;
  if (info.length !== trees.length) {
    throw new Error(
      `It has ${trees.length} trees, but tells of ${info.length}`,
    );
  }
  const link = linkOf(learner.objective.name);
  return checkTrees({
    format,
    features:
      names.length > 0
        ? names
        : Array.from(
            { length: Math.min(count, MOST_FEATURES) },
            (_, i) => `f${i}`,
          ),
    outputs,
    offsets: offsetsOf(param.base_score, link, outputs),
    trees: trees.map((tree, place) =>
      toTree(tree, place, info[place], booster.weight_drop?.[place] ?? 1),
    ),
    link,
    slope: 1,
    compare: 'float32 <',
  });
}

function toTree(
  tree: z.output<typeof treeSchema>,
  place: number,
  output: number,
  weight: number,
): Tree {
  if (Number(tree.tree_param.size_leaf_vector ?? 1) > 1) {
    throw new Error(
      'Leaves with several values (multi_output_tree) are not explained',
    );
  }
  const size = tree.left_children.length;
  for (const [name, part] of Object.entries(tree)) {
    if (
      Array.isArray(part) &&
      !name.startsWith('categories') &&
      part.length !== size &&
      (part.length > 0 || name !== 'split_type')
    ) {
      throw new Error(
        `Tree ${place}: ${name} has ${part.length} entries, but there are ${size} nodes`,
      );
    }
  }
  const isLeaf = (node: number) => tree.left_children[node] === -1;
  const conditions = Float64Array.from(tree.split_conditions, Math.fround);
  return {
    feature: Int32Array.from(tree.split_indices, (feature, node) =>
      isLeaf(node) ? -1 : feature,
    ),
    threshold: conditions,
    left: Int32Array.from(tree.left_children),
    right: Int32Array.from(tree.right_children),
    missingLeft: Uint8Array.from(tree.default_left),
    missing: new Uint8Array(size).fill(MISSING_IS_NAN),
    bySet: setsOf(tree, place),
    value: conditions.map((value, node) => (isLeaf(node) ? value * weight : 0)),
    cover: Float64Array.from(tree.sum_hessian),
    output,
  };
}

/** Of nodes that split by category the categories that go right. */
function setsOf(
  tree: z.output<typeof treeSchema>,
  place: number,
): Map<number, CategorySplit> {
  const { categories: all, categories_segments: starts } = tree;
  const { categories_nodes: nodes, categories_sizes: sizes } = tree;
  const bySet = new Map<number, CategorySplit>();
  for (const [at, node] of (nodes ?? []).entries()) {
    const start = starts?.[at] ?? -1;
    const size = sizes?.[at] ?? -1;
    if (!(start >= 0 && size >= 0 && start + size <= (all?.length ?? 0))) {
      throw new Error(
        `Tree ${place}, node ${node}: its categories ${start} to ${
          start + size
        } are not there`,
      );
    }
    bySet.set(node, {
      categories: new Set(all?.slice(start, start + size)),
      goLeft: false,
    });
  }
  const lost = tree.split_type?.findIndex(
    (type, node) =>
      type !== 0 && tree.left_children[node] !== -1 && !bySet.has(node),
  );
  if (lost !== undefined && lost >= 0) {
    throw new Error(
      `Tree ${place}, node ${lost}: it splits by category, and names none`,
    );
  }
  return bySet;
}

function linkOf(objective: string): Link {
  if (/^(binary:logi|reg:logistic)/.test(objective)) {
    return 'logit';
  }
  if (objective.startsWith('multi:')) {
    return 'softmax';
  }
  if (/^(count:poisson|reg:gamma|reg:tweedie|survival:)/.test(objective)) {
    return 'log';
  }
  return /^(reg:|rank:)/.test(objective) ? 'identity' : 'unknown';
}

/** The base score stands in the unit of the score, and is added in the margin. */
function offsetsOf(written: string, link: Link, outputs: number): number[] {
  const scores = written
    .replace(/[[\]\s]/g, '')
    .split(',')
    .map(Number);
  const offsets = scores.map(score => {
    switch (link) {
      case 'logit':
        return -Math.log(1 / score - 1);
      case 'log':
        return Math.log(score);
      default:
        return score;
    }
  });
  if (
    offsets.some(offset => !Number.isFinite(offset)) ||
    (offsets.length !== 1 && offsets.length !== outputs)
  ) {
    throw new Error(`Its base score is ${written.slice(0, 100)}`);
  }
  return Array.from({ length: outputs }, (_, i) => offsets[i] ?? offsets[0]);
}
