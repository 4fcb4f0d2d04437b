import { performanceBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { figureOf, numberOf } from './figureOf';
import { mayBeNannyml, NannymlChunk, readNannymlTable } from './nannymlTable';

const VALUE = /^(.+)_value$/;
const NAME = /(perf|cbpe|dle|estimat|reali[sz]ed)[^/]*$/i;

/** Metrics of regression, which NannyML estimates by DLE; all else by CBPE. */
const REGRESSION = new Set(['mae', 'mape', 'mse', 'msle', 'rmse', 'rmsle']);

/** Reads realised performance, and performance estimated by CBPE or DLE, of NannyML 0.13, from JSON or Parquet. */
export const nannymlPerformanceReader: EvidenceReader = {
  id: 'nannyml-performance',
  version: '1',
  kind: 'performance',
  module: { path: __filename, name: 'nannymlPerformanceReader' },
  matches: file =>
    mayBeNannyml(file) && (file.kind !== null || NAME.test(file.path ?? '')),
  read: async bytes => {
    const chunks = await readNannymlTable(bytes);
    const figures = chunks.flatMap(figuresOf);
    if (figures.length === 0) {
      throw new Error(
        'It is a result of NannyML without a column such as roc_auc_value, so it says nothing of performance',
      );
    }
    return {
      schemaVersion: 1,
      producer: { name: 'NannyML', version: null },
      producedAt: null,
      body: { figures } satisfies z.input<typeof performanceBody>,
    };
  },
};

function figuresOf(
  chunk: NannymlChunk,
): z.input<typeof performanceBody>['figures'] {
  const { columns, window, period, n } = chunk;
  const missing = numberOf(
    columns.chunk_targets_missing_rate ?? columns.targets_missing_rate,
  );
  return Object.entries(columns).flatMap(([key, value]) => {
    const [, metric] = VALUE.exec(key) ?? [];
    // A result of drift has columns of a feature and its method, and is no metric.
    if (!metric || !(`${metric}_sampling_error` in columns)) {
      return [];
    }
    const of = (name: string) => columns[`${metric}_${name}`];
    const isEstimate = `${metric}_upper_confidence_boundary` in columns;
    const alert = of('alert');
    return [
      {
        metric,
        kind: isEstimate ? ('estimated' as const) : ('realised' as const),
        method: isEstimate ? estimatorOf(metric) : null,
        value: figureOf(value),
        lower: numberOf(of('lower_confidence_boundary')),
        upper: numberOf(of('upper_confidence_boundary')),
        lowerThreshold: numberOf(of('lower_threshold')),
        upperThreshold: numberOf(of('upper_threshold')),
        breach: typeof alert === 'boolean' ? alert : null,
        n,
        labelled: isEstimate || missing === null ? null : 1 - missing,
        window,
        period,
      },
    ];
  });
}

function estimatorOf(metric: string): string {
  return REGRESSION.has(metric) ? 'DLE' : 'CBPE';
}
