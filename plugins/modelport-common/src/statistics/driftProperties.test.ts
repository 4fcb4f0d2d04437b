import fc from 'fast-check';
import { columnProfile } from './columnProfile';
import { driftStatistics } from './driftStatistics';
import { mergeColumnProfiles } from './mergeColumnProfiles';
import { noiseFloor } from './noiseFloor';

const value = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const list = fc.array(fc.option(value), { minLength: 1, maxLength: 60 });
const edges = fc
  .uniqueArray(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
    minLength: 2,
    maxLength: 12,
  })
  .map(all => all.sort((a, b) => a - b))
  .filter(all => all.every((edge, i) => i === 0 || edge > all[i - 1]));
const samples = fc
  .tuple(list, list, edges)
  .filter(([a, b]) => [a, b].every(l => l.some(v => v !== null)));

function compare(
  reference: Array<number | null>,
  current: Array<number | null>,
  at: number[],
) {
  return driftStatistics({ type: 'numeric', reference, current, edges: at });
}

describe('drift statistics', () => {
  it('are symmetric', () => {
    fc.assert(
      fc.property(samples, ([a, b, at]) => {
        const one = compare(a, b, at);
        const other = compare(b, a, at);
        expect(one.psi).toBeCloseTo(Number(other.psi), 9);
        expect(one.jensenShannonDistance).toBeCloseTo(
          Number(other.jensenShannonDistance),
          9,
        );
        expect(one.hellinger).toBeCloseTo(Number(other.hellinger), 9);
        expect(one.ks?.statistic).toBe(other.ks?.statistic);
        expect(one.wasserstein).toBeCloseTo(Number(other.wasserstein), 6);
      }),
    );
  });

  it('stay in their bounds, and are 0 between a sample and itself', () => {
    fc.assert(
      fc.property(samples, ([a, b, at]) => {
        const drift = compare(a, b, at);
        expect(drift.psi).toBeGreaterThanOrEqual(0);
        for (const share of [
          drift.jensenShannonDistance,
          drift.hellinger,
          drift.ks?.statistic,
          drift.ks?.pValue,
          drift.chiSquare?.pValue ?? 1,
        ]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(drift.wasserstein).toBeGreaterThanOrEqual(0);
        expect(compare(a, a, at)).toMatchObject({
          psi: 0,
          jensenShannonDistance: 0,
          hellinger: 0,
          ks: { statistic: 0, pValue: 1 },
          wasserstein: 0,
        });
      }),
    );
  });

  it('do not depend on the order of the values', () => {
    fc.assert(
      fc.property(
        samples.chain(([a, b, at]) =>
          fc.tuple(
            fc.constant([a, b, at] as const),
            fc.shuffledSubarray(a, { minLength: a.length }),
            fc.shuffledSubarray(b, { minLength: b.length }),
          ),
        ),
        ([[a, b, at], shuffledA, shuffledB]) => {
          expect(compare(shuffledA, shuffledB, [...at])).toEqual(
            compare(a, b, [...at]),
          );
        },
      ),
    );
  });
});

describe('profiles', () => {
  it('merge to the profile of the union, in any order', () => {
    fc.assert(
      fc.property(list, list, edges, (a, b, at) => {
        const [one, other] = [columnProfile(a, at), columnProfile(b, at)];
        const union = columnProfile([...a, ...b], at);
        expect(mergeColumnProfiles(one, other)).toEqual(union);
        expect(mergeColumnProfiles(other, one)).toEqual(union);
      }),
    );
  });

  it('with different edges do not merge', () => {
    expect(() =>
      mergeColumnProfiles(columnProfile([], [0, 1]), columnProfile([], [0, 2])),
    ).toThrow(/different edges/);
  });
});

/** A small generator, so that the test is the same every time. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the noise floor', () => {
  const at = Array.from({ length: 11 }, (_, i) => i / 10);
  const rounds = 400;

  it('is 0.09 for PSI with 10 bins and 200 against 200', () => {
    expect(noiseFloor('psi', { n: 200, m: 200, bins: 10 })).toBeCloseTo(0.09);
  });

  it.each([
    ['psi', 0.04],
    ['jensenShannonDistance', 0.04],
    ['hellinger', 0.04],
    ['ks', 0.04],
  ] as const)(
    'is what %s comes to on average without drift',
    (statistic, tolerance) => {
      const next = uniforms(7);
      let sum = 0;
      for (let round = 0; round < rounds; round++) {
        const [a, b] = [1000, 700].map(n => Array.from({ length: n }, next));
        const drift = compare(a, b, at);
        sum +=
          statistic === 'ks'
            ? Number(drift.ks?.statistic)
            : Number(drift[statistic]);
      }
      const floor = noiseFloor(statistic, { n: 1000, m: 700, bins: 10 });
      expect(Math.abs(sum / rounds / Number(floor) - 1)).toBeLessThan(
        tolerance + 0.03,
      );
    },
  );
});
