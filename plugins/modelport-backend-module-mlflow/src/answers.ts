import { z } from 'zod';

/** What is used of MLflow's answers: strict on that, tolerant of all else. Empty fields are left out by MLflow. */

const integer = z.union([
  // Nanoseconds logged as a time are beyond what a number holds exactly; they are no reason to refuse a whole page.
  z.number().refine(Number.isInteger),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

const id = z.union([z.string(), z.number().int().transform(String)]);

const pageToken = z.string().optional();

/** Where MLflow can't write an infinity it writes the largest number there is. */
export const figure = z.union([
  z
    .number()
    .transform(value =>
      Math.abs(value) === Number.MAX_VALUE
        ? Math.sign(value) * Infinity
        : value,
    ),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number),
]);

const pairs = z
  .array(z.object({ key: z.string(), value: z.string().default('') }))
  .default([])
  .transform(list =>
    Object.fromEntries(list.map(({ key, value }) => [key, value])),
  );

export const serverInfoSchema = z.object({
  workspaces_enabled: z.boolean().optional(),
});

export const workspacesSchema = z.object({
  workspaces: z.array(z.object({ name: z.string().min(1) })).default([]),
  next_page_token: pageToken,
});

const registeredModelSchema = z.object({
  name: z.string().min(1),
  creation_timestamp: integer.optional(),
  last_updated_timestamp: integer.optional(),
  description: z.string().nullish(),
  tags: pairs,
  aliases: z
    .array(z.object({ alias: z.string(), version: id }))
    .default([])
    .transform(list =>
      Object.fromEntries(list.map(({ alias, version }) => [alias, version])),
    ),
});

export const registeredModelsSchema = z.object({
  registered_models: z.array(registeredModelSchema).default([]),
  next_page_token: pageToken,
});

export const registeredModelAnswerSchema = z.object({
  registered_model: registeredModelSchema,
});

const modelVersionSchema = z.object({
  name: z.string().min(1),
  version: id,
  creation_timestamp: integer.optional(),
  last_updated_timestamp: integer.optional(),
  user_id: z.string().optional(),
  current_stage: z.string().optional(),
  description: z.string().nullish(),
  source: z.string().optional(),
  run_id: z.string().optional(),
  status: z.string().optional(),
  tags: pairs,
});

export const modelVersionsSchema = z.object({
  model_versions: z.array(modelVersionSchema).default([]),
  next_page_token: pageToken,
});

export const modelVersionAnswerSchema = z.object({
  model_version: modelVersionSchema,
});

export const experimentsSchema = z.object({
  experiments: z.array(z.object({ experiment_id: id })).default([]),
  next_page_token: pageToken,
});

const metricSchema = z.object({
  key: z.string(),
  value: figure,
  timestamp: integer.optional(),
  step: integer.default(0),
  dataset_name: z.string().optional(),
  dataset_digest: z.string().optional(),
  run_id: z.string().optional(),
});

const datasetInputSchema = z.object({
  tags: pairs,
  dataset: z.object({
    name: z.string(),
    digest: z.string().optional(),
    source: z.string().optional(),
    profile: z.string().optional(),
  }),
});

const runSchema = z.object({
  info: z.object({
    run_id: z.string(),
    experiment_id: id,
    user_id: z.string().optional(),
    status: z.string().optional(),
    artifact_uri: z.string().optional(),
    lifecycle_stage: z.string().optional(),
  }),
  data: z
    .object({
      metrics: z.array(metricSchema).default([]),
      params: pairs,
      tags: pairs,
    })
    .prefault({}),
  inputs: z
    .object({ dataset_inputs: z.array(datasetInputSchema).default([]) })
    .prefault({}),
  outputs: z
    .object({
      model_outputs: z.array(z.object({ model_id: z.string() })).default([]),
    })
    .prefault({}),
});

export const runsSchema = z.object({
  runs: z.array(runSchema).default([]),
  next_page_token: pageToken,
});

export const runAnswerSchema = z.object({ run: runSchema });

const loggedModelSchema = z.object({
  info: z.object({
    model_id: z.string(),
    experiment_id: id,
    name: z.string().default('model'),
    source_run_id: z.string().optional(),
    artifact_uri: z.string().optional(),
  }),
  data: z
    .object({ params: pairs, metrics: z.array(metricSchema).default([]) })
    .prefault({}),
});

export const loggedModelsSchema = z.object({
  models: z.array(loggedModelSchema).default([]),
  next_page_token: pageToken,
});

export const loggedModelAnswerSchema = z.object({ model: loggedModelSchema });

export const metricHistorySchema = z.object({
  metrics: z.array(metricSchema).default([]),
  next_page_token: pageToken,
});

export const filesSchema = z.object({
  root_uri: z.string().optional(),
  files: z
    .array(
      z.object({
        path: z.string(),
        is_dir: z.boolean().default(false),
        file_size: integer.optional(),
      }),
    )
    .default([]),
  next_page_token: pageToken,
});

export type RegisteredModel = z.output<typeof registeredModelSchema>;
export type ModelVersion = z.output<typeof modelVersionSchema>;
export type Metric = z.output<typeof metricSchema>;
export type DatasetInput = z.output<typeof datasetInputSchema>;
export type Run = z.output<typeof runSchema>;
export type LoggedModel = z.output<typeof loggedModelSchema>;
export type Files = z.output<typeof filesSchema>;
