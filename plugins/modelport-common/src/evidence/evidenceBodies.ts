import { z } from 'zod';

/** A text of a document, short enough for a page. */
const text = z.string().max(2_000);
const name = z.string().min(1).max(500);

/** A number; what JSON cannot hold travels as text. */
const figure = z
  .union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])
  .describe('A number; NaN and the infinities as strings');

const finite = z.number();
const share = z.number().min(0).max(1);
const count = z.number().int().min(0);

const evaluationSet = z
  .object({
    id: name.describe('What the team calls the set'),
    hash: z
      .string()
      .max(200)
      .nullish()
      .describe('Digest of its row ids and labels'),
  })
  .describe('The rows on which something was measured');

const interval = {
  lower: figure.nullish().describe('Lower end of the interval'),
  upper: figure.nullish().describe('Upper end of the interval'),
  level: share.nullish().describe('Level of the interval, such as 0.95'),
};

const MOST_ITEMS = 100_000;

/**
 * Measurements that are taken of one document.
 *
 * @public
 */
export const MOST_MEASUREMENTS = 5_000;

/**
 * How good a version is: one measurement a metric, dataset and slice.
 *
 * @public
 */
export const metricsBody = z.object({
  measurements: z
    .array(
      z.object({
        key: name,
        value: figure,
        dataset: text.nullish(),
        evaluationSet: evaluationSet.nullish(),
        slice: text.nullish(),
        n: count.nullish().describe('Rows that it was measured on'),
        ...interval,
      }),
    )
    .max(MOST_ITEMS)
    .describe(
      `The first ${MOST_MEASUREMENTS} of a document are taken; its message says how many are not`,
    ),
});

/**
 * The rows of an evaluation: what is compared in pairs between versions.
 *
 * @public
 */
export const evaluationRowsBody = z.object({
  evaluationSet,
  rows: z
    .array(
      z.object({
        id: name.describe('Id of the row, the same in every version'),
        subject: name
          .nullish()
          .describe('The person behind the row; its id where absent'),
        label: z.union([z.string().max(500), z.number(), z.null()]),
        score: z.union([finite, z.array(finite).max(1_000)]),
        weight: finite.nullish(),
        group: z
          .union([text, z.record(name, z.union([text, z.null()]))])
          .nullish()
          .describe('Group for fairness, or groups by attribute'),
      }),
    )
    .max(2_000_000),
});

/**
 * One metric compared between groups of people.
 *
 * @public
 */
export const fairnessBody = z.object({
  metric: name.describe('Such as `selection_rate` or `true_positive_rate`'),
  attribute: name.describe('What the groups differ in'),
  threshold: finite.nullish().describe('Score from which the decision is yes'),
  referenceGroup: text.nullish(),
  dataset: text.nullish(),
  evaluationSet: evaluationSet.nullish(),
  groups: z
    .array(z.object({ group: text, n: count, value: figure, ...interval }))
    .max(10_000),
});

/**
 * Predicted against observed frequencies.
 *
 * @public
 */
export const calibrationBody = z.object({
  dataset: text.nullish(),
  evaluationSet: evaluationSet.nullish(),
  n: count,
  slope: figure.nullish(),
  intercept: figure.nullish(),
  expectedCalibrationError: figure.nullish(),
  brier: figure.nullish(),
  logLoss: figure.nullish(),
  bins: z
    .array(
      z.object({
        lower: share,
        upper: share,
        n: count,
        predicted: figure.nullable().describe('Mean of the predictions'),
        observed: figure.nullable().describe('Share of positive labels'),
      }),
    )
    .max(10_000),
});

/**
 * Golden and behavioural tests of a version.
 *
 * @public
 */
export const testsBody = z.object({
  suites: z
    .array(
      z.object({
        name: text,
        tests: z
          .array(
            z.object({
              name: text,
              outcome: z.enum(['passed', 'failed', 'skipped']),
              message: z.string().max(20_000).nullish(),
              seconds: finite.min(0).nullish(),
            }),
          )
          .max(MOST_ITEMS),
      }),
    )
    .max(10_000),
});

/**
 * How fast a version answers.
 *
 * @public
 */
export const latencyBody = z.object({
  unit: z.literal('ms'),
  n: count.describe('Requests measured'),
  hardware: text.nullish(),
  percentiles: z
    .record(z.string().regex(/^p\d{1,2}(\.\d+)?$/), finite.min(0))
    .describe('Such as {"p50": 3.1, "p95": 8.4}'),
});

/**
 * An independent validation of a version.
 *
 * @public
 */
export const validationBody = z.object({
  validator: name.describe('Entity ref of the person who signed it'),
  independent: z
    .boolean()
    .describe('Whether the validator is outside the owning group'),
  conclusion: z.enum(['fit', 'fit with conditions', 'not fit']),
  conditions: z.array(text).max(1_000).nullish(),
  report: z.string().max(200_000).nullish().describe('Markdown'),
  signedAt: z.string().datetime({ offset: true }),
});

const committer = z.object({ name: text.nullish(), email: name });

/**
 * Who committed what between the version in production and this one.
 *
 * @public
 */
export const commitsBody = z.object({
  repository: text.nullish(),
  from: name.nullish().describe('The commit in production; not in the list'),
  to: name.describe('The commit of this version'),
  commits: z
    .array(
      z.object({
        id: name,
        author: committer,
        committer: committer.nullish().describe('The author where absent'),
        message: text.nullish(),
        at: z.string().datetime({ offset: true }).nullish(),
      }),
    )
    .max(10_000),
});
