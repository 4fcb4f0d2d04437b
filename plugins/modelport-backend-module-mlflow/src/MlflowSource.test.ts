import { readToEnd } from '@modelport/plugin-modelport-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { recorded, recordedDelivery } from './__testUtils__/recorded';
import { testSource, URL_OF_TEST } from './__testUtils__/testSource';

const API = `${URL_OF_TEST}/api/2.0/mlflow`;
const signal = new AbortController().signal;
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('listing', () => {
  it('reads names with every kind of character', async () => {
    server.use(
      http.get(`${API}/registered-models/search`, () => recorded('v3_names')),
    );
    const { items, nextPageToken } = await testSource().listModels({ signal });
    expect(nextPageToken).toBeUndefined();
    expect(items.map(model => model.name)).toEqual(
      expect.arrayContaining([
        '%2e%2e',
        '@at',
        'a b',
        'back\\slash',
        'both\'"quotes',
        'new\nline',
        'q?m',
        'x'.repeat(250),
        'ü',
        '模型',
        '😀 smile',
      ]),
    );
    expect(items.find(model => model.name === 'q?m')?.links).toEqual([
      {
        title: 'Model in MLflow',
        url: 'https://mlflow.example.com/#/models/q%3Fm',
      },
    ]);
  });

  it('maps a model', async () => {
    server.use(
      http.get(`${API}/registered-models/get`, () => recorded('rm_get')),
    );
    const source = testSource();
    expect(await source.getModel('car-loan-default', { signal })).toEqual({
      name: 'car-loan-default',
      description: expect.stringContaining('# Car loan default'),
      tags: {
        owner: 'group:credit-risk',
        domain: 'lending',
        tier: '1',
        lifecycle: 'production',
        task: 'binary-classification',
      },
      aliases: { challenger: '3', champion: '2' },
      createdAt: 1795250929205,
      updatedAt: 1795250969689,
      links: [
        {
          title: 'Model in MLflow',
          url: 'https://mlflow.example.com/#/models/car-loan-default',
        },
      ],
    });
  });

  it('walks pages', async () => {
    const tokens: Array<string | null> = [];
    server.use(
      http.get(`${API}/registered-models/search`, ({ request }) => {
        const query = new URL(request.url).searchParams;
        tokens.push(query.get('page_token'));
        const offset = tokens.length === 1 ? 0 : 2;
        const names = ['a', 'b', 'c', 'd'].slice(Math.max(0, offset - 2));
        return HttpResponse.json({
          registered_models: names
            .slice(0, tokens.length === 1 ? 2 : 4)
            .map(name => ({ name })),
          ...(tokens.length === 1
            ? { next_page_token: btoa('{"offset": 2}') }
            : {}),
        });
      }),
    );
    const source = testSource();
    const names: string[] = [];
    for await (const page of readToEnd(options => source.listModels(options), {
      signal,
    })) {
      names.push(...page.items.map(model => model.name));
    }
    expect(names).toEqual(['a', 'b', 'c', 'd']);
    expect(tokens).toHaveLength(2);
  });

  it('fails where max_results was taken for 0 and tokens go on for ever', async () => {
    server.use(
      http.get(`${API}/registered-models/search`, () =>
        recorded('rm_search_max_0'),
      ),
    );
    await expect(testSource().listModels({ signal })).rejects.toThrow(
      'leads in a circle',
    );
  });

  it('maps versions', async () => {
    server.use(
      http.get(`${API}/model-versions/search`, () => recorded('mv_search_all')),
    );
    const { items } = await testSource().listVersions({ signal });
    expect(items.length).toBeGreaterThan(5);
    expect(
      items.find(
        item => item.model === 'car-loan-default' && item.version === '2',
      ),
    ).toEqual({
      model: 'car-loan-default',
      version: '2',
      description: 'All seven features.',
      tags: expect.objectContaining({ validation_status: 'passed' }),
      stage: null,
      status: 'READY',
      author: null,
      createdAt: 1795250948521,
      updatedAt: expect.any(Number),
      runId: '87e858eaa53b4d97ae86c6f0d844836a',
      origin: 'models:/m-215bdf3bb18344939cca7780032e0b50',
    });
  });

  it.each([
    ['plain', "name = 'plain'"],
    ["quo'te", 'name = "quo\'te"'],
    ['dou"ble', "name = 'dou\"ble'"],
    ['both\'"%quotes', "name LIKE 'both___quotes'"],
  ])('asks for versions of %j', async (model, filter) => {
    server.use(
      http.get(`${API}/model-versions/search`, ({ request }) =>
        new URL(request.url).searchParams.get('filter') === filter
          ? HttpResponse.json({
              model_versions: [
                { name: model, version: 1 },
                { name: 'bothXXXquotes', version: '7' },
              ],
            })
          : recorded('rm_search_empty'),
      ),
    );
    const { items } = await testSource().listVersions({ model, signal });
    expect(items.map(item => [item.model, item.version])).toEqual([
      [model, '1'],
    ]);
  });

  it('leaves prompts out, which MLflow keeps among models', async () => {
    const prompt = {
      name: 'p',
      version: '1',
      tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }],
    };
    server.use(
      http.get(`${API}/registered-models/search`, () =>
        HttpResponse.json({ registered_models: [prompt] }),
      ),
      http.get(`${API}/model-versions/search`, () =>
        HttpResponse.json({ model_versions: [prompt] }),
      ),
    );
    expect((await testSource().listModels({ signal })).items).toEqual([]);
    expect((await testSource().listVersions({ signal })).items).toEqual([]);
  });

  it('takes {} for an empty registry', async () => {
    server.use(
      http.get(`${API}/registered-models/search`, () =>
        recorded('rm_search_empty'),
      ),
    );
    expect(await testSource().listModels({ signal })).toEqual({ items: [] });
  });

  it('lists the others where a model can not be read', async () => {
    const good = ['a', 'b', 'c'].map(name => ({ name }));
    server.use(
      http.get(`${API}/registered-models/search`, () =>
        // In JSON's own words: half of a character survives only as an escape.
        HttpResponse.text(
          JSON.stringify({
            registered_models: [
              good[0],
              { name: 'no tags', tags: null },
              good[1],
              { name: 'odd\ntime', creation_timestamp: 'yesterday' },
              { name: 'half \ud800' },
              { name: 7 },
              null,
              { name: 'nulls', description: null, creation_timestamp: null },
              good[2],
            ],
          }),
        ),
      ),
    );
    const page = await testSource().listModels({ signal });
    expect(page.items.map(model => model.name)).toEqual([
      'a',
      'b',
      'nulls',
      'c',
    ]);
    expect(page.problems).toEqual([
      {
        where: 'model "no tags"',
        message:
          "MLflow's answer for it is not what it should be, at tags: Invalid input: expected array, received null. What was read of it before stays; nothing else is affected.",
        model: 'no tags',
      },
      {
        where: 'model "odd time"',
        message: expect.stringContaining('at creation_timestamp: '),
        model: 'odd\ntime',
      },
      {
        where: 'model "half \uFFFD"',
        message: expect.stringContaining('without halves of characters'),
        model: 'half \uFFFD',
      },
      {
        where:
          'GET /api/2.0/mlflow/registered-models/search, item 6 of its page',
        message: expect.stringMatching(
          /expected string, received number.*nothing of this source is retired/,
        ),
      },
      {
        where:
          'GET /api/2.0/mlflow/registered-models/search, item 7 of its page',
        message: expect.stringContaining('expected object, received null'),
      },
    ]);
  });

  it('lists the others where a version can not be read', async () => {
    server.use(
      http.get(`${API}/model-versions/search`, () =>
        HttpResponse.text(
          JSON.stringify({
            model_versions: [
              { name: 'm', version: '3', run_id: null, user_id: null },
              { name: 'm', version: '2', tags: [{ key: 1 }] },
              { name: 'm', version: { major: 1 } },
              { name: 'm', version: '1', run_id: '\udc00' },
              { version: '1' },
              { name: 'other', version: 1, tags: 'none' },
            ],
          }),
        ),
      ),
    );
    const all = await testSource().listVersions({ signal });
    expect(all.items.map(item => item.version)).toEqual(['3']);
    expect(all.items[0]).toMatchObject({ runId: null, author: null });
    expect(all.problems?.map(({ where, model }) => [where, model])).toEqual([
      ['model "m", version "2"', 'm'],
      ['model "m"', 'm'],
      ['model "m", version "1"', 'm'],
      [
        'GET /api/2.0/mlflow/model-versions/search, item 5 of its page',
        undefined,
      ],
      ['model "other", version "1"', 'other'],
    ]);
    const ofOne = await testSource().listVersions({ model: 'm', signal });
    expect(ofOne.problems?.map(problem => problem.model)).toEqual([
      'm',
      'm',
      'm',
      undefined,
    ]);
  });

  it('finds its place again also between items that can not be read', async () => {
    const listed = Array.from({ length: 30 }, (_, i) =>
      i % 3 === 1 ? { bad: i } : { name: `m${i}` },
    );
    server.use(
      http.get(`${API}/registered-models/search`, ({ request }) => {
        const token = new URL(request.url).searchParams.get('page_token');
        const start = token ? JSON.parse(atob(token)).offset : 0;
        const end = start + 15;
        return HttpResponse.json({
          registered_models: listed.slice(start, end),
          ...(end < listed.length
            ? { next_page_token: btoa(`{"offset": ${end}}`) }
            : {}),
        });
      }),
    );
    const source = testSource();
    const names: string[] = [];
    for await (const page of readToEnd(options => source.listModels(options), {
      signal,
    })) {
      names.push(...page.items.map(model => model.name));
    }
    expect(names).toEqual(listed.flatMap(item => item.name ?? []));
  });

  it.each([
    ['HTML', () => HttpResponse.html('<html>Sign in</html>')],
    ['half of JSON', () => HttpResponse.text('{"registered_models": [{"na')],
    ['a list', () => HttpResponse.json([])],
    [
      'a wrong shape',
      () =>
        HttpResponse.json({
          registered_models: { 0: { name: 'a' } },
          model_versions: 'none',
        }),
    ],
    [
      'null',
      () =>
        HttpResponse.json({ registered_models: null, model_versions: null }),
    ],
    ['an unknown endpoint', () => recorded('unknown_endpoint')],
    ['no permission', () => recorded('auth_wrong_password')],
    [
      'an unknown workspace',
      () => recorded('workspaces_search_unknown_workspace'),
    ],
    ['a broken connection', () => HttpResponse.error()],
  ])('throws on %s instead of listing nothing', async (_, answer) => {
    server.use(
      http.get(`${API}/registered-models/search`, answer),
      http.get(`${API}/model-versions/search`, answer),
    );
    await expect(testSource().listModels({ signal })).rejects.toThrow(
      'GET /api/2.0/mlflow/registered-models/search',
    );
    await expect(testSource().listVersions({ signal })).rejects.toThrow(
      'GET /api/2.0/mlflow/model-versions/search',
    );
  });
});

describe('what is gone', () => {
  it('is undefined only where MLflow says so', async () => {
    server.use(
      http.get(`${API}/registered-models/get`, () =>
        recorded('rm_get_missing'),
      ),
      http.get(`${API}/model-versions/get`, () => recorded('mv_get_missing')),
    );
    const source = testSource();
    expect(await source.getModel('nope', { signal })).toBeUndefined();
    expect(await source.getVersion('nope', '1', { signal })).toBeUndefined();
    expect(await source.getVersion('nope', 'abc', { signal })).toBeUndefined();
  });

  it.each([
    'unknown_endpoint',
    'auth_reader_get_after_deny',
    'auth_wrong_password',
    'workspaces_search_unknown_workspace',
  ])('is not told by %s', async name => {
    server.use(
      http.get(`${API}/registered-models/get`, () => recorded(name)),
      http.get(`${API}/model-versions/get`, () => recorded(name)),
    );
    const source = testSource();
    await expect(source.getModel('m', { signal })).rejects.toThrow(
      'answered 4',
    );
    await expect(source.getVersion('m', '1', { signal })).rejects.toThrow(
      'answered 4',
    );
  });
});

describe('history', () => {
  const version = {
    model: 'm',
    version: '1',
    description: null,
    tags: {},
    stage: null,
    status: null,
    author: null,
    createdAt: null,
    updatedAt: null,
    runId: 'r',
    origin: null,
  };

  it('follows the pages of MLflow 3', async () => {
    server.use(
      http.get(`${API}/metrics/get-history`, ({ request }) =>
        new URL(request.url).searchParams.has('page_token')
          ? HttpResponse.json({
              metrics: [
                { key: 'a', value: 'NaN', timestamp: 2, step: 1 },
                {
                  key: 'a',
                  value: -1.7976931348623157e308,
                  timestamp: '1',
                  step: '0',
                },
              ],
            })
          : recorded('metric_history_page1'),
      ),
    );
    const points = await testSource().readMetricHistory(version, 'a', {
      signal,
    });
    expect(points[0]).toEqual({ step: 0, time: 1, value: -Infinity });
    expect(points.some(point => Number.isNaN(point.value))).toBe(true);
    expect(points.map(point => point.step)).toEqual(
      points.map(point => point.step).sort((a, b) => a - b),
    );
  });

  it('reads the whole of MLflow 2, which has no pages', async () => {
    server.use(
      http.get(`${API}/metrics/get-history`, () => recorded('metric_history')),
    );
    const points = await testSource().readMetricHistory(version, 'a', {
      signal,
    });
    expect(points).toHaveLength(21);
    expect(points.at(-1)).toMatchObject({ step: 199 });
  });

  it('reads a history of 100,000 points, and none that is longer', async () => {
    let points = 100_000;
    server.use(
      http.get(`${API}/metrics/get-history`, () =>
        HttpResponse.json({
          metrics: Array.from({ length: points }, (_, step) => ({
            key: 'a',
            value: 1,
            step,
          })),
        }),
      ),
    );
    const source = testSource();
    expect(
      await source.readMetricHistory(version, 'a', { signal }),
    ).toHaveLength(100_000);
    points = 200_000;
    await expect(
      source.readMetricHistory(version, 'a', { signal }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('more than the 100000 points'),
    });
  });

  it('ends where pages of history do not', async () => {
    let pages = 0;
    server.use(
      http.get(`${API}/metrics/get-history`, () => {
        pages += 1;
        return HttpResponse.json({
          metrics: Array.from({ length: 10_000 }, (_, step) => ({
            key: 'a',
            value: 1,
            step,
          })),
          next_page_token: `t${pages}`,
        });
      }),
    );
    await expect(
      testSource().readMetricHistory(version, 'a', { signal }),
    ).rejects.toMatchObject({ name: 'InputError' });
    expect(pages).toBe(11);
  });

  it('throws NotFoundError where there is none', async () => {
    server.use(
      http.get(`${API}/metrics/get-history`, () => HttpResponse.json({})),
    );
    const source = testSource();
    for (const one of [version, { ...version, runId: null }]) {
      await expect(
        source.readMetricHistory(one, 'a', { signal }),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    }
  });
});

describe('webhooks', () => {
  const { secret, delivery } = recordedDelivery();
  const request = {
    headers: delivery.headers,
    body: Buffer.from(delivery.body),
  };

  it('reads them where there is a secret', async () => {
    const source = testSource({
      webhookSecret: secret,
      now: () => Number(delivery.headers['X-MLflow-Timestamp']) * 1000,
    });
    expect((await source.readWebhook(request)).models).toEqual([
      'example_model',
    ]);
  });

  it('has none without a secret', async () => {
    await expect(testSource().readWebhook(request)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});
