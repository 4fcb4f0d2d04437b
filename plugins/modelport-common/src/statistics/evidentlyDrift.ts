import { binCounts } from './binCounts';
import { chiSquareFit } from './chiSquareFit';
import { countCategories } from './countCategories';
import { DriftFigures, DriftSamples, NO_FIGURES } from './driftFigures';
import { histogramEdges } from './histogramEdges';
import { jensenShannonDistance } from './jensenShannonDistance';
import { kolmogorovSmirnov } from './kolmogorovSmirnov';
import { kolmogorovSmirnovPValue } from './kolmogorovSmirnovPValue';
import { populationStabilityIndex } from './populationStabilityIndex';
import { sharesOf } from './sharesOf';
import { wassersteinDistance } from './wassersteinDistance';

/** A numeric reference with no more distinct values is binned by value. */
const MOST_DISTINCT = 20;
const FLOOR = 1e-4;
const LEAST_DEVIATION = 1e-3;

/**
 * The figures as Evidently 0.7 computes them (`evidently.legacy.calculations.stattests`). Numbers that are all whole
 * count as an integer column.
 */
export function evidentlyDrift(samples: DriftSamples): DriftFigures {
  const bins = binsOf(samples);
  const p = sharesOf(bins.referenceCounts, samples.reference.length);
  const q = sharesOf(bins.currentCounts, samples.current.length);
  const binned = {
    ...NO_FIGURES,
    ...bins,
    psi: populationStabilityIndex(filled(p), filled(q), 0),
    jensenShannonDistance: jensenShannonDistance(p, q, Math.E),
  };
  const conventions = {
    bins: bins.edges
      ? "Sturges' rule on reference and current together; what lies outside is left out"
      : 'every value of either sample',
    psi: 'natural logarithm; an empty bin counts as 0.0001, or as a millionth of the smallest share where that is no more than 0.0001',
    jensenShannonDistance: 'distance, natural logarithm',
  };
  if (samples.type === 'categorical') {
    return {
      ...binned,
      hellinger: hellingerOfShares(p, q),
      chiSquare: chiSquareFit(bins.referenceCounts, bins.currentCounts),
      conventions: {
        ...conventions,
        hellinger: '√(1 − Σ √(pq))',
        chiSquare:
          "goodness of fit to the reference's shares; the p-value is 0 where a category is new",
      },
    };
  }
  const { sortedReference, sortedCurrent } = samples;
  const statistic = kolmogorovSmirnov(sortedReference, sortedCurrent);
  return {
    ...binned,
    hellinger: numericHellinger(samples.reference, samples.current),
    ks: {
      statistic,
      pValue: kolmogorovSmirnovPValue(
        statistic,
        sortedReference.length,
        sortedCurrent.length,
      ),
    },
    wasserstein:
      wassersteinDistance(sortedReference, sortedCurrent) /
      Math.max(deviation(samples.reference), LEAST_DEVIATION),
    conventions: {
      ...conventions,
      hellinger:
        "√(1 − Σ √(pq)), in bins by Sturges' rule on the distinct values",
      ks: 'two-sample, two-sided; Evidently judges by the p-value',
      wasserstein:
        'normed: divided by the standard deviation of the reference (ddof 0)',
    },
  };
}

function binsOf(samples: DriftSamples) {
  if (
    samples.type === 'numeric' &&
    new Set(samples.reference).size > MOST_DISTINCT
  ) {
    const all = [...samples.reference, ...samples.current];
    const edges = histogramEdges(all, 'sturges', { integers: areWhole(all) });
    return {
      edges,
      categories: null,
      referenceCounts: binCounts(samples.reference, edges, { openEnds: false }),
      currentCounts: binCounts(samples.current, edges, { openEnds: false }),
    };
  }
  const counts = countCategories(samples.reference, samples.current);
  return {
    edges: null,
    categories: counts.categories,
    referenceCounts: counts.reference,
    currentCounts: counts.current,
  };
}

function filled(shares: number[]): number[] {
  const smallest = Math.min(...shares.filter(share => share !== 0));
  const fill = smallest <= FLOOR ? smallest / 1e6 : FLOOR;
  return shares.map(share => (share === 0 ? fill : share));
}

function hellingerOfShares(p: number[], q: number[]): number {
  const overlap = p.reduce(
    (sum, share, bin) => sum + Math.sqrt(share * q[bin]),
    0,
  );
  return Math.sqrt(Math.max(0, 1 - Math.min(1, overlap)));
}

function numericHellinger(
  reference: readonly number[],
  current: readonly number[],
): number {
  const all = [...new Set([...reference, ...current])];
  const edges = histogramEdges(all, 'sturges', { integers: areWhole(all) });
  const width = (edges[edges.length - 1] - edges[0]) / (edges.length - 1);
  const densities = [reference, current].map(values => {
    const counts = binCounts(values, edges, { openEnds: false });
    return sharesOf(counts).map(
      (share, bin) => share / (edges[bin + 1] - edges[bin]),
    );
  });
  const overlap = densities[0].reduce(
    (sum, density, bin) => sum + Math.sqrt(density * densities[1][bin]) * width,
    0,
  );
  return Math.sqrt(1 - Math.min(Math.max(overlap, 0), 1));
}

function areWhole(values: readonly number[]): boolean {
  return values.every(Number.isInteger);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
}
