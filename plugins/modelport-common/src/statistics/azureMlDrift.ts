import { DriftFigures, DriftSamples, NO_FIGURES } from './driftFigures';
import { jensenShannonDistance } from './jensenShannonDistance';
import { fixedBins } from './modelportDrift';
import { sharesOf } from './sharesOf';
import { wassersteinDistance } from './wassersteinDistance';

const LEAST_DEVIATION = 1e-3;

/**
 * The figures as Azure Machine Learning's data drift signal computes them, after its public source. The bins are those
 * asked for: Azure's own come from its Spark job.
 */
export function azureMlDrift(samples: DriftSamples): DriftFigures {
  const bins = fixedBins(samples);
  const n = samples.reference.length;
  const m = samples.current.length;
  let psi = 0;
  bins.referenceCounts.forEach((count, bin) => {
    const p = (count + 1) / n;
    const q = (bins.currentCounts[bin] + 1) / m;
    psi += (q - p) * Math.log(q / p);
  });
  const figures = {
    ...NO_FIGURES,
    ...bins,
    psi,
    jensenShannonDistance: jensenShannonDistance(
      sharesOf(bins.referenceCounts),
      sharesOf(bins.currentCounts),
    ),
  };
  const conventions = {
    psi: 'natural logarithm; one is added to every count, divided by the sizes without it',
    jensenShannonDistance: 'distance, logarithm to base 2',
  };
  if (samples.type === 'categorical') {
    return {
      ...figures,
      conventions: { bins: 'every category of either sample', ...conventions },
    };
  }
  return {
    ...figures,
    wasserstein:
      wassersteinDistance(samples.sortedReference, samples.sortedCurrent) /
      Math.max(deviation(samples.reference), LEAST_DEVIATION),
    conventions: {
      bins: '[lo, hi), the last closed, open ends; as asked for, or the deciles of the reference',
      ...conventions,
      wasserstein:
        'normalised: divided by the standard deviation of the reference (ddof 1)',
    },
  };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}
