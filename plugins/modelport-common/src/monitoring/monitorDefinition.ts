import { z } from 'zod';

/** Files write a name such as 1 as they write a number. */
const name = z
  .union([z.string().min(1).max(500), z.number(), z.boolean()])
  .transform(String);
const time = z.iso
  .datetime({ offset: true })
  .describe('A time with Z or an offset');

const dataSchema = z
  .union([
    z.strictObject({
      artefact: name.describe(
        'Path below the artefacts of the version; `*` in its last part stands for any characters',
      ),
    }),
    z.strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .describe('Read through the integrations of the portal'),
    }),
    z.strictObject({
      path: name.describe(
        'File in a folder that the config of the portal allows; `*` in its last part stands for any characters',
      ),
    }),
    z.strictObject({
      engine: name.describe('Id of the engine that holds the table'),
      table: name.describe('Such as catalog.schema.table'),
    }),
  ])
  .describe('Parquet or CSV files, or a table of an engine');

const columnSchema = z.strictObject({
  type: z
    .enum(['numeric', 'categorical'])
    .optional()
    .describe('From the signature unless given'),
  role: z
    .enum(['feature', 'prediction', 'ignored'])
    .optional()
    .describe('A feature unless given'),
  personal: z
    .boolean()
    .optional()
    .describe(
      'Only how many values there are, are missing or of another type is kept',
    ),
  edges: z
    .array(z.number())
    .min(2)
    .max(200)
    .refine(
      edges => edges.every((edge, at) => at === 0 || edge > edges[at - 1]),
      { message: 'expected every edge above the one before' },
    )
    .optional()
    .describe('Edges of the bins; deciles of the reference unless given'),
});

const thresholds = z
  .strictObject({
    psi: z.number().positive().default(0.2),
    jensenShannonDistance: z.number().positive().default(0.1),
    hellinger: z.number().positive().default(0.1),
    ks: z.number().positive().max(1).default(0.1),
    wassersteinScaled: z.number().positive().default(0.1),
    pValue: z.number().positive().max(1).default(0.05),
    missingShare: z.number().positive().max(1).default(0.05),
    outsideShare: z.number().positive().max(1).default(0.05),
    unseenShare: z.number().positive().max(1).default(0.01),
    correlationShift: z.number().positive().max(2).default(0.2),
  })
  .describe('What a figure must not pass');

const labelSchema = z.strictObject({
  column: name,
  prediction: name.describe(
    'Column of the probability of the positive class, the predicted class or the predicted value',
  ),
  task: z.enum(['probability', 'class', 'value']),
  positive: name
    .default('1')
    .describe('How the positive class is written, for probabilities'),
  decideAt: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('A probability of at least this counts as positive'),
  maturesAfterDays: z
    .number()
    .min(0)
    .max(3_660)
    .default(0)
    .describe('Days after its end until all labels of a window are in'),
  of: z
    .enum(['all', 'accepted-only'])
    .default('all')
    .describe('Of which cases labels come'),
  segments: z
    .array(name)
    .max(5)
    .default([])
    .describe('Columns whose values are looked at one by one'),
});

/**
 * What is computed here of a model's data: a reference, windows of time that are compared with it, and how.
 *
 * @public
 */
export const monitorDefinition = z
  .strictObject({
    reference: z
      .strictObject({
        data: dataSchema
          .optional()
          .describe('Such as the training data; the current data unless given'),
        window: z
          .strictObject({ start: time, end: time })
          .refine(({ start, end }) => Date.parse(start) < Date.parse(end), {
            message: 'expected the end after the start',
          })
          .optional()
          .describe('Only rows of this time'),
      })
      .refine(one => one.data || one.window, {
        message: 'expected data, a window, or both',
      })
      .describe('What every window is compared with'),
    current: dataSchema
      .optional()
      .describe('Where new rows lie; absent where they are sent only'),
    time: z
      .strictObject({
        column: name.describe('The time that a row is from'),
        zone: z
          .string()
          .min(1)
          .max(100)
          .default('UTC')
          .describe('Zone of the windows, such as Europe/Zurich'),
      })
      .optional(),
    window: z.enum(['hour', 'day', 'week', 'month', 'quarter']).default('day'),
    columns: z.record(z.string().min(1).max(500), columnSchema).default({}),
    label: labelSchema.optional(),
    thresholds: thresholds.prefault({}),
  })
  .superRefine((monitor, context) => {
    if ((monitor.current || monitor.reference.window) && !monitor.time) {
      context.addIssue({
        code: 'custom',
        path: ['time'],
        message: 'expected the column of time, since rows are put in windows',
      });
    }
    if (
      monitor.reference.window &&
      !monitor.reference.data &&
      !monitor.current
    ) {
      context.addIssue({
        code: 'custom',
        path: ['reference'],
        message: 'expected data, since there are no current data',
      });
    }
  })
  .superRefine(({ columns, label }, context) => {
    const kept = label && [
      ...label.segments.map((column, place) => ({
        column,
        path: ['label', 'segments', place],
      })),
      ...(label.task === 'class'
        ? [
            { column: label.column, path: ['label', 'column'] },
            { column: label.prediction, path: ['label', 'prediction'] },
          ]
        : []),
    ];
    for (const { column, path } of kept ?? []) {
      if (columns[column]?.personal === true) {
        context.addIssue({
          code: 'custom',
          path,
          message: `expected a column that is not personal: values of ${column} would be kept`,
        });
      }
    }
  })
  .meta({ title: 'A monitor' });

/**
 * A monitor with its defaults filled in.
 *
 * @public
 */
export type MonitorDefinition = z.output<typeof monitorDefinition>;

/**
 * Where a monitor's data lie.
 *
 * @public
 */
export type MonitorData = z.output<typeof dataSchema>;
