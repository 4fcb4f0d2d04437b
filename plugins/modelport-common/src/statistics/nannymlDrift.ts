import { binCounts } from './binCounts';
import { chiSquareContingency } from './chiSquareContingency';
import { countCategories } from './countCategories';
import { DriftFigures, DriftSamples, NO_FIGURES } from './driftFigures';
import { hellingerDistance } from './hellingerDistance';
import { histogramEdges } from './histogramEdges';
import { jensenShannonDistance } from './jensenShannonDistance';
import { kolmogorovSmirnov } from './kolmogorovSmirnov';
import { largestDifference } from './largestDifference';
import { sharesOf } from './sharesOf';
import { wassersteinDistance } from './wassersteinDistance';

/** From this many reference values on, NannyML approximates what it computes on all values. */
const APPROXIMATE_FROM = 10_000;

/** The figures as NannyML 0.13 computes them (`nannyml.drift.univariate.methods`). */
export function nannymlDrift(samples: DriftSamples): DriftFigures {
  return samples.type === 'numeric' ? numeric(samples) : categorical(samples);
}

function numeric(
  samples: Extract<DriftSamples, { type: 'numeric' }>,
): DriftFigures {
  const edges = histogramEdges(samples.reference, 'doane');
  const referenceCounts = binCounts(samples.reference, edges, {
    openEnds: false,
  });
  const currentCounts = binCounts(samples.current, edges, { openEnds: false });
  const { p, q } = withOverflow(
    sharesOf(referenceCounts, samples.reference.length),
    sharesOf(currentCounts, samples.current.length),
  );
  const { sortedReference, sortedCurrent } = samples;
  const isExact = samples.reference.length < APPROXIMATE_FROM;
  const approximate = `none here: from ${APPROXIMATE_FROM} reference values on NannyML approximates it`;
  return {
    ...NO_FIGURES,
    edges,
    referenceCounts,
    currentCounts,
    jensenShannonDistance: jensenShannonDistance(p, q),
    hellinger: hellingerDistance(p, q),
    ks: isExact
      ? {
          statistic: kolmogorovSmirnov(sortedReference, sortedCurrent),
          pValue: null,
        }
      : null,
    wasserstein: isExact
      ? wassersteinDistance(sortedReference, sortedCurrent)
      : null,
    conventions: {
      bins: "Doane's rule on the reference; current values outside make one more bin",
      jensenShannonDistance: 'distance, logarithm to base 2',
      hellinger: '√(½ Σ (√p − √q)²)',
      ks: isExact ? 'statistic of two samples; no p-value' : approximate,
      wasserstein: isExact ? 'unscaled' : approximate,
    },
  };
}

function categorical(
  samples: Extract<DriftSamples, { type: 'categorical' }>,
): DriftFigures {
  const counts = countCategories(samples.reference, samples.current);
  const p = sharesOf(counts.reference);
  const q = sharesOf(counts.current);
  const difference = largestDifference(p, q);
  // Categories that the reference does not have make one bin together.
  const known = counts.reference.map(count => count > 0);
  const overflow = withOverflow(
    p.filter((_share, place) => known[place]),
    q.filter((_share, place) => known[place]),
  );
  return {
    ...NO_FIGURES,
    categories: counts.categories,
    referenceCounts: counts.reference,
    currentCounts: counts.current,
    jensenShannonDistance: jensenShannonDistance(overflow.p, overflow.q),
    hellinger: hellingerDistance(overflow.p, overflow.q),
    chiSquare: chiSquareContingency(counts.reference, counts.current, {
      yates: true,
    }),
    lInfinity: { simple: difference, robust: difference },
    conventions: {
      bins: 'categories of the reference; all new ones make one more bin, except for chi-square and L∞',
      jensenShannonDistance: 'distance, logarithm to base 2',
      hellinger: '√(½ Σ (√p − √q)²)',
      chiSquare: "2 × k table, with Yates' correction on 2 × 2",
      lInfinity: 'largest difference of a share; NannyML has no robust one',
    },
  };
}

function withOverflow(p: number[], q: number[]) {
  const rest = 1 - q.reduce((sum, share) => sum + share, 0);
  return rest > 0 ? { p: [...p, 0], q: [...q, rest] } : { p, q };
}
