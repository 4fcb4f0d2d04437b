import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTreeModel } from './readTreeModel';
import { prepareTrees } from './prepareTrees';

const MODELS = resolve(__dirname, '../__fixtures__/trees/models');
const text = (file: string) => readFileSync(resolve(MODELS, file), 'utf8');

interface XgboostJson {
  learner: {
    gradient_booster: {
      name: string;
      model: {
        trees: Array<Record<string, number[]>>;
        tree_info: number[];
      };
    };
    learner_model_param: Record<string, string>;
  };
}

function broken(change: (model: XgboostJson) => void): Uint8Array {
  const model: XgboostJson = JSON.parse(text('regression-missing.json'));
  change(model);
  return new TextEncoder().encode(JSON.stringify(model));
}

const treeOf = (model: XgboostJson) =>
  model.learner.gradient_booster.model.trees[0];

describe('models made to hurt', () => {
  it.each<[string, (model: XgboostJson) => void, RegExp]>([
    [
      'a cycle',
      model => {
        treeOf(model).left_children[1] = 0;
      },
      /Tree 0, node 0: it is reached twice/,
    ],
    [
      'a node with two parents',
      model => {
        treeOf(model).left_children[0] = treeOf(model).right_children[0];
      },
      /reached twice/,
    ],
    [
      'a child that is not there',
      model => {
        treeOf(model).left_children[0] = 1_000_000_000;
      },
      /node 1000000000: there is no such node/,
    ],
    [
      'a feature that is not there',
      model => {
        treeOf(model).split_indices[0] = 99;
      },
      /there is no feature 99/,
    ],
    [
      'a feature below the first, which would hide what is below it',
      model => {
        treeOf(model).split_indices[0] = -1;
      },
      /Tree 0, node 0: it has children, and there is no feature -1/,
    ],
    [
      'no word on where missing values go',
      model => {
        treeOf(model).default_left = [];
      },
      /Tree 0: default_left has 0 entries/,
    ],
    [
      'lists of different lengths',
      model => {
        treeOf(model).split_conditions.pop();
      },
      /Tree 0: split_conditions has \d+ entries/,
    ],
    [
      'a cover below zero',
      model => {
        treeOf(model).sum_hessian[0] = -1;
      },
      /its cover is -1/,
    ],
    [
      'an output that is none',
      model => {
        model.learner.gradient_booster.model.tree_info[0] = 5;
      },
      /adds to output 5, which is none/,
    ],
    [
      'a billion classes',
      model => {
        model.learner.learner_model_param.num_class = '1000000000';
      },
      /It has 1000000000 outputs/,
    ],
    [
      'a linear booster',
      model => {
        model.learner.gradient_booster.name = 'gblinear';
      },
      /Its booster is gblinear; only trees/,
    ],
    [
      'splits by category',
      model => {
        treeOf(model).split_type[0] = 1;
      },
      /node 0: it splits by category, and names none/,
    ],
    [
      'a base score that is none',
      model => {
        model.learner.learner_model_param.base_score = 'x';
      },
      /Its base score is x/,
    ],
  ])('refuses %s', (_name, change, message) => {
    expect(() => readTreeModel(broken(change))).toThrow(message);
  });

  it('refuses thresholds that are NaN, which UBJSON can hold', () => {
    const bytes = new Uint8Array(
      readFileSync(resolve(MODELS, 'regression.ubj')),
    );
    const at = Buffer.from(bytes).indexOf('split_conditions');
    // After the name: [ $ d # L and eight bytes of length.
    new DataView(bytes.buffer).setFloat32(at + 16 + 5 + 8, NaN);
    expect(() => readTreeModel(bytes)).toThrow(/its threshold is NaN/);
  });

  it('refuses a billion nodes that are announced and not there', () => {
    const bytes = new Uint8Array(
      readFileSync(resolve(MODELS, 'regression.ubj')),
    );
    const at = Buffer.from(bytes).indexOf('split_conditions');
    new DataView(bytes.buffer).setBigInt64(at + 16 + 5, 1_000_000_000n);
    expect(() => readTreeModel(bytes)).toThrow(
      /1000000000 more bytes are announced/,
    );
    const lightgbm = text('binary.txt').replace(
      /num_leaves=\d+/,
      'num_leaves=1000000000',
    );
    expect(() => readTreeModel(new TextEncoder().encode(lightgbm))).toThrow(
      /Tree 0: it has 1000000000 leaves/,
    );
  });

  it('refuses cycles of LightGBM, and categories that are not there', () => {
    const changed = (from: RegExp, to: string) => () =>
      readTreeModel(
        new TextEncoder().encode(text('binary.txt').replace(from, to)),
      );
    expect(changed(/left_child=\S+/, 'left_child=0')).toThrow(/reached twice/);
    expect(changed(/split_feature=\d+/, 'split_feature=-1')).toThrow(
      /Tree 0, node 0: it has children/,
    );
    expect(changed(/decision_type=\d+/, 'decision_type=1')).toThrow(
      /Tree 0, node 0: its categories are not there/,
    );
    expect(changed(/is_linear=0/, 'is_linear=1')).toThrow(/linear models/);
    expect(changed(/leaf_value=\S+/, 'leaf_value=NaN')).toThrow(
      /its value is NaN/,
    );
  });

  it.each(['binary.ubj', 'multiclass.ubj', 'categories-one-hot.ubj'])(
    'refuses %s wherever it is cut off',
    file => {
      const ubj = readFileSync(resolve(MODELS, file));
      for (let at = 64; at < ubj.length; at += 257) {
        expect(() => readTreeModel(ubj.subarray(0, at))).toThrow(
          /It is no UBJSON/,
        );
      }
    },
  );

  it('refuses what is cut off, nested without end, or something else', () => {
    const ubj = readFileSync(resolve(MODELS, 'binary.ubj'));
    expect(() => readTreeModel(ubj.subarray(0, ubj.length - 200))).toThrow(
      /It is no UBJSON/,
    );
    const deep = Buffer.from(`{i\x01a${'['.repeat(100_000)}`, 'latin1');
    expect(() => readTreeModel(deep)).toThrow(/nested more than 100 levels/);
    expect(() =>
      readTreeModel(new TextEncoder().encode('\x80\x04pickle')),
    ).toThrow(/neither XGBoost/);
  });

  it('refuses to explain paths with more features than fit, and nodes that no row reached', () => {
    const features = 40;
    const chain = {
      feature: Int32Array.from({ length: features * 2 + 1 }, (_, i) =>
        i % 2 === 0 && i < features * 2 ? i / 2 : -1,
      ),
      left: Int32Array.from({ length: features * 2 + 1 }, (_, i) => i + 1),
      right: Int32Array.from({ length: features * 2 + 1 }, (_, i) => i + 2),
      threshold: new Float64Array(features * 2 + 1),
      missingLeft: new Uint8Array(features * 2 + 1),
      missing: new Uint8Array(features * 2 + 1),
      value: new Float64Array(features * 2 + 1),
      cover: new Float64Array(features * 2 + 1).fill(1),
      output: 0,
    };
    const ensemble = {
      ...readTreeModel(readFileSync(resolve(MODELS, 'binary.ubj'))),
      features: Array.from({ length: features }, (_, i) => `f${i}`),
      trees: [chain],
    };
    expect(() => prepareTrees(ensemble)).toThrow(
      /more than 31 different features/,
    );
    const unreached = { ...chain, cover: new Float64Array(81) };
    expect(() => prepareTrees({ ...ensemble, trees: [unreached] })).toThrow(
      /reached by no training row/,
    );
  });
});
