import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import { RequestHandler } from 'express';
import { EndpointMap, spec } from './schema/openapi';

/** Paths of models and their versions, which pages and scripts read most. */
const MODELS_PATHS = [
  '/models',
  '/models/{source}/{name}',
  '/models/{source}/{name}/activity',
  '/models/{source}/{name}/compare',
  '/models/{source}/{name}/risk-tier',
  '/models/{source}/{name}/versions',
  '/models/{source}/{name}/versions/{version}',
  '/models/{source}/{name}/versions/{version}/artefacts',
  '/models/{source}/{name}/versions/{version}/metrics/{key}/history',
] as const;

type ModelsOperation = Extract<
  keyof EndpointMap,
  `#${string}|${(typeof MODELS_PATHS)[number]}`
>;

/** Routes of models and their versions; paths, parameters and answers are typed by the OpenAPI file. */
export type ModelsRouter = Awaited<ReturnType<typeof createModelsRouter>>;

/** All other routes of the API, typed alike. */
export type ApiRouter = Awaited<ReturnType<typeof createApiRouter>>;

/**
 * Checks and routes what is asked of models and their versions. The checker goes through all paths of its document at
 * each request until one fits, which takes as long as a reading of the database; so these have a document of their own.
 */
export async function createModelsRouter(options: {
  middleware: RequestHandler[];
}) {
  return createValidatedOpenApiRouterFromGeneratedEndpointMap<
    Pick<EndpointMap, ModelsOperation>
  >(
    partOf(path => isOfModels(path)),
    options,
  );
}

/** Checks and routes all else that is asked of the API. */
export async function createApiRouter(options: {
  middleware: RequestHandler[];
}) {
  return createValidatedOpenApiRouterFromGeneratedEndpointMap<
    Omit<EndpointMap, ModelsOperation>
  >(
    partOf(path => !isOfModels(path)),
    options,
  );
}

function isOfModels(path: string): boolean {
  return MODELS_PATHS.some(other => other === path);
}

/** The API's document with some of its paths. */
function partOf(holds: (path: string) => boolean): typeof spec {
  const paths = Object.entries(spec.paths).filter(([path]) => holds(path));
  return { ...spec, paths: Object.fromEntries(paths) as typeof spec.paths };
}
