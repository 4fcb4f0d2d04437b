import fc from 'fast-check';
import { packJson, unpackJson } from './packJson';

describe('packed JSON', () => {
  it('comes out as JSON does, whatever it says', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
        expect(unpackJson(packJson(value))).toEqual(
          // JSON loses the sign of zero, which is kept here.
          value,
        );
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })),
        value => {
          expect(unpackJson(packJson(value))).toEqual(value);
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })),
        value => {
          expect(unpackJson(packJson(value))).toEqual(value);
        },
      ),
    );
  });

  it('reads rows that were written as JSON', () => {
    const row = { id: 'a', values: [1, null, 'x'], more: { deep: [true] } };
    expect(unpackJson(Buffer.from(JSON.stringify(row)))).toEqual(row);
    expect(unpackJson(packJson({ ...row, gone: undefined }))).toEqual(row);
    expect(unpackJson(packJson([NaN, undefined, Infinity]))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('takes less than a third of the bytes of an explained row', () => {
    const row = {
      id: '1234',
      values: [1, 0, 35, 4000],
      baseValue: Math.fround(-0.85),
      output: Math.fround(0.31),
      contributions: [0.1, -0.25, 0.0375, 0.5].map(Math.fround),
    };
    expect(packJson(row).length * 3).toBeLessThan(JSON.stringify(row).length);
  });
});
