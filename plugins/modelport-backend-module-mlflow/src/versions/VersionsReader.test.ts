import { SourceVersion } from '@modelport/plugin-modelport-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { z } from 'zod';
import { modelVersionAnswerSchema } from '../answers';
import {
  rawLoggedModel,
  rawRun,
  recorded,
  recordedBody,
} from '../__testUtils__/recorded';
import { testSource, URL_OF_TEST } from '../__testUtils__/testSource';
import { mapVersion } from '../listing/mapListed';

const API = `${URL_OF_TEST}/api/2.0/mlflow`;
const signal = new AbortController().signal;
const server = setupServer();
const requests: string[] = [];

const versionOf = (name: string): SourceVersion =>
  mapVersion(recordedBody(modelVersionAnswerSchema, name).model_version);

const bare = (more: Partial<SourceVersion> = {}): SourceVersion => ({
  ...versionOf('v2_version'),
  runId: null,
  origin: 's3://bucket/key',
  ...more,
});

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
  server.events.on('request:start', ({ request }) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`);
  });
});

beforeEach(() => {
  requests.length = 0;
  server.use(
    http.post(`${API}/experiments/search`, () =>
      recorded('experiments_search'),
    ),
  );
});

afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('VersionsReader', () => {
  it('reads a run and its logged model of MLflow 3', async () => {
    const version = versionOf('v3_version');
    server.use(
      http.get(`${API}/runs/get`, () => recorded('v3_run')),
      http.get(`${API}/logged-models/:id`, () =>
        HttpResponse.json({
          model: rawLoggedModel(),
        }),
      ),
    );
    const [details] = await testSource().readVersions([version], { signal });
    expect(details).toMatchObject({
      runStatus: 'FINISHED',
      settled: true,
      author: 'root',
      params: { c: '1', n: 'plain' },
      metrics: {
        loss: 0.2,
        nan: NaN,
        inf: Infinity,
        ninf: -Infinity,
        acc: 0.9,
      },
      metricsWithHistory: ['loss'],
      measurements: [
        {
          key: 'acc',
          value: 0.9,
          dataset: { name: 'eval-set', digest: 'c312f3bb' },
        },
      ],
      evaluationSet: null,
      datasets: [
        { name: 'train-set', digest: '8fa0c714', context: 'training', rows: 4 },
        { name: 'eval-set', digest: 'c312f3bb', context: 'eval', rows: 2 },
      ],
      sourceCode: { repository: 'https://github.com/x/y.git', commit: 'abc' },
      decision: null,
    });
    expect(JSON.stringify(details)).not.toContain('tok:en');
    expect(details.links.map(link => link.title)).toEqual([
      'Version in MLflow',
      'Run in MLflow',
      'Logged model in MLflow',
    ]);
  });

  it('reads a run of MLflow 2, with the framework from its history', async () => {
    const version = versionOf('v2_version');
    server.use(http.get(`${API}/runs/get`, () => recorded('v2_run')));
    const [details] = await testSource().readVersions([version], { signal });
    expect(details).toMatchObject({
      runStatus: 'FINISHED',
      framework: 'sklearn',
      metrics: { loss: 0.2, nan: NaN, inf: Infinity },
      measurements: [],
    });
    expect(requests).toEqual(['GET /api/2.0/mlflow/runs/get']);
  });

  it('names the run above a run', async () => {
    const version = versionOf('v2_version');
    const run = rawRun('v2_run');
    const data = z.object({ tags: z.array(z.unknown()) }).parse(run.data);
    const tag = { key: 'mlflow.parentRunId', value: 'a'.repeat(32) };
    server.use(
      http.get(`${API}/runs/get`, () =>
        HttpResponse.json({
          run: { ...run, data: { ...data, tags: [...data.tags, tag] } },
        }),
      ),
    );
    const [child] = await testSource().readVersions([version], { signal });
    expect(child.parentRunId).toBe('a'.repeat(32));
    server.use(http.get(`${API}/runs/get`, () => recorded('v2_run')));
    const [alone] = await testSource().readVersions([version], { signal });
    expect(alone.parentRunId).toBeNull();
  });

  it('asks once for many runs and once for many logged models', async () => {
    const run = rawRun('v3_run');
    server.use(
      http.post(`${API}/runs/search`, () =>
        HttpResponse.json({
          runs: Array.from({ length: 100 }, (_, i) => ({
            ...run,
            info: { ...run.info, run_id: `r${i}` },
          })),
        }),
      ),
      http.post(`${API}/logged-models/search`, () =>
        HttpResponse.json({
          models: Array.from({ length: 100 }, (_, i) => {
            const model = rawLoggedModel();
            return { ...model, info: { ...model.info, model_id: `m-${i}` } };
          }),
        }),
      ),
    );
    const source = testSource();
    const versions = Array.from({ length: 100 }, (_, i) =>
      bare({ version: String(i), runId: `r${i}`, origin: `models:/m-${i}` }),
    );
    const details = await source.readVersions(versions, { signal });
    expect(requests).toEqual([
      'POST /api/2.0/mlflow/experiments/search',
      'POST /api/2.0/mlflow/runs/search',
      'POST /api/2.0/mlflow/logged-models/search',
    ]);
    expect(details.map(one => one.loadCode)).toEqual(
      versions.map(({ version }) =>
        expect.stringContaining(`models:/plain/${version}"`),
      ),
    );
    await source.readVersions(versions, { signal });
    expect(requests).toHaveLength(5);
  });

  it('asks nothing for versions without a run', async () => {
    const [details] = await testSource().readVersions([bare()], { signal });
    expect(details).toMatchObject({
      runStatus: null,
      settled: true,
      metrics: {},
      datasets: [],
      sourceCode: null,
    });
    expect(requests).toEqual([]);
  });

  it('says what became of runs that are gone, deleted, hidden or under way', async () => {
    const run = rawRun('v3_run');
    const underWay = rawRun('edge_run_with_nan_metrics').info.run_id;
    server.use(
      http.post(`${API}/runs/search`, () => HttpResponse.json({ runs: [run] })),
      http.get(`${API}/runs/get`, ({ request }) => {
        switch (new URL(request.url).searchParams.get('run_id')) {
          case underWay:
            return recorded('edge_run_with_nan_metrics');
          case 'deleted':
            return recorded('edge_run_get_deleted');
          case 'hidden':
            return recorded('auth_reader_get_after_deny');
          case 'broken':
            return HttpResponse.json(
              { error_code: 'INVALID_PARAMETER_VALUE', message: 'bad run' },
              { status: 400 },
            );
          default:
            return recorded('run_get_missing');
        }
      }),
    );
    const runIds = [
      run.info.run_id,
      underWay,
      'deleted',
      'hidden',
      'broken',
      'gone',
      "o'd",
    ];
    const details = await testSource().readVersions(
      runIds.map(runId => bare({ runId })),
      { signal },
    );
    expect(details.map(one => [one.runStatus, one.settled])).toEqual([
      ['FINISHED', true],
      ['RUNNING', false],
      ['DELETED', true],
      ['FORBIDDEN', false],
      ['UNREADABLE', false],
      ['MISSING', true],
      ['MISSING', true],
    ]);
    // what was read of it before is kept
    expect(details[3].problems).toEqual([
      'Run hidden: MLflow refused to show it (403)',
    ]);
    expect(details[1].metrics).toEqual({
      nan: NaN,
      inf: Infinity,
      ninf: -Infinity,
      big: Infinity,
      tiny: 5e-324,
      int: 3,
    });
  });

  it('follows copies of copies to the logged model', async () => {
    const model = rawLoggedModel();
    const sources: Record<string, string> = {
      b: 'models:/a b/2',
      'a b': `models:/${model.info.model_id}`,
    };
    server.use(
      http.get(`${API}/model-versions/get`, ({ request }) => {
        const name = new URL(request.url).searchParams.get('name') ?? '';
        return HttpResponse.json({
          model_version: { name, version: '2', source: sources[name] },
        });
      }),
      http.get(`${API}/logged-models/${model.info.model_id}`, () =>
        HttpResponse.json({ model }),
      ),
    );
    const [details] = await testSource().readVersions(
      [bare({ origin: 'models:/b/1' })],
      { signal },
    );
    expect(details.links.at(-1)?.title).toBe('Logged model in MLflow');
  });

  it('ends where copies lead in a circle', async () => {
    server.use(
      http.get(`${API}/model-versions/get`, () =>
        HttpResponse.json({
          model_version: { name: 'a', version: '1', source: 'models:/a/1' },
        }),
      ),
    );
    const [details] = await testSource().readVersions(
      [bare({ origin: 'models:/a/1' })],
      { signal },
    );
    expect(details.links).toHaveLength(1);
  });

  it('does without logged models on a server that has none', async () => {
    server.use(
      http.post(`${API}/logged-models/search`, () =>
        recorded('v2_logged_models_search'),
      ),
    );
    const details = await testSource().readVersions(
      [bare({ origin: 'models:/m-1' }), bare({ origin: 'models:/m-2' })],
      { signal },
    );
    expect(details).toHaveLength(2);
    expect(requests).toHaveLength(2);
  });

  it.each([
    [
      { 'modelport.evaluation_set': 'v', 'modelport.evaluation_set_hash': 'h' },
      { id: 'v', hash: 'h' },
    ],
    [{ 'mlflow.backstage.evaluation_set': 'w' }, { id: 'w', hash: null }],
    [{}, null],
  ])('reads the evaluation set of %j', async (tags, evaluationSet) => {
    const [details] = await testSource().readVersions([bare({ tags })], {
      signal,
    });
    expect(details.evaluationSet).toEqual(evaluationSet);
  });

  it('says how scores become decisions where a tag does, and what is wrong with the tag', async () => {
    const [good, bad] = await testSource().readVersions(
      [
        bare({ tags: { 'modelport.decision': '{"thresholds":[0.4]}' } }),
        bare({ tags: { 'modelport.decision': 'at 0.4' } }),
      ],
      { signal },
    );
    expect(good.decision?.thresholds).toEqual([0.4]);
    expect(good.problems).toBeUndefined();
    expect(bad.decision).toBeNull();
    expect(bad.problems).toEqual([
      expect.stringContaining('modelport.decision'),
    ]);
    expect(bad.settled).toBe(true);
  });

  it('tells which runs and logged models can not be read, and reads the others', async () => {
    const run = rawRun('v3_run');
    const model = rawLoggedModel();
    server.use(
      http.post(`${API}/runs/search`, () =>
        HttpResponse.json({
          runs: [
            { ...run, info: { ...run.info, run_id: 'good' } },
            { ...run, info: { ...run.info, run_id: 'bad' }, data: [] },
            { info: { run_id: 5 } },
            null,
          ],
        }),
      ),
      http.get(`${API}/runs/get`, () =>
        HttpResponse.json({
          run: {
            info: { run_id: 'single', experiment_id: '1' },
            data: { metrics: [{ key: 'a', value: null }] },
          },
        }),
      ),
      http.post(`${API}/logged-models/search`, () =>
        HttpResponse.json({
          models: [
            { ...model, info: { ...model.info, model_id: 'm-good' } },
            { ...model, info: { ...model.info, model_id: 'm-bad' }, data: 1 },
          ],
        }),
      ),
      http.get(`${API}/model-versions/get`, () =>
        HttpResponse.json({ model_version: { source: 3 } }),
      ),
    );
    const details = await testSource().readVersions(
      [
        bare({ runId: 'good', origin: 'models:/m-good' }),
        bare({ runId: 'bad' }),
        bare({ runId: 'single' }),
        bare({ origin: 'models:/m-bad' }),
        bare({ origin: 'models:/a copy/2' }),
      ],
      { signal },
    );
    expect(
      details.map(({ runStatus, settled, problems }) => [
        runStatus,
        settled,
        problems,
      ]),
    ).toEqual([
      ['FINISHED', true, undefined],
      [
        'UNREADABLE',
        false,
        [
          "Run bad: MLflow's answer for it is not what it should be, at data: Invalid input: expected object, received array.",
        ],
      ],
      ['UNREADABLE', false, [expect.stringContaining('Run single: ')]],
      [null, false, [expect.stringContaining('Logged model m-bad: ')]],
      [
        null,
        false,
        [
          expect.stringContaining(
            "Version 2 of 'a copy', which it is a copy of: ",
          ),
        ],
      ],
    ]);
    expect(details[0].links).toHaveLength(3);
    expect(details[1].metrics).toEqual({});
  });

  it('does without experiments that can not be read', async () => {
    const run = rawRun('v3_run');
    server.use(
      http.post(`${API}/experiments/search`, () =>
        HttpResponse.json({ experiments: [null, {}, { experiment_id: '1' }] }),
      ),
      http.post(`${API}/runs/search`, async ({ request }) => {
        expect(await request.json()).toMatchObject({ experiment_ids: ['1'] });
        return HttpResponse.json({
          runs: ['a', 'b'].map(id => ({
            ...run,
            info: { ...run.info, run_id: id },
          })),
        });
      }),
    );
    const details = await testSource().readVersions(
      [bare({ runId: 'a' }), bare({ runId: 'b' })],
      { signal },
    );
    expect(details.map(one => one.runStatus)).toEqual(['FINISHED', 'FINISHED']);
  });

  it('gives up where a search for a few runs has no end', async () => {
    let pages = 0;
    server.use(
      http.post(`${API}/runs/search`, () => {
        pages += 1;
        return HttpResponse.json({
          runs: Array.from({ length: 1000 }, (_, i) => ({
            info: { run_id: `x${pages}-${i}`, experiment_id: '0' },
          })),
          next_page_token: `t${pages}`,
        });
      }),
    );
    await expect(
      testSource().readVersions([bare({ runId: 'a' }), bare({ runId: 'b' })], {
        signal,
      }),
    ).rejects.toThrow('runs/search has more than is read: at most 1002 items');
    expect(pages).toBe(2);
  });

  it('asks for no logged model by a name that leads elsewhere', async () => {
    const run = rawRun('v3_run');
    server.use(
      http.get(`${API}/runs/get`, () =>
        HttpResponse.json({
          run: {
            ...run,
            outputs: { model_outputs: [{ model_id: '../runs/search' }] },
          },
        }),
      ),
      http.get(`${API}/model-versions/get`, () => recorded('mv_get_missing')),
    );
    const [details] = await testSource().readVersions(
      [bare({ runId: 'r', origin: 'models:/a/1' })],
      { signal },
    );
    expect(details.problems).toBeUndefined();
    expect(requests).not.toContainEqual(
      expect.stringContaining('logged-models'),
    );
  });

  it.each([
    ['HTML', () => HttpResponse.html('<html>')],
    ['no run', () => HttpResponse.json({})],
    ['no permission', () => recorded('auth_wrong_password')],
    ['a broken connection', () => HttpResponse.error()],
  ])('throws on %s', async (_, answer) => {
    server.use(http.get(`${API}/runs/get`, answer));
    await expect(
      testSource().readVersions([bare({ runId: 'r' })], { signal }),
    ).rejects.toThrow('GET /api/2.0/mlflow/runs/get');
  });
});
