import { driftBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { isPValue } from '../isPValue';
import { mayBeEvidently } from './evidentlyFile';
import { EvidentlyMetric, readEvidentlyReport } from './evidentlyReport';
import { figureOf, numberOf } from './figureOf';
import { headText } from './headText';

const DISTANCE =
  /^(ed|hellinger|jensenshannon|kl_div|psi|wasserstein)$|distance|divergence|psi|stability/i;

/** Reads how columns drifted from the JSON of an Evidently 0.7 report. */
export const evidentlyDriftReader: EvidenceReader = {
  id: 'evidently-drift',
  version: '1',
  kind: 'drift',
  module: { path: __filename, name: 'evidentlyDriftReader' },
  matches: file =>
    mayBeEvidently(file) &&
    (file.head.length === 0 ||
      file.kind !== null ||
      /Drift/.test(headText(file.head)) ||
      /drift/i.test(file.path ?? '')),
  read: (bytes, { path }) => {
    const report = readEvidentlyReport(bytes, path);
    const figures = report.metrics.flatMap(figuresOf);
    if (figures.length === 0) {
      throw new Error(
        'It is a report of Evidently without ValueDrift or DriftedColumnsCount, so it says nothing of drift',
      );
    }
    return {
      schemaVersion: 1,
      producer: { name: 'Evidently', version: null },
      producedAt: null,
      body: {
        window: report.window,
        windowFrom: report.windowFrom,
        figures,
      } satisfies z.input<typeof driftBody>,
    };
  },
};

function figuresOf(
  metric: EvidentlyMetric,
): z.input<typeof driftBody>['figures'] {
  const { params, value } = metric;
  if (metric.type === 'DriftedColumnsCount') {
    const share = numberOf(
      z.looseObject({ share: z.unknown() }).safeParse(value).data?.share,
    );
    const threshold = numberOf(params.drift_share);
    return [
      {
        feature: null,
        statistic: 'DriftedColumnsCount (share)',
        value: share,
        threshold,
        direction: 'above',
        breach:
          share === null || threshold === null ? null : share >= threshold,
      },
    ];
  }
  const { column, method } = params;
  if (
    metric.type !== 'ValueDrift' ||
    typeof column !== 'string' ||
    typeof method !== 'string'
  ) {
    return [];
  }
  const threshold = numberOf(params.threshold);
  const score = numberOf(value);
  const direction = directionOf(method);
  return [
    {
      feature: column,
      statistic: method,
      value: figureOf(value),
      threshold,
      direction,
      breach: metric.failed ?? breachOf(score, threshold, direction),
    },
  ];
}

function directionOf(method: string): 'above' | 'below' | null {
  if (isPValue(method)) {
    return 'below';
  }
  return DISTANCE.test(method) ? 'above' : null;
}

/** As Evidently judges: a p-value below the threshold, a distance of at least the threshold. */
function breachOf(
  score: number | null,
  threshold: number | null,
  direction: 'above' | 'below' | null,
): boolean | null {
  if (score === null || threshold === null || direction === null) {
    return null;
  }
  return direction === 'below' ? score < threshold : score >= threshold;
}
