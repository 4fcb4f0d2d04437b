import { z } from 'zod';

const name = z.string().min(1).max(500);
const text = z.string().max(2_000);
const count = z.number().int().min(0);
const finite = z.number();
const time = z.string().datetime({ offset: true });

const figure = z
  .union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])
  .describe('A number; NaN and the infinities as strings');

const MOST_FIGURES = 200_000;
const MOST_BINS = 10_000;
const MOST_COUNTED = 2_147_483_647;

const window = z
  .object({
    start: time,
    end: time.describe('The first moment after the window'),
  })
  .refine(({ start, end }) => Date.parse(start) < Date.parse(end), {
    message: 'expected the end after the start',
  })
  .describe('The time that rows are from');

const period = z
  .enum(['reference', 'current'])
  .nullish()
  .describe(
    'Whether the window is of the data that others are compared with; current unless given',
  );

/**
 * How far windows of data are from a reference, and what is wrong with them.
 *
 * @public
 */
export const driftBody = z.object({
  window: window.nullish().describe('Of every figure that names none itself'),
  windowFrom: z
    .enum(['document', 'path'])
    .nullish()
    .describe('Whether the document says the window, or its name'),
  figures: z
    .array(
      z.object({
        feature: name.nullish().describe('None where it is about all together'),
        statistic: name.describe('As the tool calls it'),
        value: figure.nullable(),
        threshold: finite.nullish(),
        lowerThreshold: finite.nullish(),
        direction: z
          .enum(['above', 'below'])
          .nullish()
          .describe('On which side of the threshold a value is a breach'),
        breach: z.boolean().nullish().describe('What the tool itself says'),
        nReference: count.nullish().describe('Rows of the reference'),
        nCurrent: count.nullish().describe('Rows of the window'),
        bins: count
          .max(MOST_COUNTED)
          .nullish()
          .describe('Number of bins or categories that it was computed in'),
        noiseFloor: finite
          .min(0)
          .nullish()
          .describe(
            'What noise alone gives at these sizes, where that does not follow from them',
          ),
        window: window.nullish(),
        period,
      }),
    )
    .max(MOST_FIGURES),
  findings: z
    .array(
      z.object({
        feature: name.nullish(),
        check: name.describe('As the tool calls it'),
        message: text,
        window: window.nullish(),
      }),
    )
    .max(MOST_FIGURES)
    .nullish()
    .describe('What is wrong with the data themselves'),
});

/**
 * How good a version was, or is estimated to have been, by windows of time.
 *
 * @public
 */
export const performanceBody = z.object({
  window: window.nullish(),
  windowFrom: z.enum(['document', 'path']).nullish(),
  labels: z
    .enum(['all', 'accepted-only', 'unknown'])
    .nullish()
    .describe('Of which decisions labels come; unknown unless given'),
  figures: z
    .array(
      z.object({
        metric: name.describe('As the tool calls it'),
        kind: z.enum(['realised', 'estimated']),
        method: name
          .max(255)
          .nullish()
          .describe('Of an estimate, such as `CBPE`'),
        value: figure.nullable(),
        lower: finite.nullish(),
        upper: finite.nullish(),
        lowerThreshold: finite.nullish(),
        upperThreshold: finite.nullish(),
        breach: z.boolean().nullish(),
        n: count.nullish(),
        labelled: z
          .number()
          .min(0)
          .max(1)
          .nullish()
          .describe('Share of the rows whose label has arrived'),
        slice: text.nullish(),
        window: window.nullish(),
        period,
      }),
    )
    .max(MOST_FIGURES),
});

/**
 * What is kept of a window of data: counts, never values of rows.
 *
 * @public
 */
export const profileBody = z.object({
  window: window.nullish(),
  windowFrom: z.enum(['document', 'path']).nullish(),
  period,
  columns: z
    .array(
      z.object({
        feature: name,
        n: count.describe('Values that are there'),
        missing: count,
        unseen: count
          .nullish()
          .describe('Values of categories that the reference does not have'),
        outside: count
          .nullish()
          .describe('Numbers outside of the range of the reference'),
        wrongType: count.nullish().describe('Values of another type'),
        edges: z.array(finite).min(2).max(MOST_BINS).nullish(),
        categories: z.array(text).max(MOST_BINS).nullish(),
        counts: z
          .array(z.number().min(0))
          .max(MOST_BINS)
          .nullish()
          .describe(
            'By bin or category; of sketches they are no whole numbers',
          ),
        mean: figure.nullish(),
        standardDeviation: figure.nullish(),
        min: figure.nullish(),
        max: figure.nullish(),
      }),
    )
    .max(10_000),
  expectations: z
    .object({
      comparisonMethod: text.nullish(),
      comparisonThreshold: finite.nullish(),
      columns: z
        .array(
          z.object({
            feature: name,
            type: text.nullish(),
            completeness: finite.nullish().describe('Least share of values'),
            nonNegative: z.boolean().nullish(),
            categories: z.array(text).max(MOST_BINS).nullish(),
          }),
        )
        .max(10_000),
    })
    .nullish()
    .describe('What is expected of the columns of any window'),
});
