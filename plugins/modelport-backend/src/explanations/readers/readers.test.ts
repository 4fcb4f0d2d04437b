import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  explanationBody,
  ExplanationBody,
  findEvidenceKind,
  summariseExplanation,
} from '@modelport/plugin-modelport-common';
import { EvidenceReader, FileToRead } from '@modelport/plugin-modelport-node';
import { explanationReaders } from '.';
import { maskedFeatures } from '../maskedFeatures';
import { explanationOfArrays } from './explanationArrays';
import { parseNpy } from './parseNpy';

const FIXTURES = resolve(__dirname, '../__fixtures__');
const REGISTRY = resolve(__dirname, '../../../../../examples/registry');
const NAMES = ['income', 'age', 'debt, total'];

function readerOf(path: string, head = new Uint8Array()): EvidenceReader {
  const reader = explanationReaders.find(one =>
    one.matches({ kind: null, path, mediaType: '', size: 0, head }),
  );
  if (!reader) {
    throw new Error(`Nothing reads ${path}`);
  }
  return reader;
}

async function read(
  path: string,
  bytes: Uint8Array,
  more: Partial<FileToRead> = {},
): Promise<ExplanationBody> {
  const { body } = await readerOf(path).read(bytes, {
    path,
    mediaType: '',
    ...more,
  });
  return explanationBody.parse(body);
}

const fixture = (path: string) =>
  new Uint8Array(readFileSync(resolve(FIXTURES, path)));
const text = (content: string) => new TextEncoder().encode(content);

describe('the same explanation in several files', () => {
  it.each([
    'explanation.parquet',
    'explanation.csv',
    'explanation.npz',
    'shap_explanation.json',
  ])('%s', async file => {
    const expected = await read(
      'a/explanation.parquet',
      fixture('files/explanation.parquet'),
    );
    const body = await read(`a/${file}`, fixture(`files/${file}`));
    expect(body.features.map(({ name }) => name)).toEqual(NAMES);
    expect(body.rows).toHaveLength(12);
    expect(body.rows[3].id).toBe('r3');
    for (const [place, row] of body.rows.entries()) {
      const other = expected.rows[place];
      expect(row.values).toEqual(other.values);
      for (const [i, value] of row.contributions.entries()) {
        expect(value).toBeCloseTo(Number(other.contributions[i]), 6);
      }
      expect(row.baseValue).toBeCloseTo(Number(other.baseValue), 6);
      expect(row.output).toBeCloseTo(Number(other.output), 6);
    }
    const seal = findEvidenceKind('explanation')?.seal?.(body);
    expect(seal?.kept).toMatchObject({
      rowCount: 12,
      outputs: [{ additivity: { ok: true } }],
    });
    expect(JSON.stringify(seal?.kept)).not.toContain('r3');
  });

  it('pred_contribs, without ids and values', async () => {
    const body = await read(
      'pred_contribs.parquet',
      fixture('files/pred_contribs.parquet'),
    );
    expect(body.features.map(({ name }) => name)).toEqual(NAMES);
    expect(body.rows[11]).toMatchObject({ id: '11', values: null });
    expect(body.explains.output).toBe('margin');
  });

  it('pred_contribs of LightGBM, of three classes that add up', async () => {
    const body = await read(
      'pred_contribs_lightgbm.parquet',
      fixture('files/pred_contribs_lightgbm.parquet'),
    );
    expect(body.features.map(({ name }) => name)).toEqual(NAMES);
    expect(body.classes).toEqual(['low', 'middle', 'high']);
    expect(body.rows).toHaveLength(12);
    expect(body.rows[3].id).toBe('r3');
    const { outputs } = summariseExplanation(body);
    for (const { additivity, features } of outputs) {
      expect(additivity.ok).toBe(true);
      expect(additivity.maxError).toBeLessThan(1e-9);
      expect(features[0].meanAbs).toBeGreaterThan(0);
    }
  });

  it('pred_contribs of several classes in long form', async () => {
    const body = await read(
      'pred_contribs.csv',
      text('row_id,class,x,bias,margin\n1,a,0.5,0.1,0.6\n1,b,-0.5,0.2,-0.3\n'),
    );
    expect(body).toMatchObject({
      classes: ['a', 'b'],
      rows: [
        {
          id: '1',
          baseValue: [0.1, 0.2],
          output: [0.6, -0.3],
          contributions: [[0.5], [-0.5]],
        },
      ],
    });
  });
});

describe('the demo’s rows', () => {
  it('are those of the model, with what stands beside them', async () => {
    const folder = resolve(REGISTRY, 'german-credit-risk/versions/1');
    const bytes = new Uint8Array(
      readFileSync(resolve(folder, 'explanations/shap_rows.parquet')),
    );
    const path = 'explanations/shap_rows.parquet';
    expect(readerOf(path).beside?.(path)).toEqual([
      'explanations/explanation.json',
    ]);
    const body = await read(path, bytes, {
      beside: {
        'explanations/explanation.json': readFileSync(
          resolve(folder, 'explanations/explanation.json'),
        ),
      },
    });
    expect(body).toMatchObject({
      explains: { output: 'margin', link: 'logit', outcome: 'default' },
      perturbation: 'path-dependent',
    });
    expect(body.features).toContainEqual({ name: 'sex', personal: true });
    expect(body.features).toContainEqual({
      name: 'housing_own',
      group: 'housing',
      personal: false,
    });
  });
});

describe('what MLflow writes', () => {
  const base = fixture('mlflow/base_values.npy');
  const values = fixture('mlflow/shap_values.npy');
  const beside = { 'x/base_values.npy': base };

  it('takes names and order from the signature, every class', async () => {
    const body = await read('x/shap_values.npy', values, {
      beside,
      inputs: NAMES,
    });
    expect(body).toMatchObject({
      explains: { output: 'probability' },
      perturbation: 'kernel',
      classes: ['0', '1', '2'],
      features: NAMES.map(name => ({ name })),
    });
    expect(body.rows).toHaveLength(6);
    // The contributions to probabilities that sum to 1 sum to 0.
    const [first] = body.rows;
    for (let feature = 0; feature < NAMES.length; feature++) {
      const sum = first.contributions.reduce<number>(
        (total, list) => total + (Array.isArray(list) ? list[feature] : NaN),
        0,
      );
      expect(sum).toBeCloseTo(0, 6);
    }
  });

  it('refuses it without names, without base values, and where they don’t fit', async () => {
    const of = (more: Partial<FileToRead>) =>
      read('x/shap_values.npy', values, more);
    await expect(of({ beside })).rejects.toThrow(/no signature/);
    await expect(of({ inputs: NAMES })).rejects.toThrow(
      /no base_values.npy beside it/,
    );
    await expect(of({ beside, inputs: ['a', 'b', 'c', 'd'] })).rejects.toThrow(
      /3 columns, but there are 4 names/,
    );
  });
});

describe('Clarify', () => {
  it('gives the global importance alone', async () => {
    const body = await read('out/analysis.json', fixture('analysis.json'));
    expect(body.rows).toEqual([]);
    expect(body.perturbation).toBe('kernel_shap');
    expect(body.features[0].name).toBe('loan_length');
    expect(body.importance?.[0].meanAbs[0]).toBe(1.5074125528335571);
    await expect(
      read('analysis.json', text('{"version":"1.0"}')),
    ).rejects.toThrow(/holds no explanations/);
  });

  it('gives its rows, with the base value that stands in the analysis', async () => {
    const path = 'out/explanations_shap/out.csv';
    const beside = { 'out/analysis.json': fixture('analysis.json') };
    const body = await read(
      path,
      text('loan_length_label0,salary_range_label0\n0.5,-0.25\n-1e-3,0\n'),
      { beside },
    );
    expect(body).toMatchObject({
      perturbation: 'kernel_shap',
      features: [{ name: 'loan_length' }, { name: 'salary_range' }],
      rows: [
        {
          id: '0',
          baseValue: 0.002908994210883975,
          contributions: [0.5, -0.25],
        },
        { id: '1', contributions: [-0.001, 0] },
      ],
    });
    const several = await read(
      path,
      text('a_label0,b_label0,a_label1,b_label1\n1,2,-1,-2\n'),
    );
    expect(several).toMatchObject({
      classes: ['label0', 'label1'],
      rows: [
        {
          baseValue: null,
          contributions: [
            [1, 2],
            [-1, -2],
          ],
        },
      ],
    });
    await expect(read(path, text('a,b\n1,2\n'))).rejects.toThrow(
      /Column 1 is "a"; expected <feature>_label<number>/,
    );
    await expect(read(path, text('a_label0,b_label0\n1\n'))).rejects.toThrow(
      /Line 2: the contribution of "b" to label0 is no number/,
    );
  });
});

describe('what is refused', () => {
  it('pickles in arrays, and arrays that are cut off or too large', () => {
    expect(() => parseNpy(fixture('files/pickle.npy'))).toThrow(
      /pickle.*refused/,
    );
    const values = fixture('mlflow/shap_values.npy');
    expect(() => parseNpy(values.subarray(0, values.length - 8))).toThrow(
      /cut off/,
    );
    const huge = Buffer.from(values);
    const at = huge.indexOf('(6, 3, 3)');
    huge.write('(9999999,9999999)'.slice(0, 17), at, 'latin1');
    expect(() => parseNpy(huge)).toThrow(/elements; at most|header/);
    expect(parseNpy(fixture('files/fortran.npy'))).toEqual({
      shape: [2, 3],
      data: Float64Array.of(0, 1, 2, 3, 4, 5),
    });
  });

  it('more than ten million values, before they are unfolded', () => {
    expect(() =>
      explanationOfArrays({
        values: { shape: [1_000_001, 10], data: [] },
        baseValues: null,
        data: null,
        features: Array.from({ length: 10 }, (_, i) => `f${i}`),
        rowIds: null,
        classes: null,
        outputs: null,
      }),
    ).toThrow(/10000010 contributions .* at most 10000000/);
  });

  it.each<[string, string, RegExp]>([
    [
      'contributions that are NaN',
      'row_id,base_value,shap.a,shap.b\n1,0,NaN,1\n',
      /./,
    ],
    [
      'ids that are there twice',
      'row_id,base_value,shap.a\n1,0,1\n1,0,2\n',
      /./,
    ],
  ])('%s, when it is sealed', async (_name, csv) => {
    const reader = readerOf('shap.csv');
    const { body } = await reader.read(text(csv), {
      path: 'shap.csv',
      mediaType: '',
    });
    expect(() => findEvidenceKind('explanation')?.seal?.(body)).toThrow();
  });

  it('shapes that don’t fit', async () => {
    await expect(
      read(
        'shap_values.json',
        text(
          JSON.stringify({
            values: [[1, 2]],
            base_values: [0, 0],
            feature_names: ['a', 'b'],
          }),
        ),
      ),
    ).rejects.toThrow(/base values have the shape \(2\)/);
    await expect(read('shap.csv', text('a,b\n1,2\n'))).rejects.toThrow(
      /holds no explanation/,
    );
    await expect(read('shap.csv', text('a,bias\n1\n'))).rejects.toThrow(
      /Line 2: expected 2 cells/,
    );
  });

  it('data and people that are not those of the rows', async () => {
    const whole = {
      values: [
        [1, 2],
        [3, 4],
      ],
      feature_names: ['a', 'b'],
    };
    const of = (more: object) =>
      read('shap_values.json', text(JSON.stringify({ ...whole, ...more })));
    await expect(of({ data: [[1, 2]] })).rejects.toThrow(
      /data have the shape \(1, 2\)/,
    );
    await expect(of({ data: [[1, 2], [3]] })).rejects.toThrow(
      /row 2 has 1 values/,
    );
    await expect(of({ subjects: ['jane'] })).rejects.toThrow(
      /2 rows, but 1 subjects/,
    );
    expect(() =>
      explanationOfArrays({
        values: { shape: [1_000_000_000, 0], data: [] },
        baseValues: null,
        data: null,
        features: [],
        rowIds: null,
        classes: null,
        outputs: null,
      }),
    ).toThrow(/no columns/);
  });

  it('archives whose bytes are not those that were packed', async () => {
    const damaged = Buffer.from(fixture('files/explanation.npz'));
    const at = damaged.indexOf('\x93NUMPY', 0, 'latin1');
    const changed = at < 0 ? 60 : at + 140;
    damaged[changed] ^= 0xff;
    await expect(read('explanation.npz', damaged)).rejects.toThrow(
      /damaged|can't be unpacked/,
    );
  });

  it('takes what is personal for personal in all of its columns', async () => {
    const body = await read(
      'shap.csv',
      text('row_id,base_value,shap.sex_m,shap.sex_f,shap.debt\n1,0,1,1,1\n'),
      {
        beside: {
          'explanation.json': text(
            '{"groups": {"sex": ["sex_m", "sex_f"]}, "personal": ["sex"]}',
          ),
        },
      },
    );
    expect(
      body.features.flatMap(({ name, personal }) => (personal ? name : [])),
    ).toEqual(['sex_m', 'sex_f']);
    expect(
      maskedFeatures(
        [
          { name: 'sex_m', group: 'sex', personal: false },
          { name: 'debt', group: null, personal: false },
        ],
        ['sex'],
      ),
    ).toEqual(new Set(['sex_m']));
  });

  it('takes ids of CSV as they are written', async () => {
    const body = await read(
      'shap.csv',
      text(
        'row_id,subject,base_value,shap.a\n007,0042,0,1\n7,42,0,1\n12345678901234567890,1e3,0,1\n',
      ),
    );
    expect(body.rows.map(({ id, subject }) => [id, subject])).toEqual([
      ['007', '0042'],
      ['7', '42'],
      ['12345678901234567890', '1e3'],
    ]);
  });

  it('takes a base value a row', async () => {
    const body = await read(
      'shap.csv',
      text('row_id,base_value,output,shap.a\n1,0.5,1.5,1\n2,0.25,2.25,2\n'),
    );
    expect(findEvidenceKind('explanation')?.seal?.(body).kept).toMatchObject({
      outputs: [
        {
          baseValue: 0.375,
          baseValueVaries: true,
          additivity: { maxError: 0, ok: true },
        },
      ],
    });
  });
});
