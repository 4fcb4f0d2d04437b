import { z } from 'zod';

/** Longer names are refused: no tool makes them, and ids are made of them. */
const MAX_NAME = 2_000;

const name = z
  .string()
  .min(1)
  .max(MAX_NAME)
  .regex(/^[^\0\p{Surrogate}]*$/u, {
    message: 'expected neither the null character nor half characters',
  });

const time = z
  .string()
  .max(64)
  .refine(
    value =>
      /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)),
    { message: 'expected a time as in ISO 8601' },
  )
  .transform(value => new Date(value).toISOString());

const identifier = z.looseObject({ namespace: name, name });

/** Names a version of a model of the portal. */
const modelVersion = z.looseObject({
  source: name.nullish(),
  name: name.nullish(),
  version: name.nullish(),
});

const parent = z.looseObject({
  run: z.looseObject({ runId: name }).nullish(),
  job: identifier.nullish(),
});

// What a facet holds may be absent: one that was deleted holds nothing but a flag.
const datasetFacets = z.looseObject({
  version: z.looseObject({ datasetVersion: name.nullish() }).nullish(),
  symlinks: z
    .looseObject({ identifiers: z.array(identifier).nullish() })
    .nullish(),
  columnLineage: z
    .looseObject({
      fields: z
        .record(
          z.string(),
          z.looseObject({
            inputFields: z
              .array(z.looseObject({ namespace: name, name, field: name }))
              .nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
  modelport_modelVersion: modelVersion.nullish(),
});

const dataset = z.looseObject({
  namespace: name,
  name,
  facets: datasetFacets.nullish(),
});

const job = z.looseObject({
  namespace: name,
  name,
  facets: z
    .looseObject({
      sourceCodeLocation: z
        .looseObject({
          url: name.nullish(),
          repoUrl: name.nullish(),
          version: name.nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

const run = z.looseObject({
  runId: name,
  facets: z
    .looseObject({
      parent: parent.nullish(),
      // As Airflow wrote it before the facet had its name.
      parentRun: parent.nullish(),
      mlflow_run: z.looseObject({ runId: name.nullish() }).nullish(),
      modelport_modelVersion: modelVersion.nullish(),
    })
    .nullish(),
});

/** What differs between the events of one run. */
export const openLineageMoment = z.object({
  eventTime: time,
  eventType: z
    .enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'])
    .nullish(),
});

/**
 * An event of OpenLineage as far as the graph needs it: of a run, of a job, or of a dataset. Whatever else it holds is
 * kept with it.
 */
export const openLineageEvent = z
  .looseObject({
    ...openLineageMoment.shape,
    run: run.nullish(),
    job: job.nullish(),
    dataset: dataset.nullish(),
    inputs: z.array(dataset).nullish(),
    outputs: z.array(dataset).nullish(),
  })
  .refine(event => event.job || event.dataset, {
    message: 'expected a job or a dataset',
  })
  .refine(event => event.job || !event.run, {
    message: 'expected the job of the run',
    path: ['job'],
  });

/** When an event was, and what it says of its run. */
export type OpenLineageMoment = z.infer<typeof openLineageMoment>;

/** An event, read. */
export type OpenLineageEvent = z.infer<typeof openLineageEvent>;

/** A dataset in an event. */
export type OpenLineageDataset = z.infer<typeof dataset>;

/** A job in an event. */
export type OpenLineageJob = z.infer<typeof job>;

/** Names of a version in a facet. */
export type ModelVersionFacet = z.infer<typeof modelVersion>;
