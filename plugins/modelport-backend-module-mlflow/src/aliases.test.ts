import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { testSource, URL_OF_TEST } from './__testUtils__/testSource';

const PATH = `${URL_OF_TEST}/api/2.0/mlflow/registered-models/alias`;
const signal = new AbortController().signal;
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('aliases at MLflow', () => {
  const source = testSource();
  const set = (alias: string, version = '2') =>
    source.setAlias('dev.diabetes', alias, version, { signal });

  it('are set by what MLflow answers with nothing', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post(PATH, async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json({});
      }),
    );
    await set('champion');
    expect(bodies).toEqual([
      { name: 'dev.diabetes', alias: 'champion', version: '2' },
    ]);
    expect(source.capabilities).toContain('setAlias');
    expect(await source.aliasesReadOnly()).toBeNull();
  });

  it('are deleted with a JSON body', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.delete(PATH, async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json({});
      }),
    );
    await source.deleteAlias('a', 'champion', { signal });
    expect(bodies).toEqual([{ name: 'a', alias: 'champion' }]);
  });

  it.each(['latest', 'Latest', 'v1', 'V12', 'a.b', 'a b', ''])(
    'refuse %p before MLflow is asked',
    async alias => {
      await expect(set(alias)).rejects.toMatchObject({ name: 'InputError' });
      await expect(
        source.deleteAlias('a', alias, { signal }),
      ).rejects.toMatchObject({ name: 'InputError' });
    },
  );

  it('refuse a version that is no number', async () => {
    await expect(set('champion', '1/../2')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it.each([
    [404, 'RESOURCE_DOES_NOT_EXIST', 'NotFoundError'],
    [400, 'INVALID_PARAMETER_VALUE', 'InputError'],
    [403, 'PERMISSION_DENIED', 'NotAllowedError'],
    [503, 'TEMPORARILY_UNAVAILABLE', 'MlflowAnswerError'],
  ])('say what %i %s means', async (status, code, name) => {
    server.use(
      http.post(PATH, () =>
        HttpResponse.json({ error_code: code, message: 'no' }, { status }),
      ),
    );
    await expect(set('champion')).rejects.toMatchObject({ name });
  });
});
