import { checkTrees } from './checkTrees';
import {
  Link,
  MISSING_IS_NAN,
  MISSING_IS_ZERO,
  MOST_FEATURES,
  MOST_NODES,
  MOST_OUTPUTS,
  NONE_MISSING,
  Tree,
  TreeEnsemble,
} from './TreeEnsemble';

const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;

/**
 * Reads a model of LightGBM from its text.
 *
 * @throws `Error` that says what is wrong, or what of it can't be explained.
 */
export function readLightgbm(text: string): TreeEnsemble {
  const [head, ...rest] = text.split(/^Tree=\d+\s*$/m);
  const settings = settingsOf(head);
  if (!/^tree\s*$/m.test(head.slice(0, 100))) {
    throw new Error(
      'It is no model of LightGBM: it does not start with "tree"',
    );
  }
  const features = (settings.get('feature_names') ?? '').split(' ');
  const outputs = Number(settings.get('num_tree_per_iteration') ?? 1);
  if (!(outputs >= 1 && outputs <= MOST_OUTPUTS)) {
    throw new Error(`It has ${outputs} outputs; expected 1 to ${MOST_OUTPUTS}`);
  }
  if (features.length > MOST_FEATURES) {
    throw new Error(
      `It has ${features.length} features; at most ${MOST_FEATURES}`,
    );
  }
  const objective = settings.get('objective') ?? '';
  const averaged = /^average_output\s*$/m.test(head);
  const share = averaged ? outputs / Math.max(1, rest.length) : 1;
  const link = linkOf(objective);
  return checkTrees({
    format: 'LightGBM text',
    features,
    outputs,
    offsets: new Array<number>(outputs).fill(0),
    trees: rest.map((block, place) =>
      toTree(
        settingsOf(block.split(/^end of trees/m)[0]),
        place,
        place % outputs,
        share,
      ),
    ),
    link,
    slope: Number(/sigmoid:([\d.e+-]+)/.exec(objective)?.[1] ?? 1),
    compare: 'float64 <=',
  });
}

function toTree(
  settings: Map<string, string>,
  place: number,
  output: number,
  share: number,
): Tree {
  const leaves = Number(settings.get('num_leaves'));
  if (!(leaves >= 1 && leaves <= MOST_NODES)) {
    throw new Error(`Tree ${place}: it has ${leaves} leaves`);
  }
  if (settings.get('is_linear') === '1') {
    throw new Error('Leaves with linear models are not explained');
  }
  const inner = leaves - 1;
  const list = (name: string, length: number) => {
    const numbers = (settings.get(name) ?? '')
      .split(' ')
      .filter(Boolean)
      .map(Number);
    if (numbers.length !== length) {
      throw new Error(
        `Tree ${place}: ${name} has ${numbers.length} entries, expected ${length}`,
      );
    }
    return numbers;
  };
  const decisions = list('decision_type', inner);
  if (decisions.some(type => type & CATEGORICAL)) {
    throw new Error('Splits by category are not explained');
  }
  // Inner nodes first, then the leaves: a child -1 is the first leaf.
  const child = (node: number) => (node >= 0 ? node : inner - node - 1);
  const none = new Array<number>(leaves).fill(-1);
  const features = list('split_feature', inner);
  const leafCounts =
    leaves > 1 ? list('leaf_count', leaves) : new Array<number>(leaves).fill(1);
  return {
    feature: Int32Array.from([...features, ...none]),
    threshold: Float64Array.from([
      ...list('threshold', inner),
      ...none.map(() => 0),
    ]),
    left: Int32Array.from([...list('left_child', inner).map(child), ...none]),
    right: Int32Array.from([...list('right_child', inner).map(child), ...none]),
    missingLeft: Uint8Array.from([
      ...decisions.map(type => (type & DEFAULT_LEFT ? 1 : 0)),
      ...none.map(() => 0),
    ]),
    missing: Uint8Array.from([
      ...decisions.map(
        type =>
          [NONE_MISSING, MISSING_IS_ZERO, MISSING_IS_NAN, MISSING_IS_NAN][
            (type >> 2) & 3
          ],
      ),
      ...none.map(() => 0),
    ]),
    value: Float64Array.from([
      ...features.map(() => 0),
      ...list('leaf_value', leaves).map(value => value * share),
    ]),
    cover: Float64Array.from([...list('internal_count', inner), ...leafCounts]),
    output,
  };
}

function settingsOf(block: string): Map<string, string> {
  return new Map(
    block.split('\n').flatMap(line => {
      const at = line.indexOf('=');
      return at < 0
        ? []
        : [[line.slice(0, at), line.slice(at + 1).trim()] as const];
    }),
  );
}

function linkOf(objective: string): Link {
  const [name] = objective.split(' ');
  switch (name) {
    case 'binary':
    case 'cross_entropy':
    case 'multiclassova':
      return 'logit';
    case 'multiclass':
      return 'softmax';
    case 'poisson':
    case 'gamma':
    case 'tweedie':
      return 'log';
    case '':
      return 'unknown';
    default:
      return 'identity';
  }
}
