import { performanceBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';
import { figureOf } from './figureOf';
import { headText } from './headText';
import { windowOfPath } from './windowOfPath';

const KINDS = [
  'binary_classification_metrics',
  'multiclass_classification_metrics',
  'regression_metrics',
];

const schema = z.looseObject({
  dataset: z
    .looseObject({
      item_count: z.number().int().min(0).nullish(),
      start_time: z.string().nullish(),
      end_time: z.string().nullish(),
      evaluation_time: z.string().nullish(),
    })
    .nullish(),
});

const metric = z.looseObject({ value: z.unknown() });

/** Reads the statistics of SageMaker Model Monitor's model quality: how good a version was in a window. */
export const sageMakerQualityReader: EvidenceReader = {
  id: 'sagemaker-quality',
  version: '1',
  kind: 'performance',
  module: { path: __filename, name: 'sageMakerQualityReader' },
  matches: ({ path, head }) =>
    path !== null &&
    /(^|[/_])statistics\.json$/i.test(path) &&
    (head.length === 0 ||
      KINDS.some(kind => headText(head).includes(`"${kind}"`))),
  read: (bytes, { path }) => {
    const content = schema.safeParse(parseJson(bytes));
    const found = content.success
      ? KINDS.flatMap(kind => Object.entries(objectOf(content.data[kind])))
      : [];
    if (!content.success || found.length === 0) {
      throw new Error(
        `It holds no metrics of SageMaker's model quality: expected one of ${KINDS.join(
          ', ',
        )}`,
      );
    }
    const { dataset } = content.data;
    const start = Date.parse(dataset?.start_time ?? '');
    const end = Date.parse(dataset?.end_time ?? '');
    const window =
      start < end
        ? {
            start: new Date(start).toISOString(),
            end: new Date(end).toISOString(),
          }
        : windowOfPath(path);
    return {
      schemaVersion: 1,
      producer: { name: 'SageMaker Model Monitor', version: null },
      producedAt: dataset?.evaluation_time ?? null,
      body: {
        window,
        windowFrom: start < end ? 'document' : window && 'path',
        figures: found.flatMap(([name, value]) => {
          const figure = figureOf(metric.safeParse(value).data?.value);
          return figure === null
            ? []
            : [
                {
                  metric: name,
                  kind: 'realised' as const,
                  value: figure,
                  n: dataset?.item_count ?? null,
                },
              ];
        }),
      } satisfies z.input<typeof performanceBody>,
    };
  },
};

function objectOf(value: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
}
