import {
  mockCredentials,
  mockServices,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { startTestPortal } from '../__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const VERSION = '/models/fake/credit/lineage?version=3';
const SERVICE = mockCredentials.service.header();
const STRANGER = 'user:default/stranger';

const recorded: unknown[] = readFileSync(
  resolve(__dirname, '__fixtures__/client-http-transport.ndjson'),
  'utf8',
)
  .trim()
  .split('\n')
  .map(line => JSON.parse(line));

describe('the routes of lineage', () => {
  let backend: TestBackend;

  const get = (path: string, user?: string) =>
    request(backend.server)
      .get(`/api/modelport/v1${path}`)
      .set('authorization', mockCredentials.user.header(user));

  const post = (authorization: string = SERVICE) =>
    request(backend.server)
      .post('/api/modelport/v1/lineage/openlineage')
      .set('authorization', authorization)
      .set('content-type', 'application/json');

  beforeAll(async () => {
    const auth = mockServices.auth();
    const permissions = mockServices.permissions.mock({
      async authorize(queries) {
        return queries.map(() => ({ result: AuthorizeResult.ALLOW }));
      },
      async authorizeConditional(queries, { credentials }) {
        const denied =
          auth.isPrincipal(credentials, 'user') &&
          credentials.principal.userEntityRef === STRANGER;
        return queries.map(() => ({
          result: denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
        }));
      },
    });
    const source = new FakeModelSource('fake');
    source.putModel({ name: 'credit' });
    source.putVersion(
      {
        model: 'credit',
        version: '3',
        runId: '01a1fd74000070008000000000000002',
      },
      { datasets: [{ name: 'loans', digest: 'd1', context: 'training' }] },
    );
    backend = await startTestPortal({
      source,
      until: VERSION,
      authorization: mockCredentials.user.header(),
      features: [permissions.factory],
    });
  });

  afterAll(() => backend.stop());

  it('take what a client sends, and join it to the version', async () => {
    // The client sends one event a request; lists are for who has many.
    for (const [index, event] of recorded.entries()) {
      const { body } = await post()
        .send(JSON.stringify(index === 0 ? [event] : event))
        .expect(201);
      expect(body).toEqual({ accepted: 1, duplicates: 0 });
    }
    const { body } = await get(`${VERSION}&direction=upstream&depth=20`).expect(
      200,
    );
    expect(body.nodes.map((node: { id: string }) => node.id)).toEqual(
      expect.arrayContaining([
        'dataset:mlflow/loans@d1',
        'dataset:postgres%3A%2F%2Fwarehouse%3A5432/public.loans',
        'job:airflow/credit.train',
      ]),
    );
    const all = await get('/models/fake/credit/lineage').expect(200);
    expect(all.body.nodes.length).toBeGreaterThan(body.nodes.length);
  });

  it('take compressed events', async () => {
    const { body } = await post()
      .set('content-encoding', 'gzip')
      .serialize(value => value)
      .send(gzipSync(JSON.stringify(recorded)))
      .expect(201);
    expect(body.accepted + body.duplicates).toBe(recorded.length);
  });

  it('say what changed, and give OpenLineage events', async () => {
    const { body } = await get(
      '/models/fake/credit/lineage/difference?before=3&after=3',
    ).expect(200);
    expect(body.items).toEqual([]);
    await get('/models/fake/credit/lineage/difference?before=3').expect(400);
    const events = await get(
      '/models/fake/credit/lineage/openlineage?version=3&direction=upstream',
    ).expect(200);
    expect(JSON.stringify(events.body)).toContain('fake/credit/3');
    for (const path of ['difference?before=3&after=3', 'openlineage']) {
      await get(`/models/fake/credit/lineage/${path}`, STRANGER).expect(403);
    }
  });

  it('take documents of services only, of formats they know', async () => {
    const push = (query: string, authorization = SERVICE) =>
      request(backend.server)
        .post(`/api/modelport/v1/lineage/documents?${query}`)
        .set('authorization', authorization)
        .set('content-type', 'application/json')
        .send(
          readFileSync(
            resolve(__dirname, '__fixtures__/dbt-manifest.json'),
            'utf8',
          ),
        );
    const { body } = await push('format=dbt&namespace=duckdb://lake').expect(
      201,
    );
    expect(body).toEqual({ project: 'lending', nodes: 8, edges: 7 });
    await push('format=feast').expect(400);
    await push('format=csv').expect(400);
    await push('format=dbt', mockCredentials.user.header()).expect(403);
  });

  it('say what a dataset affects', async () => {
    const { body } = await get(
      `/lineage/impact?node=${encodeURIComponent('dataset:mlflow/loans@d1')}`,
    ).expect(200);
    expect(body.items).toContainEqual({
      id: 'version:fake/credit/3',
      kind: 'version',
      name: 'credit',
      version: '3',
      entityRef: 'resource:default/credit',
      failed: false,
      evaluated: false,
    });
  });

  it('take events of services only, and show nothing to who may read no model', async () => {
    const answers = await Promise.all([
      post(mockCredentials.user.header()).send('[]'),
      post(mockCredentials.none.header()).send('[]'),
      get(VERSION, STRANGER),
      get('/lineage/impact?node=x', STRANGER),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 401, 403, 403]);
  });

  it.each([
    ['/models/fake/credit/lineage?version=9', 404],
    ['/models/fake/none/lineage', 404],
    ['/lineage/impact?node=nothing', 404],
    ['/lineage/impact', 400],
    ['/models/fake/credit/lineage?depth=0', 400],
    ['/models/fake/credit/lineage?depth=21', 400],
    ['/models/fake/credit/lineage?depth=0x5', 400],
    ['/models/fake/credit/lineage?direction=sideways', 400],
  ])('answer %s with %s', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  it.each([
    ['NaN', '[NaN]', 400, 'no JSON'],
    ['deep JSON', '['.repeat(10_000), 400, 'more than 100 levels'],
    ['no event', '{"a": 1}', 400, 'Event 0 is none of OpenLineage'],
    ['nothing', '', 400, 'no JSON'],
    [
      'too much',
      ' '.repeat(33 * 1024 * 1024),
      413,
      'larger than 32 MB. Nothing was kept',
    ],
  ])('refuse %s with the reason', async (_what, text, status, message) => {
    const { body } = await post().send(text).expect(status);
    expect(body.error.message).toContain(message);
  });

  it('refuse compressed events that grow too large', async () => {
    const { status } = await post()
      .set('content-encoding', 'gzip')
      .serialize(value => value)
      .send(gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20)));
    expect(status).toBe(413);
  });

  it('tell more clients than can be served at once to come again', async () => {
    const address = backend.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    // Requests whose body does not come to an end.
    const waiting = Array.from({ length: 16 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(
        `POST /api/modelport/v1/lineage/openlineage HTTP/1.1\r\nHost: x\r\nAuthorization: ${SERVICE}\r\nContent-Length: 10\r\n\r\n[`,
      );
      return socket;
    });
    const end = Date.now() + 20_000;
    const untilStatus = async (status: number) => {
      for (;;) {
        const response = await post().send('[]');
        if (response.status === status) {
          return response;
        }
        if (Date.now() > end) {
          throw new Error(`There was no answer with ${status}`);
        }
      }
    };
    const { headers, body } = await untilStatus(429);
    expect(headers['retry-after']).toBe('1');
    expect(body.error.message).toContain('Send it again after 1 s');
    waiting.forEach(socket => socket.destroy());
    await untilStatus(201);
  });
});
