import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { seededRandom } from '@modelport/plugin-modelport-common';
import { parquetReadObjects } from 'hyparquet';
import { bruteForceShap } from '../__testUtils__/bruteForceShap';
import { explainRows } from '../explainRows';
import { generateTrees } from '../__testUtils__/generateTrees';
import { readTreeModel } from './readTreeModel';
import { TreeEnsemble } from './TreeEnsemble';
import { TreeExplainer } from './TreeExplainer';

const FIXTURES = resolve(__dirname, '../__fixtures__/trees');
const REGISTRY = resolve(__dirname, '../../../../../examples/registry');

/** Of figures that were computed in 32-bit floats. */
const CLOSE = 1e-5;

interface Recorded {
  model: string;
  features: string[];
  rows: Array<Array<number | null>>;
  pathDependent: number[][][];
  baseValues: number[];
  margins: number[][];
  interventional: {
    background: number;
    values: number[][][];
    baseValues: number[];
  } | null;
}

const cases = readdirSync(FIXTURES)
  .filter(file => file.endsWith('.json'))
  .map((file): [string, Recorded] => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(resolve(FIXTURES, file), 'utf8')),
  ]);

const DEMO_MODELS = [
  ['car-loan-default', '1'],
  ['car-loan-default', '2'],
  ['car-loan-default', '3'],
  ['german-credit-risk', '1'],
  ['german-credit-risk', '2'],
];

/** The largest difference of two lists of numbers, against the size of the numbers. */
function difference(
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
): number {
  expect(ours).toHaveLength(theirs.length);
  let largest = 0;
  for (let i = 0; i < theirs.length; i++) {
    const scale = Math.max(1, Math.abs(theirs[i]));
    largest = Math.max(largest, Math.abs(ours[i] - theirs[i]) / scale);
  }
  return largest;
}

function sum(numbers: ArrayLike<number>): number {
  return Array.from(numbers).reduce((total, value) => total + value, 0);
}

describe('figures of the libraries themselves', () => {
  it.each(cases)('%s', (_name, recorded) => {
    const explainer = new TreeExplainer(
      readTreeModel(readFileSync(resolve(FIXTURES, recorded.model))),
    );
    expect(explainer.ensemble.features).toEqual(recorded.features);
    expect(
      difference(explainer.baseValues(), recorded.baseValues),
    ).toBeLessThan(CLOSE);
    const rows = recorded.rows.map(row => row.map(value => value ?? NaN));
    for (const [place, row] of rows.entries()) {
      const { margins, contributions } = explainer.explain(row);
      expect(difference(margins, recorded.margins[place])).toBeLessThan(CLOSE);
      for (const [output, expected] of recorded.pathDependent[
        place
      ].entries()) {
        expect(difference(contributions[output], expected)).toBeLessThan(CLOSE);
      }
    }
  });

  it.each(
    cases.flatMap(([name, { interventional, ...recorded }]) =>
      interventional ? [{ ...recorded, name, interventional }] : [],
    ),
  )('$name, against a background', ({ model, rows: cells, interventional }) => {
    const explainer = new TreeExplainer(
      readTreeModel(readFileSync(resolve(FIXTURES, model))),
    );
    const rows = cells.map(row => row.map(value => value ?? NaN));
    const against = explainer.explainAgainst(
      rows,
      rows.slice(0, interventional.background),
    );
    expect(
      difference(against.baseValues, interventional.baseValues),
    ).toBeLessThan(CLOSE);
    for (const [place, { contributions }] of against.rows.entries()) {
      for (const [output, expected] of interventional.values[place].entries()) {
        expect(difference(contributions[output], expected)).toBeLessThan(CLOSE);
      }
    }
  });

  it.each(DEMO_MODELS)(
    'the demo model %s version %s, on all of its rows',
    async (name, version) => {
      const folder = resolve(REGISTRY, name, 'versions', version);
      const explainer = new TreeExplainer(
        readTreeModel(readFileSync(resolve(folder, 'model/model.ubj'))),
      );
      const { features } = explainer.ensemble;
      const file = readFileSync(
        resolve(folder, 'explanations/shap_rows.parquet'),
      );
      const rows = await parquetReadObjects({
        file: new Uint8Array(file).buffer,
      });
      expect(rows.length).toBe(1000);
      let worst = Math.abs(explainer.baseValues()[0] - rows[0].base_value);
      for (const row of rows) {
        const { margins, contributions } = explainer.explain(
          features.map(feature => row[`value.${feature}`]),
        );
        worst = Math.max(
          worst,
          difference(margins, [row.margin]),
          difference(
            contributions[0],
            features.map(feature => row[`shap.${feature}`]),
          ),
        );
      }
      expect(worst).toBeLessThan(CLOSE);
    },
  );
});

describe('the definition, by every set of features', () => {
  const worstOf = (ensemble: TreeEnsemble, rows: number[][]) => {
    const explainer = new TreeExplainer(ensemble);
    const background = rows.slice(-2);
    const against = explainer.explainAgainst(rows, background);
    return Math.max(
      ...rows.flatMap((row, place) => {
        const { contributions } = explainer.explain(row);
        const exact = bruteForceShap(ensemble, row);
        const exactAgainst = bruteForceShap(ensemble, row, background);
        return exact.flatMap((values, output) => [
          difference(contributions[output], values),
          difference(
            against.rows[place].contributions[output],
            exactAgainst[output],
          ),
        ]);
      }),
    );
  };

  it.each(cases)('%s', (_name, { model, rows }) => {
    const worst = worstOf(
      readTreeModel(readFileSync(resolve(FIXTURES, model))),
      rows.slice(0, 3).map(row => row.map(value => value ?? NaN)),
    );
    expect(worst).toBeLessThan(CLOSE);
  });

  it.each(DEMO_MODELS)('the demo model %s version %s', (name, version) => {
    const folder = resolve(REGISTRY, name, 'versions', version, 'model');
    const example = JSON.parse(
      readFileSync(resolve(folder, 'input_example.json'), 'utf8'),
    );
    const ensemble = readTreeModel(readFileSync(resolve(folder, 'model.ubj')));
    expect(ensemble.features).toEqual(example.columns);
    expect(worstOf(ensemble, example.data.slice(0, 3))).toBeLessThan(CLOSE);
  });
});

describe('splits by category', () => {
  it.each([
    'models/categories.json',
    'models/categories-one-hot.ubj',
    'models/categories.txt',
  ])('of %s as by every set of features', file => {
    const ensemble = readTreeModel(readFileSync(resolve(FIXTURES, file)));
    expect(ensemble.trees.some(tree => tree.bySet?.size)).toBe(true);
    const explainer = new TreeExplainer(ensemble);
    const random = seededRandom(2);
    const rowOf = () => [
      random() * 4 - 2,
      random() < 0.2 ? NaN : Math.floor(random() * 45),
      random() < 0.2 ? NaN : Math.floor(random() * 4),
      random() * 4 - 2,
    ];
    const background = Array.from({ length: 5 }, rowOf);
    for (let i = 0; i < 20; i++) {
      const row = rowOf();
      const { contributions } = explainer.explain(row);
      const against = explainer.explainAgainst([row], background);
      expect(
        difference(contributions[0], bruteForceShap(ensemble, row)[0]),
      ).toBeLessThan(1e-7);
      expect(
        difference(
          against.rows[0].contributions[0],
          bruteForceShap(ensemble, row, background)[0],
        ),
      ).toBeLessThan(1e-7);
    }
  });

  it('takes categories by their names, where LightGBM kept them', () => {
    const bytes = readFileSync(
      resolve(FIXTURES, 'models/named-categories.txt'),
    );
    const { rows, contributions } = JSON.parse(
      readFileSync(resolve(FIXTURES, 'models/named-categories.json'), 'utf8'),
    );
    const task = { digest: 'named', bytes, background: null };
    const result = explainRows({ ...task, rows });
    expect(result).toMatchObject({
      model: { categories: { trade: ['baker', 'smith', 'tailor'] } },
    });
    const explained =
      result.unreadable === undefined && result.refused === undefined
        ? result.rows.map(row => row.contributions[0])
        : [];
    expect(explained).toHaveLength(rows.length);
    for (const [place, values] of explained.entries()) {
      expect(difference(values, contributions[place].slice(0, 2))).toBeLessThan(
        CLOSE,
      );
    }
    expect(explainRows({ ...task, rows: [{ x0: 1, trade: 'cook' }] })).toEqual({
      refused:
        'Row 1: "trade" has no category "cook"; expected one of baker, smith, tailor',
    });
  });
});

it('compares in 32-bit floats as XGBoost does', () => {
  // 0.1 as a 32-bit float is more than 0.1; just below it lies what rounds to the same float.
  const threshold = Math.fround(0.1);
  const tree = {
    feature: Int32Array.from([0, -1, -1]),
    threshold: Float64Array.from([threshold, 0, 0]),
    left: Int32Array.from([1, -1, -1]),
    right: Int32Array.from([2, -1, -1]),
    missingLeft: new Uint8Array(3),
    missing: new Uint8Array(3),
    value: Float64Array.from([0, -1, 1]),
    cover: Float64Array.from([2, 1, 1]),
    output: 0,
  };
  const of = (compare: 'float32 <' | 'float64 <=', value: number) =>
    new TreeExplainer({
      format: 'XGBoost JSON',
      features: ['a'],
      outputs: 1,
      offsets: [0],
      trees: [tree],
      link: 'identity',
      slope: 1,
      compare,
    }).explain([value]).margins[0];
  expect(threshold).toBeGreaterThan(0.1);
  expect(of('float32 <', 0.1)).toBe(1);
  expect(of('float64 <=', 0.1)).toBe(-1);
  expect(of('float32 <', 0.0999)).toBe(-1);
});

describe('generated trees', () => {
  const generated = Array.from({ length: 12 }, (_, seed) =>
    generateTrees({
      seed,
      features: 2 + (seed % 5),
      trees: 4,
      depth: 1 + (seed % 6),
      outputs: 1 + (seed % 3),
    }),
  );
  const random = seededRandom(1);
  const rowOf = (width: number) =>
    Array.from({ length: width }, () =>
      random() < 0.2 ? NaN : random() * 2 - 1,
    );

  it.each(generated.map(ensemble => [ensemble] as const))(
    'as by every set of features, missing values and all (%#)',
    ensemble => {
      const width = ensemble.features.length;
      const explainer = new TreeExplainer(ensemble);
      const background = Array.from({ length: 4 }, () => rowOf(width));
      for (let i = 0; i < 5; i++) {
        const row = rowOf(width);
        const explained = explainer.explain(row);
        const against = explainer.explainAgainst([row], background);
        const exact = bruteForceShap(ensemble, row);
        const exactAgainst = bruteForceShap(ensemble, row, background);
        for (let output = 0; output < ensemble.outputs; output++) {
          const ours = explained.contributions[output];
          expect(difference(ours, exact[output])).toBeLessThan(1e-9);
          expect(
            difference(
              against.rows[0].contributions[output],
              exactAgainst[output],
            ),
          ).toBeLessThan(1e-9);
          expect(sum(ours) + explainer.baseValues()[output]).toBeCloseTo(
            explained.margins[output],
            9,
          );
          expect(
            sum(against.rows[0].contributions[output]) +
              against.baseValues[output],
          ).toBeCloseTo(explained.margins[output], 9);
        }
      }
    },
  );

  it('adds up on deep trees, whose weights are kept otherwise', () => {
    const ensemble = generateTrees({
      seed: 3,
      features: 25,
      trees: 3,
      depth: 14,
      outputs: 1,
    });
    const explainer = new TreeExplainer(ensemble);
    for (let i = 0; i < 20; i++) {
      const row = rowOf(25);
      const { margins, contributions } = explainer.explain(row);
      expect(sum(contributions[0]) + explainer.baseValues()[0]).toBeCloseTo(
        margins[0],
        8,
      );
      expect(explainer.explain(row).contributions[0]).toEqual(contributions[0]);
    }
  });

  it('gives two features that do the same the same', () => {
    const [tree] = generateTrees({
      seed: 5,
      features: 1,
      trees: 1,
      depth: 1,
      outputs: 1,
    }).trees;
    const other = {
      ...tree,
      feature: tree.feature.map(f => (f === 0 ? 1 : f)),
    };
    const explainer = new TreeExplainer({
      ...generated[0],
      outputs: 1,
      offsets: [0],
      features: ['a', 'b', 'unused'],
      trees: [tree, other],
    });
    const [values] = explainer.explain([0.3, 0.3, 9]).contributions;
    expect(values[0]).toBeCloseTo(values[1], 12);
    expect(values[2]).toBe(0);
  });
});
