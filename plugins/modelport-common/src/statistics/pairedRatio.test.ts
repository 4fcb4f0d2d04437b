import expected from './__fixtures__/pairedRatio/expected.json';
import { pairedRatio, RatioParts } from './pairedRatio';

/** What every row gives to a metric, by the name that scikit-learn has for it. */
function partsOf(
  name: string,
  labels: readonly (number | boolean)[],
  scores: readonly number[],
  threshold: number | null,
): RatioParts {
  const rows = labels.map((label, row) => {
    const found = threshold !== null && scores[row] >= threshold;
    const right = Number(found && label === true);
    const error = scores[row] - Number(label);
    const all: Record<string, [number, number]> = {
      mae: [Math.abs(error), 1],
      rmse: [error ** 2, 1],
      accuracy: [Number(found === label), 1],
      precision: [right, Number(found)],
      recall: [right, Number(label)],
      f1: [2 * right, Number(found) + Number(label)],
    };
    return all[name];
  });
  return {
    numerators: rows.map(([numerator]) => numerator),
    denominators: rows.map(([, denominator]) => denominator),
  };
}

const CASES = [expected.values, expected.classes].flatMap(
  ({ labels, first, second, expected: list }) =>
    list.map(one => ({
      ...one,
      ofFirst: partsOf(one.name, labels, first, one.threshold),
      ofSecond: partsOf(one.name, labels, second, one.threshold),
    })),
);

describe('two versions by a metric, against scikit-learn and SciPy', () => {
  it.each(CASES)(
    '$name at $threshold',
    ({ name, first, second, lower, upper, standardError, ...parts }) => {
      const options = { root: name === 'rmse', seed: 3, resamples: 10_000 };
      const paired = pairedRatio(parts.ofFirst, parts.ofSecond, options);
      expect(paired?.first).toBeCloseTo(first, 10);
      expect(paired?.second).toBeCloseTo(second, 10);
      expect(paired?.difference).toBeCloseTo(first - second, 10);
      // Draws differ: of 10,000 the 2.5% quantile has a standard error of 0.027 of the interval's own. Shares of rows come in
      // steps besides.
      const near = 0.12 * standardError + 1 / 149;
      expect(Math.abs(Number(paired?.lower) - lower)).toBeLessThan(near);
      expect(Math.abs(Number(paired?.upper) - upper)).toBeLessThan(near);
      // What stands in for it where there are more rows, but for the skew of a percentile interval.
      const normal = pairedRatio(parts.ofFirst, parts.ofSecond, {
        ...options,
        mostDrawn: 0,
      });
      const reach = (Number(normal?.upper) - Number(normal?.lower)) / 2;
      expect(reach / 1.959964 / standardError).toBeGreaterThan(0.95);
      expect(reach / 1.959964 / standardError).toBeLessThan(1.05);
      expect(normal?.difference).toBe(paired?.difference);
    },
  );
});

it('says nothing where there is nothing to divide by, be it in a draw', () => {
  const none = { numerators: [0, 0], denominators: [0, 0] };
  const some = { numerators: [1, 0], denominators: [1, 0] };
  const all = { numerators: [1, 0], denominators: [1, 1] };
  expect(pairedRatio(none, all)).toBeNull();
  expect(pairedRatio(some, all)).toBeNull();
  expect(pairedRatio({ numerators: [], denominators: [] }, none)).toBeNull();
  expect(pairedRatio(all, all)).toEqual({
    first: 0.5,
    second: 0.5,
    difference: 0,
    n: 2,
    lower: 0,
    upper: 0,
  });
  const perfect = { numerators: [0, 0], denominators: [1, 1] };
  expect(pairedRatio(perfect, all, { root: true, mostDrawn: 0 })).toBeNull();
});
