import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { recorded } from './__testUtils__/recorded';
import { URL_OF_TEST } from './__testUtils__/testSource';
import { MlflowServerConfig } from './config';
import { MlflowSourceProvider } from './MlflowSourceProvider';

const INFO = `${URL_OF_TEST}/api/3.0/mlflow/server-info`;
const WORKSPACES = `${URL_OF_TEST}/api/3.0/mlflow/workspaces`;
const MODELS = `${URL_OF_TEST}/api/2.0/mlflow/registered-models/search`;

const signal = new AbortController().signal;
const server = setupServer();

function provider(config: Partial<MlflowServerConfig> = {}) {
  return new MlflowSourceProvider(
    {
      id: 'prod',
      url: URL_OF_TEST,
      publicUrl: 'https://mlflow.example.com',
      auth: { type: 'none' },
      workspaces: 'auto',
      requestTimeoutMs: 5000,
      retries: 0,
      concurrency: 4,
      webhookSecret: undefined,
      ...config,
    },
    { wait: async () => {} },
  );
}

describe('MlflowSourceProvider', () => {
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it.each(['v2_server_info', 'v3_server_info'])(
    'has one source where the server has no workspaces: %s',
    async name => {
      const headers: Array<string | null> = [];
      server.use(
        http.get(INFO, () => recorded(name)),
        http.get(WORKSPACES, () => recorded('v2_server_info')),
        http.get(MODELS, ({ request }) => {
          headers.push(request.headers.get('x-mlflow-workspace'));
          return recorded('rm_search_empty');
        }),
      );
      const [source, ...others] = await provider().discover({ signal });
      expect(others).toEqual([]);
      expect(source).toMatchObject({
        id: 'prod',
        kind: 'mlflow',
        url: 'https://mlflow.example.com',
        capabilities: [
          'list',
          'artefacts',
          'history',
          'setAlias',
          'copyVersion',
        ],
      });
      expect(await source.listModels({ signal })).toEqual({ items: [] });
      // The header would be answered with 500.
      expect(headers).toEqual([null]);
    },
  );

  it('has one source for each workspace', async () => {
    const headers: Array<string | null> = [];
    server.use(
      http.get(INFO, () => recorded('workspaces_server_info')),
      http.get(WORKSPACES, () => recorded('workspaces_list_two')),
      http.get(MODELS, ({ request }) => {
        headers.push(request.headers.get('x-mlflow-workspace'));
        return recorded('rm_search_page2_last');
      }),
    );
    const sources = await provider({ webhookSecret: 's' }).discover({ signal });
    expect(sources.map(source => source.id)).toEqual([
      'prod.default',
      'prod.team-a',
    ]);
    const { items } = await sources[1].listModels({ signal });
    expect(headers).toEqual(['team-a']);
    expect(items[0].links[0].url).toMatch(
      /^https:\/\/mlflow\.example\.com\/#\/models\/.+\?workspace=team-a$/,
    );
    expect(sources[1].capabilities).toContain('webhooks');
  });

  it('keeps its sources from pass to pass', async () => {
    server.use(http.get(INFO, () => recorded('v3_server_info')));
    const one = provider();
    const [first] = await one.discover({ signal });
    const [second] = await one.discover({ signal });
    expect(second).toBe(first);
  });

  it('reads the workspaces that config names', async () => {
    server.use(http.get(INFO, () => recorded('workspaces_server_info')));
    const sources = await provider({ workspaces: ['a', 'b'] }).discover({
      signal,
    });
    expect(sources.map(source => source.id)).toEqual(['prod.a', 'prod.b']);
  });

  it.each(['../x', '\ud800', 'A b', ''])(
    'refuses the workspace %j, which can be none of MLflow',
    async name => {
      server.use(
        http.get(INFO, () => recorded('workspaces_server_info')),
        http.get(WORKSPACES, () =>
          HttpResponse.json({ workspaces: [{ name: 'a' }, { name }] }),
        ),
      );
      await expect(provider().discover({ signal })).rejects.toThrow(
        'at workspaces.1.name: expected a-z, 0-9 and -',
      );
    },
  );

  it('does not believe in a server without workspaces that lists them', async () => {
    server.use(
      http.get(INFO, () =>
        HttpResponse.html('no such backend', { status: 404 }),
      ),
      http.get(WORKSPACES, () => recorded('workspaces_list_two')),
    );
    await expect(provider().discover({ signal })).rejects.toThrow(
      'GET /api/3.0/mlflow/server-info answered 404: no such backend',
    );
  });

  it('refuses workspaces on a server without them', async () => {
    server.use(http.get(INFO, () => recorded('v3_server_info')));
    await expect(
      provider({ workspaces: ['a'] }).discover({ signal }),
    ).rejects.toThrow('but the server has none');
  });

  it.each([
    ['no permission', () => recorded('auth_wrong_password')],
    ['no server', () => HttpResponse.error()],
    ['HTML', () => HttpResponse.html('<h1>Sign in</h1>')],
  ])('finds nothing out from %s', async (_, answer) => {
    server.use(http.get(INFO, answer));
    await expect(provider().discover({ signal })).rejects.toThrow(
      'GET /api/3.0/mlflow/server-info',
    );
  });
});
