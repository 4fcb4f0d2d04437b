import { ColumnCounts, driftOfProfiles } from './driftOfProfiles';
import { monitorDefinition } from './monitorDefinition';

const { thresholds } = monitorDefinition.parse({
  reference: { data: { path: '/data/train.csv' } },
});

function column(counts: number[]): ColumnCounts {
  return {
    feature: 'age',
    n: counts.reduce((sum, one) => sum + one, 0),
    missing: 0,
    edges: counts.map((_, at) => at * 10).concat(counts.length * 10),
    counts,
    mean: 15,
    standardDeviation: 8,
  };
}

function figuresOf(reference: number[], current: number[]) {
  const figures = driftOfProfiles(
    column(reference),
    column(current),
    thresholds,
  );
  return new Map(figures.map(figure => [figure.statistic, figure]));
}

describe('drift of profiles', () => {
  it('has the floor of noise beside the distances of numbers in bins', () => {
    const few = figuresOf([100, 100, 100], [5, 2, 3]);
    for (const [statistic, isAbove] of [
      ['ks (binned)', true],
      ['wasserstein / reference deviation (binned)', true],
      ['wasserstein (binned)', null],
    ] as const) {
      const { value, threshold, noiseFloor } = few.get(statistic) ?? {};
      expect(Number(value)).toBeLessThan(Number(noiseFloor));
      expect(threshold && Number(value) > threshold).toBe(isAbove);
    }
    const many = figuresOf([100, 100, 100], [500, 200, 300]);
    const { value, noiseFloor } = many.get('wasserstein (binned)') ?? {};
    expect(Number(value)).toBeGreaterThan(Number(noiseFloor));
  });

  it('lets p-values decide where there are few rows only', () => {
    const few = figuresOf([100, 100, 100], [100, 100, 120]);
    expect(few.get('chiSquare p-value')).toMatchObject({ threshold: 0.05 });
    const many = figuresOf([100, 100, 100], [1_000, 1_000, 1_200]);
    expect(many.get('chiSquare p-value')).toMatchObject({ threshold: null });
    expect(many.get('psi')).toMatchObject({ threshold: 0.2, bins: 3 });
  });

  it('gives no distance of a column of which nothing is there', () => {
    expect([...figuresOf([1, 2], [0, 0]).keys()]).toEqual([]);
  });
});
