import { profileBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';

const schema = z.looseObject({
  features: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        inferred_type: z.string().nullish(),
        completeness: z.number().nullish(),
        num_constraints: z
          .looseObject({ is_non_negative: z.boolean().nullish() })
          .nullish(),
        string_constraints: z
          .looseObject({ domains: z.array(z.string()).nullish() })
          .nullish(),
      }),
    )
    .max(10_000),
  monitoring_config: z
    .looseObject({
      distribution_constraints: z
        .looseObject({
          comparison_threshold: z.number().nullish(),
          comparison_method: z.string().nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

/** Reads `constraints.json` of SageMaker Model Monitor's data quality: what is expected of the columns. */
export const sageMakerConstraintsReader: EvidenceReader = {
  id: 'sagemaker-constraints',
  version: '1',
  kind: 'profile',
  module: { path: __filename, name: 'sageMakerConstraintsReader' },
  matches: ({ path }) =>
    path !== null && /(^|\/)constraints\.json$/i.test(path),
  read: bytes => {
    const content = schema.safeParse(parseJson(bytes));
    if (!content.success) {
      throw new Error(
        "It is no constraints.json of SageMaker's data quality: expected features, each with its name",
      );
    }
    const { features, monitoring_config: config } = content.data;
    return {
      schemaVersion: 1,
      producer: { name: 'SageMaker Model Monitor', version: null },
      producedAt: null,
      body: {
        period: 'reference',
        columns: [],
        expectations: {
          comparisonMethod:
            config?.distribution_constraints?.comparison_method ?? null,
          comparisonThreshold:
            config?.distribution_constraints?.comparison_threshold ?? null,
          columns: features.map(feature => ({
            feature: feature.name,
            type: feature.inferred_type ?? null,
            completeness: feature.completeness ?? null,
            nonNegative: feature.num_constraints?.is_non_negative ?? null,
            categories: feature.string_constraints?.domains ?? null,
          })),
        },
      } satisfies z.input<typeof profileBody>,
    };
  },
};
