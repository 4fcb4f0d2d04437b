import { InputError } from '@backstage/errors';
import { binCounts } from './binCounts';
import { chiSquareContingency } from './chiSquareContingency';
import { countCategories } from './countCategories';
import { DriftFigures, DriftSamples, NO_FIGURES } from './driftFigures';
import { hellingerDistance } from './hellingerDistance';
import { jensenShannonDistance } from './jensenShannonDistance';
import { kolmogorovSmirnov } from './kolmogorovSmirnov';
import { kolmogorovSmirnovPValue } from './kolmogorovSmirnovPValue';
import { populationStabilityIndex } from './populationStabilityIndex';
import { quantileEdges } from './quantileEdges';
import { sharesOf } from './sharesOf';
import { wassersteinDistance } from './wassersteinDistance';

const BINNED = {
  psi: 'natural logarithm; a share of less than 0.0001 counts as 0.0001, without normalising again',
  jensenShannonDistance:
    'distance (root of the divergence), logarithm to base 2',
  hellinger: '√(½ Σ (√p − √q)²)',
  chiSquare:
    "Pearson's test of the 2 × k table, without Yates' correction; bins that are empty on both sides are left out",
};

/**
 * Counts two samples in the same bins: the edges asked for, or the reference's deciles; categories as they are.
 *
 * @throws `InputError` where no edges can be taken from the reference.
 */
export function fixedBins(
  samples: DriftSamples,
): Pick<
  DriftFigures,
  'edges' | 'categories' | 'referenceCounts' | 'currentCounts'
> {
  if (samples.type === 'categorical') {
    const counts = countCategories(samples.reference, samples.current);
    return {
      edges: null,
      categories: counts.categories,
      referenceCounts: counts.reference,
      currentCounts: counts.current,
    };
  }
  const edges = samples.edges
    ? [...samples.edges]
    : quantileEdges(samples.sortedReference);
  if (edges.length < 2) {
    throw new InputError(
      `All ${samples.reference.length} values of the reference are the same, so no bins can be taken from it. Send edges, or compare as categories.`,
    );
  }
  return {
    edges,
    categories: null,
    referenceCounts: binCounts(samples.reference, edges, { openEnds: true }),
    currentCounts: binCounts(samples.current, edges, { openEnds: true }),
  };
}

/** The figures by the portal's own conventions. */
export function modelportDrift(samples: DriftSamples): DriftFigures {
  const bins = fixedBins(samples);
  const p = sharesOf(bins.referenceCounts);
  const q = sharesOf(bins.currentCounts);
  const binned = {
    ...NO_FIGURES,
    ...bins,
    psi: populationStabilityIndex(p, q),
    jensenShannonDistance: jensenShannonDistance(p, q),
    hellinger: hellingerDistance(p, q),
    chiSquare: chiSquareContingency(bins.referenceCounts, bins.currentCounts),
  };
  if (samples.type === 'categorical') {
    return {
      ...binned,
      conventions: { bins: 'every category of either sample', ...BINNED },
    };
  }
  const { sortedReference, sortedCurrent } = samples;
  const statistic = kolmogorovSmirnov(sortedReference, sortedCurrent);
  return {
    ...binned,
    ks: {
      statistic,
      pValue: kolmogorovSmirnovPValue(
        statistic,
        sortedReference.length,
        sortedCurrent.length,
      ),
    },
    wasserstein: wassersteinDistance(sortedReference, sortedCurrent),
    conventions: {
      bins: `[lo, hi), the last closed, open ends; ${
        samples.edges
          ? 'edges as asked for'
          : 'edges at the deciles of the reference, each once'
      }`,
      ...BINNED,
      ks: 'two-sample, two-sided; the p-value is exact up to 10,000 values a side, beyond that by the one-sample distribution of nm/(n+m) values',
      wasserstein: 'unscaled, in the unit of the values',
    },
  };
}
