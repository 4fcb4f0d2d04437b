import { mergePerformance, performanceFigures } from './performanceCounts';
import { performanceOfRows } from './performanceOfRows';

describe('counts of predictions', () => {
  const label = {
    column: 'y',
    prediction: 'p',
    task: 'class' as const,
    positive: '1',
    decideAt: 0.5,
    maturesAfterDays: 0,
    of: 'all' as const,
    segments: ['customer'],
  };
  const rows = Array.from({ length: 10_000 }, (_, n) => ({
    y: n % 2 ? `class ${n}` : '1.0',
    p: n % 4 < 2 ? `class ${n}` : 1,
    customer: `customer ${n}`,
  }));

  it('stay few, whatever is sent, and right', () => {
    const counts = [1, 2, 3].reduce(
      all => mergePerformance(all, performanceOfRows(rows, label)),
      mergePerformance([], []),
    );
    expect(counts.length).toBeLessThan(260);
    expect(JSON.stringify(counts).length).toBeLessThan(300_000);
    const [all, ...segments] = counts;
    expect(all).toMatchObject({ segment: null, n: 30_000, labelled: 30_000 });
    const accuracy = performanceFigures(all, label, null).find(
      ({ metric }) => metric === 'accuracy',
    );
    expect(accuracy?.value).toBe(0.5);
    expect(segments.reduce((sum, { n }) => sum + n, 0)).toBe(30_000);
    expect(segments.at(-1)?.segment).toBe('customer = (other)');
  });
});
