import { z } from 'zod';

const name = z.string().min(1).max(500);
const finite = z.number();
const share = finite.min(0).max(1);

/** Features of an explanation; wider ones are no longer read by people. */
const MOST_FEATURES = 10_000;
const MOST_CLASSES = 1_000;
const MOST_ROWS = 2_000_000;

const perClass = z.union([finite, z.array(finite).max(MOST_CLASSES)]);

/** What an explanation explains: the unit of its base value, contributions and outputs. */
export const explainsSchema = z
  .object({
    output: z
      .enum(['margin', 'probability'])
      .describe('The unit: what the trees add up to, or a probability'),
    calibrated: z
      .boolean()
      .nullish()
      .describe('Whether it is the output after calibration'),
    outcome: z
      .string()
      .max(200)
      .nullish()
      .describe('What a higher output means, such as `default`'),
    link: z
      .enum(['logit', 'softmax', 'identity', 'log', 'unknown'])
      .nullish()
      .describe('What makes the margin of the score'),
  })
  .describe('What is explained');

/** What an explanation says besides its rows; also the settings that stand beside rows in a file of another tool. */
export const explanationSettings = z.object({
  explains: explainsSchema,
  perturbation: z
    .string()
    .max(100)
    .nullish()
    .describe('Such as `path-dependent` or `interventional`'),
  background: z
    .object({
      digest: z.string().max(200).nullish(),
      rows: z.number().int().min(0).nullish(),
    })
    .nullish()
    .describe('The rows that it was explained against'),
  retrainingNoise: z
    .object({
      runs: z
        .number()
        .int()
        .min(1)
        .describe('Trainings with another seed that were compared'),
      churn: share
        .nullish()
        .describe('Share of rows whose top reason was another one, at most'),
      rankShift: z
        .number()
        .min(0)
        .nullish()
        .describe('Places that a feature moved, at most'),
      rankCorrelation: finite
        .min(-1)
        .max(1)
        .nullish()
        .describe("Spearman's, of the features' importance, at least"),
    })
    .nullish()
    .describe(
      'How far the reasons move where the same model is trained again on the same rows with another seed',
    ),
});

/**
 * Settings of an explanation that stand in `explanation.json` beside the file with its rows.
 *
 * @public
 */
export const explanationSidecar = explanationSettings.partial().extend({
  producer: z
    .object({ name, version: z.string().max(255).nullish() })
    .nullish(),
  groups: z
    .record(name, z.array(name).max(MOST_FEATURES))
    .nullish()
    .describe('Features that are parts of one, such as one-hot columns'),
  personal: z
    .array(name)
    .max(MOST_FEATURES)
    .nullish()
    .describe('Features whose values are masked'),
});

/**
 * Values of a model's output explained by its features: row by row, or their mean alone.
 *
 * @public
 */
export const explanationBody = explanationSettings.extend({
  features: z
    .array(
      z.object({
        name,
        group: name
          .nullish()
          .describe('What it is a part of, such as the parent of a column'),
        personal: z
          .boolean()
          .nullish()
          .describe('Whether its values are masked for who reads rows'),
      }),
    )
    .min(1)
    .max(MOST_FEATURES),
  classes: z
    .array(name)
    .max(MOST_CLASSES)
    .nullish()
    .describe('Of a model with several outputs, in their order'),
  rows: z
    .array(
      z.object({
        id: name.describe('Id of the row, the same in every version'),
        subject: name
          .nullish()
          .describe('The person behind the row; its id where absent'),
        values: z
          .array(z.union([finite, z.string().max(500), z.boolean(), z.null()]))
          .nullish()
          .describe('In the order of the features; null is missing'),
        baseValue: perClass.nullable().describe('One number, or one a class'),
        output: perClass
          .nullish()
          .describe('What the contributions should add up to'),
        contributions: z
          .union([z.array(finite), z.array(z.array(finite)).max(MOST_CLASSES)])
          .describe('In the order of the features; one list a class'),
      }),
    )
    .max(MOST_ROWS),
  importance: z
    .array(
      z.object({
        class: name.nullish(),
        baseValue: finite.nullish(),
        meanAbs: z
          .array(finite.min(0))
          .describe('In the order of the features'),
      }),
    )
    .max(MOST_CLASSES)
    .nullish()
    .describe('Where a tool gives the means alone: one entry a class'),
});

/**
 * The body of a document of kind `explanation`.
 *
 * @public
 */
export type ExplanationBody = z.output<typeof explanationBody>;

/**
 * One explained row.
 *
 * @public
 */
export type ExplanationRow = ExplanationBody['rows'][number];

/**
 * What `explanation.json` says of the rows beside it.
 *
 * @public
 */
export type ExplanationSidecar = z.output<typeof explanationSidecar>;
