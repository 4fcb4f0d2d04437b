import { SourceVersion } from '@modelport/plugin-modelport-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Readable } from 'node:stream';
import { modelVersionAnswerSchema } from '../answers';
import {
  rawLoggedModel,
  recorded,
  recordedBody,
} from '../__testUtils__/recorded';
import { testSource, URL_OF_TEST } from '../__testUtils__/testSource';
import { mapVersion } from '../listing/mapListed';

const API = `${URL_OF_TEST}/api/2.0/mlflow`;
const signal = new AbortController().signal;
const server = setupServer();

const versionOf = (name: string): SourceVersion =>
  mapVersion(recordedBody(modelVersionAnswerSchema, name).model_version);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const entry = (path: string, size: number | null) => ({
  path,
  isFolder: size === null,
  size,
});

describe('artefacts of MLflow 3', () => {
  const version = versionOf('v3_version');

  beforeEach(() => {
    server.use(
      http.get(`${API}/logged-models/:id`, () =>
        HttpResponse.json({ model: rawLoggedModel() }),
      ),
      http.get(`${API}/artifacts/list`, ({ request }) =>
        new URL(request.url).searchParams.has('path')
          ? HttpResponse.json({ root_uri: 'x' })
          : recorded('v3_artifacts_list'),
      ),
      http.get(`${API}/logged-models/:id/artifacts/directories`, () =>
        recorded('logged_model_artifact_dirs'),
      ),
    );
  });

  it("shows the logged model's files in a folder among the run's", async () => {
    const source = testSource();
    expect(await source.listArtefacts(version, '', { signal })).toEqual([
      entry('deep', null),
      entry('model', null),
      entry('model_card.md', 6),
    ]);
    const files = await source.listArtefacts(version, 'model', { signal });
    expect(files).toContainEqual(entry('model/MLmodel', 1460));
  });

  it('throws NotFoundError where there is no such folder, as MLflow lists nothing there', async () => {
    await expect(
      testSource().listArtefacts(version, 'nope', { signal }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('reads files of the model and of the run where each lies', async () => {
    server.use(
      http.get(`${URL_OF_TEST}/model-versions/get-artifact`, ({ request }) => {
        const query = new URL(request.url).searchParams;
        return HttpResponse.text(`model ${query.get('path')}`);
      }),
      http.get(`${URL_OF_TEST}/get-artifact`, ({ request }) => {
        const query = new URL(request.url).searchParams;
        return HttpResponse.text(`run ${query.get('path')}`);
      }),
    );
    const options = { signal, maxBytes: 100 };
    const source = testSource();
    const read = async (path: string) =>
      (await source.readArtefact(version, path, options)).toString();
    expect(await read('model/MLmodel')).toBe('model MLmodel');
    expect(await read('deep/a b/ü.txt')).toBe('run deep/a b/ü.txt');
    const parts = await source.streamArtefact(version, 'deep/x', { signal });
    expect(Buffer.concat(await Readable.from(parts).toArray()).toString()).toBe(
      'run deep/x',
    );
    await expect(
      source.readArtefact(version, 'deep/x', { signal, maxBytes: 3 }),
    ).rejects.toMatchObject({ name: 'InputError' });
    await expect(read('../x')).rejects.toMatchObject({ name: 'InputError' });
    await expect(read('')).rejects.toMatchObject({ name: 'InputError' });
  });
});

describe('artefacts of MLflow 2', () => {
  const version = versionOf('v2_version');

  it("shows the run's files, the model's folder among them", async () => {
    server.use(
      http.get(`${API}/artifacts/list`, () => recorded('v2_artifacts_list')),
    );
    const list = await testSource().listArtefacts(version, '', { signal });
    expect(list.map(file => file.path)).toEqual([
      'deep',
      'model',
      'model_card.md',
    ]);
  });

  it.each([
    ['v2_artifact_missing', / 'x', or MLflow can't read it just now/],
    ['v3_artifact_missing', / has no artefact 'x'$/],
  ])(
    'throws NotFoundError where there is no such file: %s',
    async (name, message) => {
      server.use(http.get(`${URL_OF_TEST}/get-artifact`, () => recorded(name)));
      for (const asked of [
        testSource().readArtefact(version, 'x', { signal, maxBytes: 100 }),
        testSource().streamArtefact(version, 'x', { signal }),
      ]) {
        await expect(asked).rejects.toMatchObject({
          name: 'NotFoundError',
          message: expect.stringMatching(message),
        });
      }
    },
  );
});

describe('a folder', () => {
  it('is refused where it goes on for ever', async () => {
    let pages = 0;
    server.use(
      http.get(`${API}/artifacts/list`, () => {
        pages += 1;
        return HttpResponse.json({
          files: Array.from({ length: 40_000 }, (_, i) => ({
            path: `${pages}-${i}`,
          })),
          next_page_token: `t${pages}`,
        });
      }),
    );
    await expect(
      testSource().listArtefacts(versionOf('v2_version'), '', { signal }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('at most 100000'),
    });
    expect(pages).toBe(3);
  });
});

describe('artefacts without a run', () => {
  it("lists what lies in MLflow's own store", async () => {
    const paths: Array<string | null> = [];
    server.use(
      http.get(
        `${URL_OF_TEST}/api/2.0/mlflow-artifacts/artifacts`,
        ({ request }) => {
          paths.push(new URL(request.url).searchParams.get('path'));
          return HttpResponse.json({
            files: [{ path: 'MLmodel', file_size: '3' }],
          });
        },
      ),
    );
    const version = {
      ...versionOf('v2_version'),
      runId: null,
      origin: 'mlflow-artifacts:/1/x/model',
    };
    const source = testSource();
    expect(await source.listArtefacts(version, '', { signal })).toEqual([
      entry('MLmodel', 3),
    ]);
    await source.listArtefacts(version, 'a/b', { signal });
    expect(paths).toEqual(['1/x/model', '1/x/model/a/b']);
  });
});

describe('documents', () => {
  const MLMODEL = `${URL_OF_TEST}/model-versions/get-artifact`;
  const version = versionOf('v3_version');

  it.each(['v2_mlmodel', 'v3_mlmodel'])('reads %s', async name => {
    server.use(http.get(MLMODEL, () => recorded(name)));
    expect(await testSource().readDocuments(version, { signal })).toMatchObject(
      { signatureMessage: null, framework: 'sklearn' },
    );
  });

  it.each([
    ['v3_artifact_missing', 'This version has no MLmodel file.', true],
    ['v2_artifact_missing', 'MLflow answered 500 when asked', false],
    ['auth_reader_get_after_deny', 'MLflow answered 403 when asked', false],
    ['v2_server_info', 'MLflow answered 404 when asked', false],
  ])('tells what %s means for this version', async (name, message, certain) => {
    server.use(http.get(MLMODEL, () => recorded(name)));
    expect(await testSource().readDocuments(version, { signal })).toEqual({
      signature: null,
      signatureMessage: expect.stringContaining(message),
      framework: null,
      certain,
    });
  });

  it.each([
    [
      'a store that the server can not reach',
      () =>
        HttpResponse.json(
          { error_code: 'INTERNAL_ERROR', message: 'store down' },
          { status: 500 },
        ),
    ],
    [
      'a path that it can not resolve',
      () =>
        HttpResponse.json(
          { error_code: 'INVALID_PARAMETER_VALUE', message: 'x' },
          { status: 400 },
        ),
    ],
    ['a page to sign in', () => HttpResponse.html('<html><body>Sign in')],
    ['half of the file', () => HttpResponse.text('signature: {inputs: "')],
  ])('takes %s for nothing final', async (_, answer) => {
    server.use(http.get(MLMODEL, answer));
    expect(await testSource().readDocuments(version, { signal })).toMatchObject(
      { signature: null, certain: false },
    );
  });

  it('does not read more than a mebibyte', async () => {
    server.use(http.get(MLMODEL, () => HttpResponse.text('x'.repeat(2 ** 21))));
    expect(await testSource().readDocuments(version, { signal })).toMatchObject(
      {
        signatureMessage: expect.stringContaining('larger than'),
        certain: true,
      },
    );
  });

  it.each([
    ['no authentication', () => recorded('auth_wrong_password')],
    ['a server that is down', () => new HttpResponse(null, { status: 503 })],
    ['a broken connection', () => HttpResponse.error()],
  ])('throws on %s, to be read later', async (_, answer) => {
    server.use(http.get(MLMODEL, answer));
    await expect(
      testSource().readDocuments(version, { signal }),
    ).rejects.toThrow('GET /model-versions/get-artifact');
  });
});
