import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { packJson } from './packJson';
import { packBlock, packSubjects, RowBlock, unpackSubjects } from './RowBlock';
import { encrypt } from './SubjectKeys';

const keys = Array.from({ length: 40 }, () => randomBytes(32));

/** What JSON makes of a value, but for the sign of zero, which is kept. */
const rowsOf = (value: fc.Arbitrary<unknown>) =>
  fc.array(value, { minLength: 1, maxLength: 40 });

const explained = fc.record({
  id: fc.oneof(fc.nat().map(String), fc.string()),
  values: fc.tuple(
    fc.integer(),
    fc.integer({ min: -1000, max: 1000 }).map(n => n / 100),
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
    ),
    fc.boolean(),
  ),
  baseValue: fc.float({ noNaN: true, noDefaultInfinity: true }),
  contributions: fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 3,
    maxLength: 3,
  }),
});

function openAll(bytes: Buffer, rows: number): unknown[] {
  const block = new RowBlock(bytes);
  return Array.from({ length: rows }, (_, at) => block.open(at, keys[at]));
}

describe('a block of rows', () => {
  it.each([
    ['of one shape', explained],
    ['of any shape', fc.jsonValue({ maxDepth: 4 })],
    ['of numbers with decimals', fc.integer().map(n => n / 1000)],
  ])('gives back rows %s', (_what, row: fc.Arbitrary<unknown>) => {
    fc.assert(
      fc.property(rowsOf(row), rows => {
        const bytes = packBlock(
          rows.map((one, at) => ({ key: keys[at], row: one })),
        );
        expect(openAll(bytes, rows.length)).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  it('opens no row with the key of another person, and none whose key is gone', () => {
    const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    const bytes = packBlock(
      rows.map((row, at) => ({ key: at === 1 ? null : keys[at], row })),
    );
    const block = new RowBlock(bytes);
    expect(block.open(0, keys[0])).toEqual({ id: 'a' });
    expect(block.open(0, null)).toBeNull();
    expect(() => block.open(0, keys[2])).toThrow();
    expect(block.open(1, keys[1])).toBeNull();
    expect(block.lengths.map(length => length > 0)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('never takes a nonce twice, not even for the same person and row', () => {
    const rows = Array.from({ length: 40 }, () => ({
      key: keys[0],
      row: 'same',
    }));
    const first = packBlock(rows);
    const second = packBlock(rows);
    const sealed = [first, second].flatMap(bytes => {
      const { lengths } = new RowBlock(bytes);
      let at = bytes.length;
      return lengths.map(length => {
        at -= length + 1;
        return bytes.toString('hex', at + 1, at + 1 + length);
      });
    });
    expect(new Set(sealed).size).toBe(80);
  });

  it('holds nothing of a row in the clear, and nothing at all of one that was taken out', () => {
    const rows = ['Ada Lovelace', 'Grace Hopper'].map(name => ({ name }));
    const bytes = packBlock(rows.map((row, at) => ({ key: keys[at], row })));
    expect(bytes.includes('Lovelace')).toBe(false);
    const kept = new RowBlock(bytes).without(at => at === 0);
    expect(kept.length).toBe(bytes.length - new RowBlock(bytes).lengths[0]);
    expect(openAll(kept, 2)).toEqual([null, rows[1]]);
  });

  it('takes two thirds of the bytes that rows take one by one', () => {
    const rows = Array.from({ length: 40 }, (_, at) => ({
      id: String(30_000 + at * 7),
      values: [4000 + at, 1, at / 97, 12, 0.1 * (at % 7), at / 13],
      baseValue: Math.fround(-0.85),
      output: Math.fround(at / 31),
      contributions: [0.1, -0.25, 0.0375, 0.5].map(share =>
        Math.fround(share * at),
      ),
    }));
    const block = packBlock(rows.map((row, at) => ({ key: keys[at], row })));
    const singles = rows.map((row, at) => encrypt(keys[at], packJson(row)));
    expect(block.length).toBeLessThan((Buffer.concat(singles).length * 2) / 3);
  });
});

describe('subjects of rows', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), ids => {
        expect(unpackSubjects(packSubjects(ids))).toEqual(ids);
      }),
    );
  });
});
