import { createOpenApiRouter } from './schema/openapi';

/** The router made from the OpenAPI file: paths, parameters and answers are typed by it. */
export type ModelsRouter = Awaited<ReturnType<typeof createOpenApiRouter>>;
