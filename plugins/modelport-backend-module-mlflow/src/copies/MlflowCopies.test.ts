import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { testSource, URL_OF_TEST } from '../__testUtils__/testSource';

const API = `${URL_OF_TEST}/api/2.0/mlflow`;
const ARTEFACTS = `${URL_OF_TEST}/api/2.0/mlflow-artifacts/artifacts`;
const MARK = 'b7c1';
const signal = new AbortController().signal;
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

interface Made {
  name: string;
  version: string;
  tags: Array<{ key: string; value: string }>;
  [field: string]: unknown;
}

/** MLflow's versions and experiments, as far as copies need them. */
function registry(options: { location?: string } = {}) {
  const state = {
    versions: [] as Made[],
    runs: [] as string[],
    files: new Map<string, string>(),
    requests: [] as string[],
    /** How often a version is made and its answer lost. */
    losing: 0,
  };
  const artefacts = (run: string) =>
    `${options.location ?? 'mlflow-artifacts:/5'}/${run}/artifacts`;
  const runOf = (run: string) => ({
    info: { run_id: run, artifact_uri: artefacts(run) },
  });
  const missing = HttpResponse.json(
    { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'No such thing' },
    { status: 404 },
  );
  server.events.removeAllListeners();
  server.events.on('request:start', ({ request }) => {
    state.requests.push(`${request.method} ${new URL(request.url).pathname}`);
  });
  server.use(
    http.post(`${API}/registered-models/create`, () =>
      HttpResponse.json(
        { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'It exists' },
        { status: 400 },
      ),
    ),
    http.get(`${API}/model-versions/search`, () =>
      HttpResponse.json({ model_versions: state.versions }),
    ),
    http.get(`${API}/model-versions/get`, ({ request }) => {
      const version = new URL(request.url).searchParams.get('version');
      const found = state.versions.find(one => one.version === version);
      return found ? HttpResponse.json({ model_version: found }) : missing;
    }),
    http.post(`${API}/model-versions/create`, async ({ request }) => {
      const body = JSON.parse(await request.text());
      state.versions.push({
        ...body,
        version: String(state.versions.length + 1),
        status: 'READY',
        creation_timestamp: 1,
      });
      if (state.losing > 0) {
        state.losing -= 1;
        return HttpResponse.error();
      }
      return HttpResponse.json({ model_version: state.versions.at(-1) });
    }),
    http.delete(`${API}/model-versions/delete`, async ({ request }) => {
      const { version } = JSON.parse(await request.text());
      state.versions = state.versions.filter(one => one.version !== version);
      return HttpResponse.json({});
    }),
    http.get(`${API}/experiments/get-by-name`, () =>
      HttpResponse.json({
        experiment: {
          experiment_id: '5',
          artifact_location: options.location ?? 'mlflow-artifacts:/5',
        },
      }),
    ),
    http.post(`${API}/runs/search`, () =>
      HttpResponse.json({ runs: state.runs.map(runOf) }),
    ),
    http.post(`${API}/runs/create`, () => {
      state.runs.push(`r${state.runs.length + 1}`);
      return HttpResponse.json({ run: runOf(state.runs.at(-1) ?? '') });
    }),
    http.post(`${API}/runs/delete`, async ({ request }) => {
      const { run_id: gone } = JSON.parse(await request.text());
      state.runs = state.runs.filter(run => run !== gone);
      return HttpResponse.json({});
    }),
    http.post(`${API}/runs/update`, () => HttpResponse.json({})),
    http.post(`${API}/runs/log-batch`, () => HttpResponse.json({})),
    http.get(ARTEFACTS, ({ request }) => {
      const path = `${new URL(request.url).searchParams.get('path')}/`;
      const names = new Map<string, number | null>();
      for (const [file, content] of state.files) {
        if (file.startsWith(path)) {
          const [first, ...rest] = file.slice(path.length).split('/');
          names.set(first, rest.length > 0 ? null : Buffer.byteLength(content));
        }
      }
      return HttpResponse.json({
        files: [...names].map(([name, size]) => ({
          path: name,
          is_dir: size === null,
          ...(size !== null && { file_size: size }),
        })),
      });
    }),
    http.put(`${ARTEFACTS}/*`, async ({ request }) => {
      const path = request.url.slice(`${ARTEFACTS}/`.length);
      expect(request.headers.get('content-length')).toMatch(/^\d+$/);
      state.files.set(
        decodeURIComponent(path),
        Buffer.from(await request.arrayBuffer()).toString('utf8'),
      );
      return HttpResponse.json({});
    }),
    http.delete(`${ARTEFACTS}/*`, () => {
      state.files.clear();
      return HttpResponse.json({});
    }),
  );
  return state;
}

/** A version of another registry, with two files. */
async function elsewhere() {
  const from = Object.assign(new FakeModelSource('dev'), {
    modelFolder: async () => 'model',
  });
  const of = { model: 'credit', version: '2' };
  from.putModel({ name: 'credit' });
  from.putVersion(
    { ...of, description: 'Deeper', tags: { team: 'x' }, createdAt: 5 },
    { params: { depth: '3' }, metrics: { auc: 0.9, odd: NaN } },
  );
  from.putArtefact(of, 'model/MLmodel', 'flavors: {}\n');
  from.putArtefact(of, 'model/data/weights 1.bin', 'äöü');
  from.putArtefact(of, 'plots/roc.svg', '<svg/>');
  const version = await from.getVersion('credit', '2', { signal });
  if (!version) {
    throw new Error('There is no version');
  }
  return { from, version };
}

describe('copies at MLflow', () => {
  const source = testSource();
  const { copies } = source;
  const own = {
    model: 'credit',
    version: '2',
    description: 'Deeper',
    tags: { team: 'x' },
    stage: null,
    status: 'READY',
    author: null,
    createdAt: 5,
    updatedAt: null,
    runId: 'abc',
    origin: 'runs:/abc/model',
  };
  const copyOf = (of: Partial<Parameters<typeof copies.make>[0]> = {}) => ({
    from: source,
    version: own,
    name: 'credit-prod',
    mark: MARK,
    tags: { 'modelport.copy_of': 'mlflow/credit/2' },
    ...of,
  });

  it('refer to the version within a registry, as those of the client of MLflow do', async () => {
    const state = registry();
    expect(await copies.whyNot(source, { signal })).toBeNull();
    const made = await copies.make(copyOf(), { signal });
    expect(made).toMatchObject({ model: 'credit-prod', version: '1' });
    expect(state.versions).toEqual([
      expect.objectContaining({
        name: 'credit-prod',
        source: 'models:/credit/2',
        run_id: 'abc',
        description: 'Deeper',
        tags: [
          { key: 'team', value: 'x' },
          { key: 'modelport.copy_of', value: 'mlflow/credit/2' },
          { key: 'modelport.copy', value: MARK },
        ],
      }),
    ]);
    expect(state.runs).toEqual([]);
    // Once more under the same mark is the same copy.
    expect(await copies.make(copyOf(), { signal })).toMatchObject({
      version: '1',
    });
    expect(state.versions).toHaveLength(1);
  });

  it('are one where answers were lost and the request was sent again', async () => {
    const state = registry();
    state.losing = 2;
    expect(await copies.make(copyOf(), { signal })).toMatchObject({
      version: '1',
    });
    expect(state.versions.map(({ version }) => version)).toEqual(['1']);
  });

  it('bring the files of the model from another registry before the version is made', async () => {
    const state = registry();
    const copy = copyOf(await elsewhere());
    expect(await copies.whyNot(copy.from, { signal })).toBeNull();
    await copies.make(copy, { signal });
    expect([...state.files]).toEqual([
      ['5/r1/artifacts/model/MLmodel', 'flavors: {}\n'],
      ['5/r1/artifacts/model/data/weights 1.bin', 'äöü'],
    ]);
    expect(state.versions).toMatchObject([
      { source: 'mlflow-artifacts:/5/r1/artifacts/model', run_id: 'r1' },
    ]);
    const order = (part: string) =>
      state.requests.findIndex(request => request.includes(part));
    expect(order('/model-versions/create')).toBeGreaterThan(order('PUT'));
    expect(order('/runs/update')).toBeGreaterThan(
      order('/model-versions/create'),
    );
  });

  it('go on with what is there, and leave nothing where they are removed', async () => {
    const state = registry();
    state.runs.push('r1');
    const copy = copyOf(await elsewhere());
    await copies.make(copy, { signal });
    expect(state.runs).toEqual(['r1']);
    await copies.remove(copy.name, MARK, { signal });
    expect(state).toMatchObject({ versions: [], runs: [] });
    expect(state.files.size).toBe(0);
  });

  it.each(['s3://bucket/5', '/mlruns/5', 'file:///mlruns/5'])(
    'are refused where artefacts lie in %s, before anything is made',
    async location => {
      const state = registry({ location });
      const { from } = await elsewhere();
      expect(await copies.whyNot(from, { signal })).toMatch(
        /takes no artefacts through its own address/,
      );
      expect(state.requests.every(one => one.startsWith('GET'))).toBe(true);
    },
  );

  it('are refused where the server serves no artefacts, and of sources that do not say which files they are', async () => {
    registry();
    server.use(
      http.get(ARTEFACTS, () =>
        HttpResponse.text(
          'Endpoint disabled due to the mlflow server running with `--no-serve-artifacts`',
          { status: 503 },
        ),
      ),
    );
    const { from } = await elsewhere();
    expect(await copies.whyNot(from, { signal })).toMatch(
      /runs without --serve-artifacts/,
    );
    expect(await copies.whyNot(new FakeModelSource('x'), { signal })).toMatch(
      /does not say which they are/,
    );
  });
});
