import { profileBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';
import { figureOf } from './figureOf';
import { windowOfPath } from './windowOfPath';

const common = z.looseObject({
  num_present: z.number().int().min(0),
  num_missing: z.number().int().min(0),
});

const schema = z.looseObject({
  features: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        numerical_statistics: z
          .looseObject({
            common,
            mean: z.unknown(),
            std_dev: z.unknown(),
            min: z.unknown(),
            max: z.unknown(),
            distribution: z
              .looseObject({
                kll: z
                  .looseObject({
                    buckets: z.array(
                      z.looseObject({
                        lower_bound: z.number(),
                        upper_bound: z.number(),
                        count: z.number().min(0),
                      }),
                    ),
                  })
                  .nullish(),
              })
              .nullish(),
          })
          .nullish(),
        string_statistics: z
          .looseObject({
            common,
            distribution: z
              .looseObject({
                categorical: z
                  .looseObject({
                    buckets: z.array(
                      z.looseObject({
                        value: z.string(),
                        count: z.number().min(0),
                      }),
                    ),
                  })
                  .nullish(),
              })
              .nullish(),
          })
          .nullish(),
      }),
    )
    .max(10_000),
});

type Feature = z.infer<typeof schema>['features'][number];

/** Names of what SageMaker's data quality monitor and its baseline write. */
const FILE = /(^|[/_])statistics(_baseline)?\.json$/i;

/** Reads `statistics.json` of SageMaker Model Monitor's data quality: profiles of a run, or of the baseline. */
export const sageMakerStatisticsReader: EvidenceReader = {
  id: 'sagemaker-statistics',
  version: '1',
  kind: 'profile',
  module: { path: __filename, name: 'sageMakerStatisticsReader' },
  matches: ({ path }) => path !== null && FILE.test(path),
  read: (bytes, { path }) => {
    const content = schema.safeParse(parseJson(bytes));
    if (!content.success) {
      const [issue] = content.error.issues;
      throw new Error(
        `It is no statistics.json of SageMaker's data quality: ${issue.path.join(
          '.',
        )}: ${issue.message}`,
      );
    }
    const window = windowOfPath(path);
    return {
      schemaVersion: 1,
      producer: { name: 'SageMaker Model Monitor', version: null },
      producedAt: null,
      body: {
        window,
        windowFrom: window && 'path',
        period: /baseline/i.test(path ?? '') ? 'reference' : 'current',
        columns: content.data.features.flatMap(columnOf),
      } satisfies z.input<typeof profileBody>,
    };
  },
};

function columnOf(feature: Feature): z.input<typeof profileBody>['columns'] {
  const { name, numerical_statistics: numeric } = feature;
  if (numeric) {
    const buckets = numeric.distribution?.kll?.buckets ?? [];
    return [
      {
        feature: name,
        n: numeric.common.num_present,
        missing: numeric.common.num_missing,
        edges:
          buckets.length > 0
            ? [
                buckets[0].lower_bound,
                ...buckets.map(bucket => bucket.upper_bound),
              ]
            : null,
        counts: buckets.length > 0 ? buckets.map(({ count }) => count) : null,
        mean: figureOf(numeric.mean),
        standardDeviation: figureOf(numeric.std_dev),
        min: figureOf(numeric.min),
        max: figureOf(numeric.max),
      },
    ];
  }
  const texts = feature.string_statistics;
  const buckets = texts?.distribution?.categorical?.buckets ?? [];
  return texts
    ? [
        {
          feature: name,
          n: texts.common.num_present,
          missing: texts.common.num_missing,
          categories: buckets.length > 0 ? buckets.map(b => b.value) : null,
          counts: buckets.length > 0 ? buckets.map(b => b.count) : null,
        },
      ]
    : [];
}
