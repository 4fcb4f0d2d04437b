import { binnedKolmogorovSmirnov, binnedWasserstein } from './binnedDistances';
import { seededRandom } from './seededRandom';
import { wassersteinDistance } from './wassersteinDistance';
import {
  binnedWassersteinNoise,
  wassersteinNoise,
  wassersteinSpread,
} from './wassersteinNoise';

describe('distances in bins', () => {
  const edges = [0, 1, 3];

  it.each([
    [[1, 0], [1, 0], 0, 0],
    [[1, 0], [0, 1], 1, 1.5],
    [[0.5, 0.5], [0.25, 0.75], 0.25, 0.375],
  ])('of %j and %j', (p, q, ks, wasserstein) => {
    expect(binnedKolmogorovSmirnov(p, q)).toBeCloseTo(ks, 12);
    expect(binnedWasserstein(p, q, edges)).toBeCloseTo(wasserstein, 12);
    expect(binnedWasserstein(q, p, edges)).toBeCloseTo(wasserstein, 12);
  });
});

describe('the noise of Wasserstein', () => {
  it('is about what samples of one distribution give', () => {
    const random = seededRandom(5);
    const sample = (n: number) =>
      Float64Array.from({ length: n }, () => random() ** 2).sort();
    const n = 400;
    const m = 300;
    const times = 300;
    let sum = 0;
    for (let i = 0; i < times; i++) {
      sum += wassersteinDistance(sample(n), sample(m));
    }
    const noise = wassersteinNoise(wassersteinSpread(sample(20_000)), { n, m });
    expect(sum / times / noise).toBeGreaterThan(0.9);
    expect(sum / times / noise).toBeLessThan(1.1);
  });

  it.each([2, 5, 10])('is about what they give in %s bins', count => {
    const random = seededRandom(count);
    const edges = Array.from(
      { length: count + 1 },
      (_, at) => (at / count) ** 2,
    );
    const shares = (n: number) => {
      const counts = new Array<number>(count).fill(0);
      for (let row = 0; row < n; row++) {
        counts[Math.floor(random() * count)] += 1 / n;
      }
      return counts;
    };
    const [n, m, times] = [400, 300, 1_000];
    let sum = 0;
    for (let i = 0; i < times; i++) {
      sum += binnedWasserstein(shares(n), shares(m), edges);
    }
    const noise = binnedWassersteinNoise(
      new Array<number>(count).fill(1 / count),
      edges,
      { n, m },
    );
    expect(sum / times / noise).toBeGreaterThan(0.95);
    expect(sum / times / noise).toBeLessThan(1.05);
  });
});
