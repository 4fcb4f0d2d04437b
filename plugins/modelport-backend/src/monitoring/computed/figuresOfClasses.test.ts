import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ClassPair, figuresOfClasses } from './figuresOfClasses';

interface Case {
  pairs: ClassPair[];
  figures: Record<string, number>;
  bootstrap: Record<string, [number, number]>;
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(
    resolve(__dirname, '../__fixtures__/class_figures.json'),
    'utf8',
  ),
);

describe('figures of classes', () => {
  it.each(cases)('are those of scikit-learn, case %#', expected => {
    const figures = figuresOfClasses(expected.pairs);
    expect(
      Object.fromEntries(
        Object.entries(figures).map(([name, one]) => [name, one?.value]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(expected.figures).map(([name, value]) => [
          name,
          expect.closeTo(value, 12),
        ]),
      ),
    );
  });

  it.each(cases)('have about the intervals of a bootstrap, case %#', one => {
    const figures = figuresOfClasses(one.pairs);
    for (const [name, [lower, upper]] of Object.entries(one.bootstrap)) {
      const { interval } = figures[name] ?? {};
      const near = 0.1 * (upper - lower);
      expect(Math.abs((interval?.lower ?? NaN) - lower)).toBeLessThan(near);
      expect(Math.abs((interval?.upper ?? NaN) - upper)).toBeLessThan(near);
    }
  });

  it('have none where no row says how they vary', () => {
    const figures = figuresOfClasses([{ label: 'a', prediction: 'a', n: 5 }]);
    expect(figures.macro_f1).toEqual({ value: 1, interval: null });
    expect(figures.accuracy?.interval?.lower).toBeLessThan(1);
    expect(figuresOfClasses([])).toEqual({});
  });
});
