import { performanceBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { mayBeEvidently } from './evidentlyFile';
import { readEvidentlyReport } from './evidentlyReport';
import { figureOf, numberOf } from './figureOf';
import { headText } from './headText';

/** Metrics of quality that are one number, by their types. */
const METRICS = new Set([
  'Accuracy',
  'Precision',
  'Recall',
  'F1Score',
  'RocAuc',
  'LogLoss',
  'TPR',
  'TNR',
  'FPR',
  'FNR',
  'MAE',
  'MAPE',
  'RMSE',
  'R2Score',
  'MeanError',
  'AbsMaxError',
]);

const head =
  /metric_v2:(Accuracy|Precision|Recall|F1Score|RocAuc|LogLoss|MAE|RMSE|MAPE|R2Score|MeanError)/;

/** Reads how good a version was from the JSON of an Evidently 0.7 report. */
export const evidentlyPerformanceReader: EvidenceReader = {
  id: 'evidently-performance',
  version: '1',
  kind: 'performance',
  module: { path: __filename, name: 'evidentlyPerformanceReader' },
  matches: file =>
    mayBeEvidently(file) &&
    (file.head.length === 0 ||
      file.kind !== null ||
      head.test(headText(file.head))),
  read: (bytes, { path }) => {
    const report = readEvidentlyReport(bytes, path);
    const rows = report.metrics.find(({ type }) => type === 'RowCount');
    const n = numberOf(rows?.value);
    const figures = report.metrics
      .filter(({ type }) => METRICS.has(type))
      .map(({ type, value }) => ({
        metric: type,
        kind: 'realised' as const,
        value: figureOf(
          z.looseObject({ mean: z.unknown() }).safeParse(value).data?.mean ??
            value,
        ),
        n,
      }));
    if (figures.length === 0) {
      throw new Error(
        'It is a report of Evidently without a metric of quality that this portal reads',
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
      } satisfies z.input<typeof performanceBody>,
    };
  },
};
