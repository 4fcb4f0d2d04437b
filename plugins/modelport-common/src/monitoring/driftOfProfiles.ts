import { z } from 'zod';
import {
  binnedKolmogorovSmirnov,
  binnedWasserstein,
} from '../statistics/binnedDistances';
import { chiSquareContingency } from '../statistics/chiSquareContingency';
import { hellingerDistance } from '../statistics/hellingerDistance';
import { jensenShannonDistance } from '../statistics/jensenShannonDistance';
import { kolmogorovSmirnovPValue } from '../statistics/kolmogorovSmirnovPValue';
import { noiseFloor } from '../statistics/noiseFloor';
import { populationStabilityIndex } from '../statistics/populationStabilityIndex';
import { sharesOf } from '../statistics/sharesOf';
import {
  binnedWassersteinNoise,
  wassersteinNoise,
} from '../statistics/wassersteinNoise';
import { MonitorDefinition } from './monitorDefinition';
import { driftBody, profileBody } from './monitoringBodies';

/**
 * What is kept of one column of a window.
 *
 * @public
 */
export type ColumnCounts = z.output<typeof profileBody>['columns'][number];

/**
 * A figure of drift as evidence keeps it.
 *
 * @public
 */
export type DriftFigure = z.output<typeof driftBody>['figures'][number];

/**
 * Figures on all values of a column, of which profiles know only counts.
 *
 * @public
 */
export interface ExactFigures {
  n: number;
  m: number;
  ks: number;
  wasserstein: number;
  /** `wassersteinSpread` of the reference. */
  spread: number;
}

/** Up to this many rows a p-value may be a breach; with more, everything is significant and only the size counts. */
const MOST_BY_P_VALUE = 1_000;

/**
 * How far a window's column is from the reference's: the figures in fixed bins, and those on all values where they are
 * given. Without them Kolmogorov–Smirnov and Wasserstein are told from the bins, and called so.
 *
 * Missing, unseen and outside shares are without a threshold here: what is wrong with data is a finding, so that bad
 * data start nothing.
 *
 * @public
 */
export function driftOfProfiles(
  reference: ColumnCounts,
  current: ColumnCounts,
  thresholds: MonitorDefinition['thresholds'],
  exact?: ExactFigures,
): DriftFigure[] {
  const { feature } = reference;
  const sizes = { nReference: reference.n, nCurrent: current.n };
  const figure = (statistic: string, value: number): DriftFigure => ({
    feature,
    statistic,
    value,
    ...sizes,
  });
  const all = current.n + current.missing + (current.wrongType ?? 0);
  const shares = [
    ...(all > 0 ? [figure('missingShare', current.missing / all)] : []),
    ...(current.outside !== null &&
    current.outside !== undefined &&
    current.n > 0
      ? [figure('outsideShare', current.outside / current.n)]
      : []),
    ...(current.unseen !== null && current.unseen !== undefined && current.n > 0
      ? [figure('unseenShare', current.unseen / current.n)]
      : []),
    ...(all > 0
      ? [figure('wrongTypeShare', (current.wrongType ?? 0) / all)]
      : []),
  ];
  const { counts: before, edges } = reference;
  const { counts: after } = current;
  if (!before || !after || reference.n === 0 || current.n === 0) {
    return shares;
  }
  const p = sharesOf(before);
  const q = sharesOf(after);
  const bins = before.filter((count, bin) => count + after[bin] > 0).length;
  const distance = (
    statistic: string,
    value: number,
    threshold: number | null,
    floor?: number,
  ): DriftFigure => ({
    ...figure(statistic, value),
    threshold,
    direction: 'above',
    bins,
    ...(floor !== undefined && { noiseFloor: floor }),
  });
  const isSmall = Math.max(reference.n, current.n) <= MOST_BY_P_VALUE;
  const pValue = (statistic: string, value: number): DriftFigure => ({
    ...figure(statistic, value),
    direction: 'below',
    threshold: isSmall ? thresholds.pValue : null,
  });
  const chiSquare = chiSquareContingency(before, after);
  return [
    distance('psi', populationStabilityIndex(p, q), thresholds.psi),
    distance(
      'jensenShannonDistance',
      jensenShannonDistance(p, q),
      thresholds.jensenShannonDistance,
    ),
    distance('hellinger', hellingerDistance(p, q), thresholds.hellinger),
    ...(chiSquare
      ? [
          figure('chiSquare', chiSquare.statistic),
          pValue('chiSquare p-value', chiSquare.pValue),
        ]
      : []),
    ...(edges ? onAllValues() : []),
    ...shares,
  ];

  function onAllValues(): DriftFigure[] {
    const deviation =
      typeof reference.standardDeviation === 'number' &&
      reference.standardDeviation > 0
        ? reference.standardDeviation
        : undefined;
    if (!exact) {
      const wasserstein = binnedWasserstein(p, q, edges ?? []);
      const noise = binnedWassersteinNoise(p, edges ?? [], {
        n: reference.n,
        m: current.n,
      });
      return [
        distance(
          'ks (binned)',
          binnedKolmogorovSmirnov(p, q),
          thresholds.ks,
          noiseFloor('ks', {
            n: reference.n,
            m: current.n,
            bins: null,
          }) ?? undefined,
        ),
        distance('wasserstein (binned)', wasserstein, null, noise),
        ...(deviation
          ? [
              distance(
                'wasserstein / reference deviation (binned)',
                wasserstein / deviation,
                thresholds.wassersteinScaled,
                noise / deviation,
              ),
            ]
          : []),
      ];
    }
    const { n, m, ks, wasserstein, spread } = exact;
    const noise = wassersteinNoise(spread, { n, m });
    return [
      distance('ks', ks, thresholds.ks),
      pValue('ks p-value', kolmogorovSmirnovPValue(ks, n, m)),
      distance('wasserstein', wasserstein, null, noise),
      ...(deviation
        ? [
            distance(
              'wasserstein / reference deviation',
              wasserstein / deviation,
              thresholds.wassersteinScaled,
              noise / deviation,
            ),
          ]
        : []),
    ];
  }
}
