import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chiSquareSurvival } from './chiSquareSurvival';
import { driftStatistics } from './driftStatistics';
import { kolmogorovSmirnovPValue } from './kolmogorovSmirnovPValue';
import { kolmogorovSurvival } from './kolmogorovSurvival';

function fixture(name: string) {
  return JSON.parse(
    readFileSync(resolve(__dirname, '__fixtures__', name), 'utf8'),
  );
}

/** An actual and an expected figure; null where there is none. */
type Pair = [actual: unknown, expected: number | null];

/** The pairs that differ by more than two orders of adding up can, relative to what was expected. */
function differing(pairs: Record<string, Pair>, digits = 1e-11) {
  return Object.entries(pairs).filter(([, [actual, expected]]) => {
    if (typeof actual !== 'number' || expected === null) {
      return (actual ?? null) !== expected;
    }
    const most =
      digits * Math.max(Math.abs(expected), 1e-300) +
      1e-15 * Number(expected > 1e-12);
    return !(Math.abs(actual - expected) <= most);
  });
}

const oracleInput = fixture('driftOracleInput.json');
const oracle = fixture('driftOracleOutput.json').features;

describe.each(Object.keys(oracle))('drift of %s by the tools', name => {
  const feature = oracleInput.features.find(
    (one: { name: string }) => one.name === name,
  );
  const expected = oracle[name];
  const isNumeric = feature.type === 'numerical';
  const request = {
    type: isNumeric ? 'numeric' : 'categorical',
    reference: feature.reference,
    current: feature.current,
    edges: feature.bin_edges,
  };

  it('by our own conventions', () => {
    const drift = driftStatistics(request);
    const { fixed_bins: fixed, unbinned, n } = expected;
    expect(drift).toMatchObject({
      nReference: n.reference,
      nCurrent: n.current,
      missingReference: n.missing_reference,
      missingCurrent: n.missing_current,
      edges: fixed.edges ?? null,
      categories: fixed.categories ?? null,
      referenceCounts: fixed.reference_counts,
      currentCounts: fixed.current_counts,
    });
    expect(
      differing({
        psi: [drift.psi, fixed.psi_floor_1e4],
        jensenShannon: [drift.jensenShannonDistance, fixed.js_distance_base2],
        hellinger: [drift.hellinger, fixed.hellinger],
        chiSquare: [
          drift.chiSquare?.statistic,
          fixed.chi2_contingency.statistic,
        ],
        chiSquareP: [drift.chiSquare?.pValue, fixed.chi2_contingency.p_value],
        ks: [drift.ks?.statistic, isNumeric ? unbinned.ks_statistic : null],
        ksP: [drift.ks?.pValue, isNumeric ? unbinned.ks_p_value_auto : null],
        wasserstein: [
          drift.wasserstein,
          isNumeric ? unbinned.wasserstein : null,
        ],
      }),
    ).toEqual([]);
    expect(drift.chiSquare?.degreesOfFreedom).toBe(fixed.chi2_contingency.dof);
  });

  it("by Evidently's", () => {
    const drift = driftStatistics(request, 'evidently');
    const { evidently } = expected.tools;
    expect(
      differing({
        psi: [drift.psi, evidently.psi.value],
        jensenShannon: [
          drift.jensenShannonDistance,
          evidently.jensenshannon.value,
        ],
        hellinger: [drift.hellinger, evidently.hellinger.value],
        ...(isNumeric
          ? {
              wasserstein: [drift.wasserstein, evidently.wasserstein.value],
              ksP: [drift.ks?.pValue, evidently.ks.value],
            }
          : {
              chiSquareP: [drift.chiSquare?.pValue, evidently.chisquare.value],
            }),
      }),
    ).toEqual([]);
  });

  it("by NannyML's", () => {
    const drift = driftStatistics(request, 'nannyml');
    const { nannyml } = expected.tools;
    expect(
      differing({
        jensenShannon: [drift.jensenShannonDistance, nannyml.jensen_shannon],
        hellinger: [drift.hellinger, nannyml.hellinger],
        ...(isNumeric
          ? {
              ks: [drift.ks?.statistic, nannyml.kolmogorov_smirnov],
              wasserstein: [drift.wasserstein, nannyml.wasserstein],
            }
          : {
              chiSquare: [drift.chiSquare?.statistic, nannyml.chi2],
              chiSquareP: [drift.chiSquare?.pValue, nannyml.chi2_p_value],
              lInfinity: [drift.lInfinity?.simple, nannyml.l_infinity],
            }),
      }),
    ).toEqual([]);
  });

  it("by Azure ML's and Deequ's", () => {
    const azure = driftStatistics(request, 'azureml');
    const { azure_ml: azureMl, sagemaker_deequ: deequ } = expected.tools;
    const { lInfinity } = driftStatistics(request, 'deequ');
    expect(
      differing({
        psi: [azure.psi, expected.fixed_bins.psi_plus_one_azure],
        jensenShannon: [
          azure.jensenShannonDistance,
          expected.fixed_bins.js_distance_base2,
        ],
        ...(isNumeric && {
          wasserstein: [azure.wasserstein, azureMl.normalized_wasserstein],
        }),
        lInfinity: [lInfinity?.simple, deequ.linf_simple],
      }),
    ).toEqual([]);
    expect(
      differing({ robust: [lInfinity?.robust, deequ.linf_robust] }, 1e-10),
    ).toEqual([]);
  });
});

describe('tails of distributions', () => {
  const scipy = fixture('scipyFigures.json');

  it('of chi-square are those of scipy', () => {
    for (const [x, k, p] of scipy.chi2) {
      expect(differing({ p: [chiSquareSurvival(x, k), p] }, 1e-10)).toEqual([]);
    }
  });

  it('of one Kolmogorov–Smirnov sample are those of scipy', () => {
    for (const [x, n, p] of scipy.kstwo) {
      expect(differing({ p: [kolmogorovSurvival(x, n), p] }, 1e-8)).toEqual([]);
    }
  });

  it('of two Kolmogorov–Smirnov samples are those of scipy', () => {
    for (const [d, n, m, p] of scipy.ks) {
      expect(
        differing({ p: [kolmogorovSmirnovPValue(d, n, m), p] }, 1e-8),
      ).toEqual([]);
    }
  });
});

describe('what cannot be compared', () => {
  const ok = [1, 2, 3];
  it.each([
    [
      'no list',
      { type: 'numeric', reference: 1, current: ok },
      /reference: expected a list/,
    ],
    [
      'another type',
      { type: 'text', reference: ok, current: ok },
      /Expected an object/,
    ],
    ['nothing', null, /Expected an object/],
    [
      'an empty list',
      { type: 'numeric', reference: [], current: ok },
      /reference is empty/,
    ],
    [
      'all missing',
      { type: 'categorical', reference: ['a'], current: [null, null] },
      /current has no value: all 2/,
    ],
    [
      'all infinite',
      { type: 'numeric', reference: ok, current: ['Infinity', 'NaN'] },
      /current has no value/,
    ],
    [
      'one value',
      { type: 'numeric', reference: [5], current: ok },
      /All 1 values of the reference are the same/,
    ],
    [
      'constants',
      { type: 'numeric', reference: [5, 5], current: ok },
      /All 2 values/,
    ],
    [
      'texts as numbers',
      { type: 'numeric', reference: ok, current: [1, '2'] },
      /current\[1\] is a string/,
    ],
    [
      'lists as categories',
      { type: 'categorical', reference: ok, current: [[1]] },
      /current\[0\] is a list/,
    ],
    [
      'unordered edges',
      { type: 'numeric', reference: ok, current: ok, edges: [0, 2, 1] },
      /edges\[2\] is not above/,
    ],
    [
      'one edge',
      { type: 'numeric', reference: ok, current: ok, edges: [0] },
      /expected 2 to/,
    ],
    [
      'infinite edges',
      { type: 'numeric', reference: ok, current: ok, edges: [0, 'Infinity'] },
      /edges\[1\]: expected a finite number/,
    ],
    [
      'edges of categories',
      { type: 'categorical', reference: ok, current: ok, edges: [0, 1] },
      /edges are for numbers/,
    ],
    [
      'ids',
      {
        type: 'categorical',
        reference: Array.from({ length: 100_000 }, (_, i) => `id${i}`),
        current: ['a'],
      },
      /100001 different categories/,
    ],
  ])('is refused: %s', (_what, request, message) => {
    expect(() => driftStatistics(request)).toThrow(message);
  });

  it('is refused: an unknown convention', () => {
    const request = { type: 'numeric', reference: ok, current: ok };
    expect(() => driftStatistics(request, 'psi')).toThrow(/convention/);
  });

  it('counts infinities as missing, and says so', () => {
    expect(
      driftStatistics({
        type: 'numeric',
        reference: [1, 2, 'NaN', null],
        current: [1, 'Infinity', '-Infinity', 4],
      }),
    ).toMatchObject({
      nReference: 2,
      missingReference: 2,
      notFiniteReference: 1,
      nCurrent: 2,
      missingCurrent: 2,
      notFiniteCurrent: 2,
    });
  });

  it('compares a constant where edges are given', () => {
    const constant = { type: 'numeric', reference: [5, 5], current: [5, 5] };
    expect(driftStatistics({ ...constant, edges: [0, 4, 6] })).toMatchObject({
      psi: 0,
      chiSquare: null,
      wasserstein: 0,
    });
  });
});
