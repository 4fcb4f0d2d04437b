import { mockServices } from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { z } from 'zod';

const tags = z.array(z.object({ key: z.string(), value: z.string() }));
const named = z.object({ name: z.string(), tags: tags.optional() });

/** What a fake MLflow holds, and by whom it was asked. */
export interface FakeMlflow {
  /** Tags by name. */
  models: Map<string, z.output<typeof tags>>;
  experiments: Map<string, z.output<typeof tags>>;
  /** Names of models with a version, and of experiments with a run. */
  used: Set<string>;
  /** Names of experiments that were deleted: MLflow keeps them. */
  deleted: Set<string>;
  /** Names by ids: an experiment has its first name as its id. */
  renamed: Map<string, string>;
  authorization: string | null;
}

/** An MLflow with nothing in it. */
export function emptyMlflow(): FakeMlflow {
  return {
    models: new Map(),
    experiments: new Map(),
    used: new Set(),
    deleted: new Set(),
    renamed: new Map(),
    authorization: null,
  };
}

/** The config of a portal with the fake as a source, and one that is off. */
export const WITH_MLFLOW = mockServices.rootConfig({
  data: {
    modelport: {
      sources: {
        mlflow: {
          off: { enabled: false, url: 'http://off.test' },
          mlflow: {
            url: 'http://mlflow.test/',
            auth: { type: 'basic', username: 'ada', password: 'secret' },
          },
        },
      },
    },
  },
});
export const WITHOUT_MLFLOW = mockServices.rootConfig({ data: {} });

const BASE = 'http://mlflow.test/api/2.0/mlflow';

const refuse = (code: string) =>
  HttpResponse.json({ error_code: code, message: code }, { status: 400 });

/** The calls of MLflow's REST API that the actions make, with its error codes as MLflow 3.17 gives them. */
export function fakeMlflow(state: FakeMlflow) {
  const create =
    (held: FakeMlflow['models'], answer: (name: string) => object) =>
    async ({ request }: { request: Request }) => {
      state.authorization = request.headers.get('authorization');
      const { name, tags: given = [] } = named.parse(await request.json());
      if (held.has(name)) {
        return refuse('RESOURCE_ALREADY_EXISTS');
      }
      held.set(name, given);
      return HttpResponse.json(answer(name));
    };
  return [
    http.post(
      `${BASE}/registered-models/create`,
      create(state.models, () => ({})),
    ),
    http.get(`${BASE}/registered-models/get`, ({ request }) => {
      const name = new URL(request.url).searchParams.get('name') ?? '';
      const found = state.models.get(name);
      return found
        ? HttpResponse.json({
            registered_model: {
              name,
              tags: found,
              ...(state.used.has(name) && { latest_versions: [{}] }),
            },
          })
        : refuse('RESOURCE_DOES_NOT_EXIST');
    }),
    http.delete(`${BASE}/registered-models/delete`, async ({ request }) => {
      state.models.delete(named.parse(await request.json()).name);
      return HttpResponse.json({});
    }),
    http.post(
      `${BASE}/experiments/create`,
      create(state.experiments, name => ({ experiment_id: name })),
    ),
    http.get(`${BASE}/experiments/get-by-name`, ({ request }) => {
      const name =
        new URL(request.url).searchParams.get('experiment_name') ?? '';
      const found = state.experiments.get(name);
      return found
        ? HttpResponse.json({
            experiment: {
              experiment_id: name,
              lifecycle_stage: state.deleted.has(name) ? 'deleted' : 'active',
              tags: found,
            },
          })
        : refuse('RESOURCE_DOES_NOT_EXIST');
    }),
    http.post(`${BASE}/experiments/update`, async ({ request }) => {
      const { experiment_id: id, new_name: name } = z
        .object({ experiment_id: z.string(), new_name: z.string() })
        .parse(await request.json());
      state.experiments.set(name, state.experiments.get(id) ?? []);
      state.experiments.delete(id);
      state.renamed.set(id, name);
      return HttpResponse.json({});
    }),
    http.post(`${BASE}/runs/search`, async ({ request }) => {
      const { experiment_ids: ids } = z
        .object({ experiment_ids: z.array(z.string()) })
        .parse(await request.json());
      return HttpResponse.json(state.used.has(ids[0]) ? { runs: [{}] } : {});
    }),
    http.post(`${BASE}/experiments/delete`, async ({ request }) => {
      const { experiment_id: id } = z
        .object({ experiment_id: z.string() })
        .parse(await request.json());
      state.deleted.add(state.renamed.get(id) ?? id);
      return HttpResponse.json({});
    }),
  ];
}
