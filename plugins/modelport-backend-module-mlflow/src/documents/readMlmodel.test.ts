import { z } from 'zod';
import { recordedBody } from '../__testUtils__/recorded';
import { readMlmodel } from './readMlmodel';

describe('readMlmodel', () => {
  it.each(['v2_mlmodel', 'v3_mlmodel'])('reads %s', name => {
    expect(readMlmodel(recordedBody(z.string(), name))).toEqual({
      signature: {
        inputs: ['x', 'z'].map(column => ({
          name: column,
          type: 'double',
          required: true,
          shape: null,
        })),
        outputs: [
          { name: null, type: 'tensor(int64)', required: null, shape: [-1] },
        ],
        params: [
          { name: 'threshold', type: 'double', required: false, shape: null },
        ],
      },
      signatureMessage: null,
      framework: 'sklearn',
      certain: true,
    });
  });

  it('reads nested types', () => {
    const inputs = JSON.stringify([
      {
        name: 'a',
        type: 'array',
        items: { type: 'array', items: { type: 'long' } },
        optional: true,
      },
      { name: 'o', type: 'object', properties: {} },
      { name: 'm', type: 'map', values: { type: 'string' }, required: false },
    ]);
    const { signature } = readMlmodel(
      `signature:\n  inputs: '${inputs}'\n  outputs: null\n`,
    );
    expect(signature?.inputs).toEqual([
      { name: 'a', type: 'array<array<long>>', required: false, shape: null },
      { name: 'o', type: 'object', required: null, shape: null },
      { name: 'm', type: 'map<string>', required: false, shape: null },
    ]);
  });

  it('tells that there is no signature, and still the framework', () => {
    expect(
      readMlmodel('flavors:\n  python_function: {}\n  xgboost: {}\n'),
    ).toEqual({
      signature: null,
      signatureMessage: 'The model was logged without a signature.',
      framework: 'xgboost',
      certain: true,
    });
  });

  it.each([
    ['HTML', '<html><body>no'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.replace(
        /./g,
        c =>
          `${c}: &${c} [*${String.fromCharCode(
            c.charCodeAt(0) - 1,
          )},*${String.fromCharCode(
            c.charCodeAt(0) - 1,
          )},*${String.fromCharCode(
            c.charCodeAt(0) - 1,
          )},*${String.fromCharCode(
            c.charCodeAt(0) - 1,
          )},*${String.fromCharCode(
            c.charCodeAt(0) - 1,
          )},*${String.fromCharCode(c.charCodeAt(0) - 1)}]\n`,
      )}`,
    ],
    ['deep nesting', '['.repeat(100_000)],
    ['a list', '- a'],
    ['half a file', 'signature: {inputs: "'],
    ['a wrong signature', 'signature:\n  inputs: "{}"'],
    ['a wrong column', 'signature:\n  inputs: \'[{"type": 3}]\''],
  ])('tells that %s could not be read', (_, text) => {
    expect(readMlmodel(text)).toMatchObject({
      signature: null,
      signatureMessage: expect.stringContaining('could not be read'),
    });
  });
});
