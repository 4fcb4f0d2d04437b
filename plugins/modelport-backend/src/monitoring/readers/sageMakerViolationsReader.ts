import { driftBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';
import { windowOfPath } from './windowOfPath';

const schema = z.object({
  violations: z
    .array(
      z.looseObject({
        feature_name: z.string().nullish(),
        metric_name: z.string().nullish(),
        facet: z.string().nullish(),
        facet_value: z.string().nullish(),
        constraint_check_type: z.string(),
        description: z.string(),
      }),
    )
    .max(100_000),
});

type Violation = z.infer<typeof schema>['violations'][number];

/** Such as `Numerical distance: 0.4 exceeds numerical threshold: 0.1`. */
const DISTANCE =
  /^(\w+ distance):? ([\d.eE+-]+) exceeds (?:\w+ )?threshold:? ([\d.eE+-]+)/;
/** The score is below the threshold, whatever the words say. */
const ATTRIBUTION =
  /^Feature attribution drift ([\d.eE+-]+) exceeds threshold ([\d.eE+-]+)/;

/**
 * Reads `constraint_violations.json` of SageMaker Model Monitor: what a run found wrong. Statistics that stayed within
 * their thresholds are not in such a file.
 */
export const sageMakerViolationsReader: EvidenceReader = {
  id: 'sagemaker-violations',
  version: '1',
  kind: 'drift',
  module: { path: __filename, name: 'sageMakerViolationsReader' },
  matches: ({ path }) =>
    path !== null && /constraint_violations\.json$/i.test(path),
  read: (bytes, { path }) => {
    const content = schema.safeParse(parseJson(bytes));
    if (!content.success) {
      throw new Error(
        'It is no constraint_violations.json of SageMaker: expected violations, each with constraint_check_type and description',
      );
    }
    const window = windowOfPath(path);
    const { violations } = content.data;
    return {
      schemaVersion: 1,
      producer: { name: 'SageMaker Model Monitor', version: null },
      producedAt: null,
      body: {
        window,
        windowFrom: window && 'path',
        figures: violations.flatMap(figureOfViolation),
        findings: violations
          .filter(violation => figureOfViolation(violation).length === 0)
          .map(violation => ({
            feature: violation.feature_name?.trim() || violation.facet || null,
            check: violation.constraint_check_type,
            message: [violation.metric_name, violation.description]
              .filter(Boolean)
              .join(': ')
              .slice(0, 2_000),
          })),
      } satisfies z.input<typeof driftBody>,
    };
  },
};

function figureOfViolation(
  violation: Violation,
): z.input<typeof driftBody>['figures'] {
  const distance = DISTANCE.exec(violation.description);
  if (distance && violation.feature_name) {
    return [
      {
        feature: violation.feature_name.trim(),
        statistic: distance[1],
        value: Number(distance[2]),
        threshold: Number(distance[3]),
        direction: 'above',
        breach: true,
      },
    ];
  }
  const attribution = ATTRIBUTION.exec(violation.description);
  return attribution
    ? [
        {
          feature: null,
          statistic: `${violation.constraint_check_type} (NDCG)`,
          value: Number(attribution[1]),
          threshold: Number(attribution[2]),
          direction: 'below',
          breach: true,
        },
      ]
    : [];
}
