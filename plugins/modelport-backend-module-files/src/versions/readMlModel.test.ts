import { readMlModel } from './readMlModel';
import { writeLoadCode } from './writeLoadCode';

const signature = (part: string, columns: unknown) =>
  `flavors: {sklearn: {}}\nsignature:\n  ${part}: ${JSON.stringify(
    JSON.stringify(columns),
  )}\n`;

describe('readMlModel', () => {
  it('reads columns, tensors and parameters', () => {
    const text = `
flavors:
  python_function: {data: model.ubj, loader_module: mlflow.xgboost}
  xgboost: {data: model.ubj, code: null}
signature:
  inputs: '[{"type": "double", "name": "age", "required": true},
    {"type": "string", "name": "sex", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 10]}}]'
  params: '[{"name": "t", "type": "double", "default": 0.5, "shape": null}]'
`;
    expect(readMlModel(text)).toEqual({
      flavors: ['xgboost'],
      hasPythonFunction: true,
      files: ['model.ubj', 'model.ubj'],
      signature: {
        inputs: [
          { name: 'age', type: 'double', required: true, shape: null },
          { name: 'sex', type: 'string', required: false, shape: null },
        ],
        outputs: [
          {
            name: null,
            type: 'tensor(float32)',
            required: null,
            shape: [-1, 10],
          },
        ],
        params: [{ name: 't', type: 'double', required: null, shape: null }],
      },
    });
  });

  it('writes nested types in one line', () => {
    const column = {
      name: 'items',
      required: true,
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'long', required: true },
          notes: {
            type: 'map',
            values: { type: 'string' },
            required: false,
          },
        },
      },
    };
    expect(
      readMlModel(signature('inputs', [column])).signature?.inputs[0].type,
    ).toBe('array(object(id: long, notes?: map(string)))');
  });

  it('has no signature where none is', () => {
    expect(readMlModel('flavors: {sklearn: {}}').signature).toBeNull();
  });

  it.each([
    ['', /flavors: /],
    ['flavors: 3', /flavors: /],
    [signature('inputs', 'x'), 'signature.inputs: expected a list of columns'],
    [signature('inputs', [{ name: 'a' }]), /expected a column with a type/],
    [
      'flavors: {}\nsignature: {outputs: "[oops"}',
      'signature.outputs: expected JSON',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => readMlModel(text)).toThrow(message);
  });
});

describe('writeLoadCode', () => {
  const checkout = { place: 'the repository', folder: 'examples' };
  const model = { hasPythonFunction: true, files: [], signature: null };

  it("uses the flavour's own loader where MLflow has one", () => {
    expect(
      writeLoadCode({ ...model, flavors: ['xgboost'] }, 'm/model', checkout),
    ).toBe(
      '# In the repository\nimport mlflow\n\nmodel = mlflow.xgboost.load_model("examples/m/model")',
    );
  });

  it.each([['os'], ['x\nimport os'], ['pyfunc; import os']])(
    'never writes the unknown flavour %j',
    flavor => {
      const code = writeLoadCode(
        { ...model, flavors: [flavor] },
        'm',
        checkout,
      );
      expect(code).toContain(
        '\nmodel = mlflow.pyfunc.load_model("examples/m")',
      );
      expect(code?.split('\n')).toHaveLength(4);
    },
  );

  it('keeps odd folders inside the string', () => {
    const code = writeLoadCode(
      { ...model, flavors: [] },
      'a"\\\n); import os #/runs:',
      { place: 'x', folder: '' },
    );
    expect(code?.split('\n')[3]).toBe(
      'model = mlflow.pyfunc.load_model("./a\\"\\\\\\n); import os #/runs:")',
    );
  });

  it('is null where MLflow could not load it', () => {
    expect(
      writeLoadCode(
        { ...model, hasPythonFunction: false, flavors: ['own'] },
        'm',
        checkout,
      ),
    ).toBeNull();
  });
});
