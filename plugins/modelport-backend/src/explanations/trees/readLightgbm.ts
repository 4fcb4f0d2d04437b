import { z } from 'zod';
import { checkTrees } from './checkTrees';
import {
  CategorySplit,
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

const pandasCategories = z
  .array(z.array(z.union([z.string(), z.number(), z.boolean()])))
  .nullable();

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
    categories: categoriesOf(
      text,
      features,
      (settings.get('feature_infos') ?? '').split(' '),
    ),
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
  const thresholds = list('threshold', inner);
  // Inner nodes first, then the leaves: a child -1 is the first leaf.
  const child = (node: number) => (node >= 0 ? node : inner - node - 1);
  const none = new Array<number>(leaves).fill(-1);
  const features = list('split_feature', inner);
  const leafCounts =
    leaves > 1 ? list('leaf_count', leaves) : new Array<number>(leaves).fill(1);
  return {
    feature: Int32Array.from([...features, ...none]),
    threshold: Float64Array.from([...thresholds, ...none.map(() => 0)]),
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
    bySet: setsOf(settings, { place, decisions, thresholds }),
    value: Float64Array.from([
      ...features.map(() => 0),
      ...list('leaf_value', leaves).map(value => value * share),
    ]),
    cover: Float64Array.from([...list('internal_count', inner), ...leafCounts]),
    output,
  };
}

/** Of nodes that split by category the categories that go left: bits of 32-bit words, at the place that the threshold is. */
function setsOf(
  settings: Map<string, string>,
  of: { place: number; decisions: number[]; thresholds: number[] },
): Map<number, CategorySplit> {
  const numbers = (name: string) =>
    (settings.get(name) ?? '').split(' ').filter(Boolean).map(Number);
  const boundaries = numbers('cat_boundaries');
  const words = numbers('cat_threshold');
  const bySet = new Map<number, CategorySplit>();
  for (const [node, type] of of.decisions.entries()) {
    if (type & CATEGORICAL) {
      const [from, to] = [0, 1].map(
        next => boundaries[of.thresholds[node] + next],
      );
      if (!(from >= 0 && from <= to && to <= words.length)) {
        throw new Error(
          `Tree ${of.place}, node ${node}: its categories are not there`,
        );
      }
      const categories = new Set<number>();
      for (const [word, bits] of words.slice(from, to).entries()) {
        for (let bit = 0; bit < 32; bit++) {
          if ((bits >>> bit) & 1) {
            categories.add(word * 32 + bit);
          }
        }
      }
      bySet.set(node, { categories, goLeft: true });
    }
  }
  return bySet;
}

/** Names of categories, which LightGBM keeps of the columns of a data frame in their order. */
function categoriesOf(
  text: string,
  features: string[],
  infos: string[],
): Record<string, string[]> {
  const [, written = 'null'] = /^pandas_categorical:(.*)$/m.exec(text) ?? [];
  const lists = pandasCategories.safeParse(parseOrNull(written));
  // Numbers have a range, categories a list; a column that no tree uses has neither.
  const columns = features.filter((_name, place) =>
    /^-?\d+(:|$)/.test(infos[place] ?? ''),
  );
  return lists.success && lists.data?.length === columns.length
    ? Object.fromEntries(
        columns.map((name, place) => [
          name,
          (lists.data?.[place] ?? []).map(String),
        ]),
      )
    : {};
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
