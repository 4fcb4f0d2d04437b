import { z } from 'zod';
import {
  count,
  figure,
  finite,
  link,
  path,
  prose,
  text,
  time,
  truth,
} from './scalars';

const evaluationSet = z
  .strictObject({
    id: text.describe(
      'Name of the set; the same rows and labels have the same name.',
    ),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 as 64 lower-case hex digits')
      .nullish()
      .describe('SHA-256 over row ids and labels.'),
  })
  .describe(
    'What was measured on: figures of two versions compare only on the same set.',
  );

const dataset = z.strictObject({
  name: text.describe('Name of the dataset.'),
  digest: text.nullish().describe('Digest, as the tool that read it made it.'),
  context: text
    .nullish()
    .describe('What for: training, validation, evaluation.'),
  source: text.nullish().describe('Where it comes from.'),
  rows: count.nullish().describe('Number of rows.'),
});

const measured = z.union(
  [
    figure,
    z.strictObject({
      value: figure.describe('The figure.'),
      lower: finite.nullish().describe('Lower end of its interval.'),
      upper: finite.nullish().describe('Upper end of its interval.'),
    }),
  ],
  { error: 'expected a number, or value with lower and upper' },
);

const evaluation = z
  .strictObject({
    dataset: text
      .nullish()
      .describe('Name of one of the datasets of this version.'),
    evaluationSet: evaluationSet.nullish(),
    slice: text
      .nullish()
      .describe('The part of the rows, such as age=under_25; absent for all.'),
    n: count.nullish().describe('Number of rows measured.'),
    metrics: z.record(text, measured).describe('Figures by metric.'),
  })
  .describe('Metrics that were measured together, on the same rows.');

const column = z.strictObject({
  name: text.nullish(),
  type: text.describe('Type, such as double, string or tensor(float32).'),
  required: truth.nullish(),
  shape: z
    .array(
      z
        .string()
        .regex(/^(-1|\d{1,9})$/, 'expected a size, or -1 for any')
        .transform(Number)
        .meta({ type: ['integer', 'string'] }),
    )
    .nullish()
    .describe('Shape of a tensor; -1 is any size.'),
});

const columns = z.array(column).nullish();

const fields = z.strictObject({
  description: prose
    .nullish()
    .describe('What sets this version apart. Markdown.'),
  createdAt: time
    .nullish()
    .describe('When it was made: a day, or a time with Z or an offset.'),
  author: text.nullish().describe('Who made it.'),
  runId: text.nullish().describe('Id of the training run.'),
  tags: z
    .record(text, prose.meta({ type: ['string', 'number', 'boolean'] }))
    .nullish()
    .describe('Tags of the version.'),
  params: z
    .record(text, prose.meta({ type: ['string', 'number', 'boolean'] }))
    .nullish()
    .describe('Parameters of the training.'),
  metrics: z
    .record(text, figure)
    .nullish()
    .describe('Figures of which nothing more is known; see evaluations.'),
  metricHistory: path
    .nullish()
    .describe(
      "CSV file in the version's folder with the columns metric, step, time and value.",
    ),
  evaluations: z
    .array(evaluation)
    .nullish()
    .describe('Figures with what they were measured on.'),
  evaluationSet: evaluationSet
    .nullish()
    .describe('The set of all metrics that name no other.'),
  datasets: z
    .array(dataset)
    .nullish()
    .describe('Data that the version was trained and measured on.'),
  decision: z
    .strictObject({
      thresholds: z
        .array(finite)
        .nullish()
        .describe('Scores at which the decision changes.'),
      referBand: z
        .strictObject({ lower: finite, upper: finite })
        .nullish()
        .describe('Scores between which a person decides.'),
      scaling: text
        .nullish()
        .describe('How the score is scaled for those who read it.'),
    })
    .nullish()
    .describe('How scores become decisions.'),
  sourceCode: z
    .strictObject({
      repository: text.nullish().describe('Address of the repository.'),
      commit: text.nullish().describe('Commit of the training code.'),
    })
    .nullish()
    .describe('The code that trained it.'),
  signature: z
    .strictObject({ inputs: columns, outputs: columns, params: columns })
    .nullish()
    .describe('Inputs and outputs; where absent, model/MLmodel says them.'),
  links: z.array(link).nullish().describe('Pages of this version elsewhere.'),
});

function checkFigures(
  version: z.output<typeof fields>,
  context: z.core.$RefinementCtx,
): void {
  const names = (version.datasets ?? []).map(({ name }) => name);
  const seen = new Set(
    Object.keys(version.metrics ?? {}).map(key => JSON.stringify([key, null])),
  );
  for (const [index, { dataset: name, slice, metrics }] of (
    version.evaluations ?? []
  ).entries()) {
    if (name && names.filter(other => other === name).length !== 1) {
      context.addIssue({
        code: 'custom',
        path: ['evaluations', index, 'dataset'],
        message: `expected the name of exactly one of this version's datasets, found ${name}`,
      });
    }
    for (const key of Object.keys(metrics)) {
      const id = JSON.stringify([key, slice ?? null]);
      if (seen.has(id)) {
        context.addIssue({
          code: 'custom',
          path: ['evaluations', index, 'metrics', key],
          message: `measured twice${
            slice ? ` on ${slice}` : ''
          }: expected names of their own, such as test_${key}`,
        });
      }
      seen.add(id);
    }
  }
}

/** A `version.yaml`. */
export const versionFileSchema = fields
  .superRefine(checkFigures)
  .meta({ title: 'A version of a model in Modelport (version.yaml)' });

/** A version written into `modelport.yaml`. */
export const inlineVersionSchema = fields
  .extend({
    version: text.describe('Name of the version.'),
    folder: path
      .nullish()
      .describe(
        "Folder of its artefacts, from the model's; versions/<version> where absent.",
      ),
  })
  .superRefine(checkFigures);

export type VersionFile = z.output<typeof versionFileSchema>;
export type InlineVersion = z.output<typeof inlineVersionSchema>;
