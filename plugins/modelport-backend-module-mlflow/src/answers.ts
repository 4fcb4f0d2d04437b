import { z } from 'zod';

/** What is used of MLflow's answers: strict on that, tolerant of all else. Empty fields are left out by MLflow. */

const integer = z.union([
  // Nanoseconds logged as a time are beyond what a number holds exactly; they are no reason to refuse a whole page.
  z.number().refine(Number.isInteger),
  z
    .string()
    .regex(/^-?\d{1,20}$/)
    .transform(Number),
]);

/** Names and ids are asked for again; half of a character can't be. */
const name = z
  .string()
  .min(1)
  .regex(/^\P{Cs}*$/u, 'expected text without halves of characters');

const id = z.union([name, z.number().int().transform(String)]);

/** Absent where MLflow leaves it out; null where a server between writes it so. */
const optional = <T>(schema: z.ZodType<T>) =>
  schema.nullish().transform(value => value ?? undefined);

const text = optional(z.string());

const pageToken = text;

/**
 * What is listed is checked item by item, see `readItem`: what of it can't be read is no reason to refuse all the others.
 */
const items = z.array(z.unknown()).default([]);

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
  workspaces: z
    .array(
      z.object({
        // As MLflow itself demands; it becomes part of headers, addresses and ids.
        name: z
          .string()
          .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'expected a-z, 0-9 and -'),
      }),
    )
    .default([]),
  next_page_token: pageToken,
});

export const registeredModelSchema = z.object({
  name,
  creation_timestamp: optional(integer),
  last_updated_timestamp: optional(integer),
  description: text,
  tags: pairs,
  aliases: z
    .array(z.object({ alias: z.string(), version: id }))
    .default([])
    .transform(list =>
      Object.fromEntries(list.map(({ alias, version }) => [alias, version])),
    ),
});

export const registeredModelsSchema = z.object({
  registered_models: items,
  next_page_token: pageToken,
});

/** The answer to what changes something and has nothing to tell. */
export const emptyAnswerSchema = z.object({});

export const registeredModelAnswerSchema = z.object({
  registered_model: registeredModelSchema,
});

export const modelVersionSchema = z.object({
  name,
  version: id,
  creation_timestamp: optional(integer),
  last_updated_timestamp: optional(integer),
  user_id: text,
  current_stage: text,
  description: text,
  source: text,
  // Empty where there is none.
  run_id: optional(z.union([name, z.literal('')])),
  status: text,
  tags: pairs,
});

export const modelVersionsSchema = z.object({
  model_versions: items,
  next_page_token: pageToken,
});

export const modelVersionAnswerSchema = z.object({
  model_version: modelVersionSchema,
});

/** All that is asked of a version which another one is a copy of. */
export const originSchema = z.object({ source: text });

export const originAnswerSchema = z.object({
  model_version: z.looseObject({}),
});

export const experimentSchema = z.object({ experiment_id: id });

export const experimentsSchema = z.object({
  experiments: items,
  next_page_token: pageToken,
});

const metricSchema = z.object({
  key: z.string(),
  value: figure,
  timestamp: optional(integer),
  step: integer.default(0),
  dataset_name: text,
  dataset_digest: text,
  run_id: text,
});

const datasetInputSchema = z.object({
  tags: pairs,
  dataset: z.object({
    name: z.string(),
    digest: text,
    source: text,
    profile: text,
  }),
});

export const runSchema = z.object({
  info: z.object({
    run_id: name,
    experiment_id: id,
    status: text,
    lifecycle_stage: text,
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
      model_outputs: z.array(z.object({ model_id: name })).default([]),
    })
    .prefault({}),
});

/** The id of a run, also where the rest of it can't be read. */
export const runIdSchema = z.object({
  info: z.object({ run_id: z.string() }),
});

export const runsSchema = z.object({
  runs: items,
  next_page_token: pageToken,
});

export const runAnswerSchema = z.object({ run: z.looseObject({}) });

export const loggedModelSchema = z.object({
  info: z.object({
    model_id: name,
    experiment_id: id,
    name: z.string().default('model'),
    source_run_id: text,
  }),
  data: z
    .object({ params: pairs, metrics: z.array(metricSchema).default([]) })
    .prefault({}),
});

/** The id of a logged model, also where the rest of it can't be read. */
export const modelIdSchema = z.object({
  info: z.object({ model_id: z.string() }),
});

export const loggedModelsSchema = z.object({
  models: items,
  next_page_token: pageToken,
});

export const loggedModelAnswerSchema = z.object({
  model: z.looseObject({}),
});

export const metricHistorySchema = z.object({
  metrics: z.array(metricSchema).default([]),
  next_page_token: pageToken,
});

export const filesSchema = z.object({
  files: z
    .array(
      z.object({
        path: z.string(),
        is_dir: z.boolean().default(false),
        file_size: optional(integer),
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
