import { DriftFigures, DriftSamples, NO_FIGURES } from './driftFigures';
import { kolmogorovSmirnov } from './kolmogorovSmirnov';
import { largestDifference } from './largestDifference';
import { fixedBins } from './modelportDrift';
import { sharesOf } from './sharesOf';

/**
 * The figures as Deequ, and with it SageMaker Model Monitor, computes them, after its public source: L∞ of the
 * distribution functions of numbers, and of the shares of categories. SageMaker's own container works on sketches of
 * numbers, so its figure is near this one.
 */
export function deequDrift(samples: DriftSamples): DriftFigures {
  const bins = fixedBins(samples);
  const n = samples.reference.length;
  const m = samples.current.length;
  const simple =
    samples.type === 'numeric'
      ? kolmogorovSmirnov(samples.sortedReference, samples.sortedCurrent)
      : largestDifference(
          sharesOf(bins.referenceCounts),
          sharesOf(bins.currentCounts),
        );
  return {
    ...NO_FIGURES,
    ...bins,
    lInfinity: {
      simple,
      robust: Math.max(0, simple - 1.8 * Math.sqrt((n + m) / (n * m))),
    },
    conventions: {
      bins: 'shown only; the figure is of all values',
      lInfinity:
        samples.type === 'numeric'
          ? 'largest difference of the distribution functions; robust: less 1.8 √((n+m)/nm), at least 0'
          : 'largest difference of a share; robust: less 1.8 √((n+m)/nm), at least 0',
    },
  };
}
