import { sample } from './sample';

const points = Array.from({ length: 10_000 }, (_, x) => ({
  x,
  y: x === 5_000 ? 99 : Math.sin(x / 100),
}));

describe('sample', () => {
  it('keeps few points as they are', () => {
    const few = points.slice(0, 10);
    expect(sample(few, ({ y }) => y, 100)).toBe(few);
  });

  it('keeps both ends, the outlier and the order', () => {
    const sampled = sample(points, ({ y }) => y, 1_000);
    expect(sampled.length).toBeLessThanOrEqual(1_002);
    expect(sampled[0]).toBe(points[0]);
    expect(sampled[sampled.length - 1]).toBe(points[points.length - 1]);
    expect(sampled).toContain(points[5_000]);
    expect(sampled.map(({ x }) => x)).toEqual(
      sampled.map(({ x }) => x).sort((a, b) => a - b),
    );
  });

  it('survives values that are not finite', () => {
    const broken = points.map(({ x }) => ({ x, y: NaN }));
    expect(sample(broken, ({ y }) => y, 100)).toHaveLength(2);
  });
});
