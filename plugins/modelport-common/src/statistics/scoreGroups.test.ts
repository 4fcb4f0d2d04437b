import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { delongAuc } from './delong';
import { performanceOfScores, ScoreGroup } from './scoreGroups';
import { seededRandom } from './seededRandom';

interface Case extends Record<string, unknown> {
  labels: number[];
  scores: number[];
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(resolve(__dirname, '__fixtures__/scoreFigures.json'), 'utf8'),
);

function groupsOf({ labels, scores }: Case): ScoreGroup[] {
  const groups = new Map<number, ScoreGroup>();
  scores.forEach((score, row) => {
    const group = groups.get(score) ?? { score, negative: 0, positive: 0 };
    group[labels[row] ? 'positive' : 'negative'] += 1;
    groups.set(score, group);
  });
  return [...groups.values()];
}

describe('performance of scores', () => {
  it.each(cases)('is that of scikit-learn, case %#', expected => {
    const figures = performanceOfScores(groupsOf(expected), { decideAt: 0.5 });
    for (const [metric, estimate] of Object.entries(figures)) {
      expect([metric, estimate?.value]).toEqual([
        metric,
        expect.closeTo(Number(expected[metric]), 12),
      ]);
    }
  });

  it.each(cases)('has the interval of DeLong, case %#', expected => {
    const { roc_auc: auc } = performanceOfScores(groupsOf(expected), {
      decideAt: 0.5,
    });
    const byRows = delongAuc(
      expected.labels.map(label => label === 1),
      expected.scores,
    );
    expect(auc?.interval?.lower).toBeCloseTo(byRows?.lower ?? NaN, 12);
    expect(auc?.interval?.upper).toBeCloseTo(byRows?.upper ?? NaN, 12);
  });

  it.each(cases)('lies in its intervals, case %#', expected => {
    const figures = performanceOfScores(groupsOf(expected), { decideAt: 0.5 });
    for (const metric of [
      'pr_auc',
      'brier',
      'log_loss',
      'ece',
      'accuracy',
      'precision',
      'recall',
      'f1',
    ]) {
      const { value, interval } = figures[metric] ?? { value: NaN };
      expect(interval?.lower).toBeLessThan(value);
      expect(interval?.upper).toBeGreaterThan(value);
    }
  });

  describe('the interval of ECE', () => {
    const truths: Array<[string, (score: number) => number, number]> = [
      ['calibrated', score => score, 0],
      ['all too low by 0.1', score => Math.min(1, score + 0.1), 0.095],
      ['too sure', score => 0.5 + (score - 0.5) * 0.6, 0.1],
    ];
    it.each(
      truths.flatMap(([name, of, truth]) =>
        [2, 5, 20, 100, 1_000].map(n => [name, n, of, truth] as const),
      ),
    )(
      'holds the true figure of scores that are %s, of %s rows',
      (_, n, of, truth) => {
        const random = seededRandom(n);
        const rounds = 300;
        let held = 0;
        for (let round = 0; round < rounds; round++) {
          const scores = Array.from({ length: n }, () => random());
          const labels = scores.map(score => (random() < of(score) ? 1 : 0));
          const { ece } = performanceOfScores(groupsOf({ scores, labels }), {
            decideAt: 0.5,
          });
          const { lower, upper } = ece?.interval ?? { lower: NaN, upper: NaN };
          held += lower <= truth && truth <= upper ? 1 : 0;
        }
        expect(held / rounds).toBeGreaterThanOrEqual(0.95);
      },
    );

    it('grows narrow with many rows', () => {
      const groups = Array.from({ length: 10 }, (_, band) => ({
        score: (band + 0.5) / 10,
        negative: 1_000 * (10 - band),
        positive: 1_000 * band,
      }));
      const { ece } = performanceOfScores(groups, { decideAt: 0.5 });
      expect(ece?.value).toBeCloseTo(0.05, 2);
      expect(ece?.interval?.lower).toBeGreaterThan(0.03);
      expect(ece?.interval?.upper).toBeLessThan(0.07);
    });
  });

  it('has an interval of F1 that holds the true one as often as it says', () => {
    const random = seededRandom(3);
    const [n, rounds] = [150, 1_000];
    // True and false positives, and false negatives, in the shares 0.3, 0.1 and 0.15.
    const truth = 0.6 / (0.6 + 0.1 + 0.15);
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const of = Array.from({ length: n }, random);
      const { f1 } = performanceOfScores(
        groupsOf({
          scores: of.map(at => (at < 0.4 ? 1 : 0)),
          labels: of.map(at => (at < 0.3 || (at >= 0.4 && at < 0.55) ? 1 : 0)),
        }),
        { decideAt: 0.5 },
      );
      const { lower, upper } = f1?.interval ?? { lower: NaN, upper: NaN };
      held += lower <= truth && truth <= upper ? 1 : 0;
    }
    expect(held / rounds).toBeGreaterThan(0.93);
    expect(held / rounds).toBeLessThan(0.97);
  });

  it('is null where a class has no row', () => {
    const one = performanceOfScores(
      [{ score: 0.4, negative: 3, positive: 0 }],
      {
        decideAt: 0.5,
      },
    );
    expect(one).toMatchObject({ roc_auc: null, pr_auc: null, recall: null });
  });
});
