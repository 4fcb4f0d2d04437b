import { brierOfRow, brierScore } from './brierScore';
import { calibrationBands, expectedCalibrationError } from './calibrationBands';
import { delongAuc, delongTest, rocAuc } from './delong';
import expected from './__fixtures__/paired/expected.json';
import { FairnessMetric, groupFairness } from './groupFairness';
import { logisticRecalibration } from './logisticRecalibration';
import { logLoss } from './logLoss';
import { normalQuantile, normalSurvival } from './normalDistribution';
import { pairedBootstrap } from './pairedBootstrap';
import { seededRandom } from './seededRandom';
import { wilsonInterval } from './wilsonInterval';

/** Matches figures that may be nested, each to about ten digits; what an object holds besides does not matter. */
function close(wanted: unknown, digits = 10): unknown {
  if (typeof wanted === 'number') {
    const size = Math.floor(Math.log10(Math.max(1e-3, Math.abs(wanted))));
    return expect.closeTo(wanted, digits - size);
  }
  if (Array.isArray(wanted)) {
    return wanted.map(item => close(item, digits));
  }
  return wanted === null || typeof wanted !== 'object'
    ? wanted
    : expect.objectContaining(
        Object.fromEntries(
          Object.entries(wanted).map(([key, value]) => [
            key,
            close(value, digits),
          ]),
        ),
      );
}

describe('the normal and binomial distributions, against SciPy and statsmodels', () => {
  it.each(expected.normal)('survival at $z', ({ z, survival }) => {
    expect(normalSurvival(z) / survival).toBeCloseTo(1, 10);
  });

  it.each(expected.quantiles)('quantile at $p', ({ p, quantile }) => {
    expect(normalQuantile(p)).toBeCloseTo(quantile, 9);
  });

  it.each(expected.wilson)(
    'Wilson interval of $k of $n',
    ({ k, n, ...ends }) => {
      expect(wilsonInterval(k, n)).toEqual(close(ends));
    },
  );

  it('answers for what has no quantile', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(1.1)).toBeNaN();
    expect(normalSurvival(NaN)).toBeNaN();
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
  });
});

describe.each(expected.cases)(
  'the case "$name", against scikit-learn, statsmodels and fairlearn',
  ({ labels, first, second, groups, expected: wanted }) => {
    it('area under the ROC curve', () => {
      expect(rocAuc(labels, first)).toEqual(close(wanted.rocAuc));
    });

    it("DeLong's variance and test", () => {
      const { standardErrorOfFirst, ...test } = wanted.delong;
      expect(delongTest(labels, first, second)).toEqual(close(test));
      expect(delongAuc(labels, first)).toEqual(
        close({
          auc: wanted.rocAuc,
          standardError: standardErrorOfFirst,
        }),
      );
    });

    it('Brier score and log loss', () => {
      expect(brierScore(labels, first)).toEqual(close(wanted.brier));
      expect(logLoss(labels, first)).toEqual(close(wanted.logLoss));
    });

    it('slope, intercept and calibration in the large', () => {
      expect(logisticRecalibration(labels, first)).toEqual(
        close(wanted.recalibration, 6),
      );
    });

    it('bands with Wilson intervals, and their error', () => {
      const bands = calibrationBands(labels, first);
      expect(bands).toEqual(close(wanted.bands));
      expect(expectedCalibrationError(bands)).toEqual(close(wanted.ece));
    });

    it.each([
      ['selection_rate_difference', ['selection_rate']],
      ['selection_rate_ratio', ['selection_rate']],
      ['true_positive_rate_difference', ['true_positive_rate']],
      ['false_positive_rate_difference', ['false_positive_rate']],
      [
        'equalised_odds_difference',
        ['true_positive_rate', 'false_positive_rate'],
      ],
    ] satisfies Array<[FairnessMetric, string[]]>)(
      'groups by %s',
      (metric, rates) => {
        const { threshold, comparisons } = wanted.fairness;
        const of = groupFairness({
          labels,
          scores: first,
          groups,
          threshold,
          referenceGroup: 'a',
          metric,
        });
        const wantedOf = comparisons.filter(({ rate }) => rates.includes(rate));
        expect(of).toHaveLength(wantedOf.length);
        expect(of).toEqual(
          close(
            wantedOf.map(({ difference, ratio, ...named }) => ({
              ...named,
              comparison:
                metric === 'selection_rate_ratio' ? ratio : difference,
            })),
          ),
        );
      },
    );

    it('paired bootstrap, within what drawing differently may differ', () => {
      const of = pairedBootstrap(
        labels.map(
          (label, row) =>
            brierOfRow(label, first[row]) - brierOfRow(label, second[row]),
        ),
        { resamples: 20_000, seed: 3 },
      );
      const { estimate, standardError, lower, upper } = wanted.brierDifference;
      expect(of?.estimate).toEqual(close(estimate));
      expect(Math.abs(Number(of?.lower) - lower)).toBeLessThan(
        0.05 * standardError,
      );
      expect(Math.abs(Number(of?.upper) - upper)).toBeLessThan(
        0.05 * standardError,
      );
    });
  },
);

describe('what holds for any rows', () => {
  const random = seededRandom(20261121);
  const draws = Array.from({ length: 200 }, (_none, draw) => {
    const n = 4 + Math.floor(random() * 60);
    // Few distinct values, so that there are ties, and sometimes only one class.
    const values = 1 + Math.floor(random() * 12);
    const score = () => Math.floor(random() * values) / values;
    const share = draw % 10 === 0 ? 0 : 0.2 + 0.6 * random();
    return {
      labels: Array.from({ length: n }, () => random() < share),
      first: Array.from({ length: n }, score),
      second: Array.from({ length: n }, score),
    };
  });

  it('the area is that of every pair counted, turned round it is the rest, and no monotone change moves it', () => {
    for (const { labels, first } of draws) {
      const pairs = labels.flatMap((positive, p) =>
        positive
          ? labels.flatMap((other, n) =>
              other ? [] : [(Math.sign(first[p] - first[n]) + 1) / 2],
            )
          : [],
      );
      const area =
        pairs.length > 0
          ? pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length
          : null;
      expect(rocAuc(labels, first)).toEqual(close(area));
      expect(
        rocAuc(
          labels,
          first.map(score => -score),
        ),
      ).toEqual(close(area === null ? null : 1 - area));
      expect(
        rocAuc(
          labels,
          first.map(score => Math.exp(3 * score)),
        ),
      ).toEqual(close(area));
    }
  });

  it('the paired test turns its sign with its sides, and finds no difference of a version from itself', () => {
    for (const { labels, first, second } of draws) {
      const there = delongTest(labels, first, second);
      const back = delongTest(labels, second, first);
      expect(back).toEqual(
        there &&
          close({
            difference: -there.difference,
            lower: -there.upper,
            upper: -there.lower,
            standardError: there.standardError,
          }),
      );
      expect(delongTest(labels, first, first)).toEqual(
        there && close({ difference: 0, standardError: 0, pValue: 1 }),
      );
    }
  });

  it('bands hold every row once, whatever edge it lies on', () => {
    for (const bands of [1, 2, 7, 10, 20]) {
      const edges = Array.from(
        { length: bands + 1 },
        (_none, at) => at / bands,
      );
      const of = calibrationBands(
        edges.map(() => true),
        edges,
        { bands },
      );
      expect(of.map(({ n }) => n)).toEqual(
        Array.from({ length: bands }, (_none, at) =>
          at === bands - 1 ? 2 : 1,
        ),
      );
    }
    expect(calibrationBands([true], [0.29999999999999993])[2].n).toBe(1);
  });

  it('a group like the reference straddles no difference', () => {
    for (const { labels, first } of draws) {
      const of = groupFairness({
        labels: [...labels, ...labels],
        scores: [...first, ...first],
        groups: [...labels.map(() => 'a'), ...labels.map(() => 'b')],
        threshold: 0.5,
        referenceGroup: 'a',
        metric: 'equalised_odds_difference',
      });
      const compared = (of ?? []).flatMap(({ comparison }) => comparison ?? []);
      expect(compared).toEqual(
        compared.map(({ upper }) => ({
          value: 0,
          lower: close(-upper),
          upper: expect.any(Number),
        })),
      );
      expect(compared.every(({ upper }) => upper > 0)).toBe(true);
    }
  });

  it('the same seed draws the same, another one not', () => {
    const differences = draws[1].first;
    const of = (seed: number) =>
      pairedBootstrap(differences, { seed, resamples: 50 });
    expect(of(5)).toEqual(of(5));
    expect(of(5)).not.toEqual(of(6));
    expect(pairedBootstrap([])).toBeNull();
    expect(pairedBootstrap([2, 2, 2])).toMatchObject({
      estimate: 2,
      lower: 2,
      upper: 2,
    });
  });

  it('says nothing where there is nothing to say', () => {
    expect(rocAuc([true, true], [0.1, 0.2])).toBeNull();
    expect(delongAuc([true, false], [0.1, 0.2])).toBeNull();
    expect(
      delongTest([true, true, false, false], [1, 1, 0, 0], [0, 0, 0, 0]),
    ).toMatchObject({
      difference: 0.5,
      pValue: NaN,
    });
    expect(brierScore([], [])).toBeNull();
    expect(logLoss([], [])).toBeNull();
    expect(expectedCalibrationError(calibrationBands([], []))).toBeNull();
    // One value for every row, one class, separated classes, and nothing but certainty.
    expect(logisticRecalibration([true, false], [0.4, 0.4])).toBeNull();
    expect(
      logisticRecalibration([true, true, true], [0.2, 0.4, 0.5]),
    ).toBeNull();
    expect(
      logisticRecalibration([false, false, true, true], [0.1, 0.2, 0.7, 0.8]),
    ).toBeNull();
    expect(logisticRecalibration([true, false], [1, 0])).toBeNull();
    expect(
      groupFairness({
        labels: [true],
        scores: [1],
        groups: ['b'],
        threshold: 0.5,
        referenceGroup: 'a',
        metric: 'selection_rate_ratio',
      }),
    ).toBeNull();
  });

  it('counts the rows that have no logit, and clips what would be infinite', () => {
    const { labels, first } = expected.cases[1];
    const fit = logisticRecalibration(
      [...labels, true, false],
      [...first, 1, 0],
    );
    expect(fit).toMatchObject({ n: labels.length, leftOut: 2 });
    const { labels: certain, scores, logLoss: loss } = expected.clipped;
    expect(logLoss(certain, scores)).toEqual(close(loss));
  });
});
