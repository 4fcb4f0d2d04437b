import { SignatureColumn } from '@modelport/plugin-modelport-common';
import { compareSignatures } from './compareSignatures';

const column = (
  name: string | null,
  type = 'double',
  required: boolean | null = true,
): SignatureColumn => ({ name, type, required, shape: null });

function compareInputs(from: SignatureColumn[], to: SignatureColumn[]) {
  return compareSignatures(
    { inputs: from, outputs: [], params: [] },
    { inputs: to, outputs: [], params: [] },
  ).map(({ column: name, change, breaking }) => [name, change, breaking]);
}

describe('compareSignatures', () => {
  it('finds no change between equal signatures', () => {
    expect(compareInputs([column('a')], [column('a')])).toEqual([]);
  });

  it.each([
    ['a required input is added', [], [column('a')], ['a', 'added', true]],
    [
      'an optional input is added',
      [],
      [column('a', 'double', false)],
      ['a', 'added', false],
    ],
    ['an input is dropped', [column('a')], [], ['a', 'removed', false]],
    [
      'an input becomes wider',
      [column('a', 'integer')],
      [column('a', 'long')],
      ['a', 'retyped', false],
    ],
    [
      'a long becomes a double, which cannot hold all of them',
      [column('a', 'long')],
      [column('a', 'double')],
      ['a', 'retyped', true],
    ],
    [
      'an input becomes narrower',
      [column('a', 'double')],
      [column('a', 'integer')],
      ['a', 'retyped', true],
    ],
    [
      'an optional input becomes required',
      [column('a', 'double', false)],
      [column('a')],
      ['a', 'retyped', true],
    ],
    [
      'a required input becomes optional',
      [column('a')],
      [column('a', 'double', false)],
      ['a', 'retyped', false],
    ],
  ])('says whether callers break when %s', (_, from, to, expected) => {
    expect(compareInputs(from, to)).toEqual([expected]);
  });

  it('sees a new order, and breaks on lost outputs', () => {
    expect(
      compareInputs([column('a'), column('b')], [column('b'), column('a')]),
    ).toEqual([['*', 'reordered', false]]);
    expect(
      compareSignatures(
        { inputs: [], outputs: [column(null)], params: [] },
        { inputs: [], outputs: [], params: [] },
      ),
    ).toEqual([
      expect.objectContaining({
        part: 'outputs',
        column: '#1',
        change: 'removed',
        breaking: true,
      }),
    ]);
  });
});
