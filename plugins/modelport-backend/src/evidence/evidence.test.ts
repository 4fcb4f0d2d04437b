import { createHash } from 'node:crypto';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  describeEvidence,
  METRICS,
  OF_1,
  OF_2,
  SERVICE,
} from './__testUtils__/describeEvidence';

describeEvidence(
  'evidence',
  ({ source, permissions, api, push, listed, denyOnly }) => {
    it('keeps a document as the bytes that came, once for each version', async () => {
      const text = JSON.stringify(METRICS);
      const digest = createHash('sha256').update(text).digest('hex');
      const { body } = await push(OF_1, text).expect(201);
      expect(body).toEqual({
        items: [{ digest, kind: 'metrics', status: 'read', message: null }],
      });
      const again = await push(OF_1, text).expect(201);
      expect(again.body).toEqual(body);
      await push(OF_2, text).expect(201);

      expect(await listed()).toMatchObject({
        totalItems: 1,
        nextCursor: null,
        items: [
          {
            digest,
            kind: 'metrics',
            schemaVersion: 1,
            status: 'read',
            reader: 'json/1',
            producer: { name: 'evaluate', version: '2.1' },
            producedAt: '2026-11-01T10:00:00.000Z',
            size: text.length,
            mediaType: 'application/json',
            origin: {
              type: 'push',
              path: null,
              by: 'service:external:test-service',
            },
          },
        ],
      });
      const document = await api('get', `/evidence/${digest}`).expect(200);
      expect(document.body).toMatchObject({
        digest,
        versions: [{ of: { version: '1' } }, { of: { version: '2' } }],
        body: METRICS.body,
      });
      const raw = await api('get', `/evidence/${digest}/raw`)
        .buffer(true)
        .parse((res, done) => {
          const chunks: Buffer[] = [];
          res.on('data', chunk => chunks.push(Buffer.from(chunk)));
          res.on('end', () => done(null, Buffer.concat(chunks)));
        })
        .expect(200)
        .expect('x-content-type-options', 'nosniff')
        .expect('content-type', 'application/octet-stream');
      expect(raw.body.toString()).toBe(text);
    });

    it('fills a version’s measurements with what evidence says of them', async () => {
      await push(OF_1, METRICS).expect(201);
      const { body } = await api('get', '/models/fake/credit/versions/1');
      expect(body.measurements).toEqual([
        expect.objectContaining({
          key: 'auc',
          value: 0.87,
          dataset: { name: 'test', digest: null },
          n: 1000,
          evidence: expect.stringMatching(/^[0-9a-f]{64}$/),
        }),
        expect.objectContaining({ key: 'loss', value: 'NaN' }),
      ]);
      const { body: compared } = await api(
        'get',
        '/models/fake/credit/compare?versions=1,2',
      ).expect(200);
      expect(compared.metrics).toHaveLength(2);
    });

    it('takes several files at once, each by the name of its part', async () => {
      const { body } = await api('post', OF_1, SERVICE)
        .attach('metrics', Buffer.from(JSON.stringify(METRICS.body)), 'm.json')
        .attach('fairness', Buffer.from('{"metric": NaN}'), 'f.json')
        .attach('picture', Buffer.from([0x89, 0x50, 0xff]), 'a.png')
        .field('tests', JSON.stringify({ suites: [] }))
        .expect(201);
      expect(body.items).toEqual([
        expect.objectContaining({ kind: 'metrics', status: 'read' }),
        expect.objectContaining({
          kind: 'fairness',
          status: 'unreadable',
          message: expect.stringContaining('write them as the strings'),
        }),
        expect.objectContaining({
          kind: 'picture',
          status: 'unreadable',
          message: expect.stringContaining('no UTF-8'),
        }),
        expect.objectContaining({ kind: 'tests', status: 'read' }),
      ]);
      expect((await listed()).items[3].origin.path).toBe('m.json');
      const only = await listed(`${OF_1}?kind=fairness`);
      expect(only).toMatchObject({ totalItems: 1 });
    });

    it('pages through what it knows, the newest first', async () => {
      for (let i = 0; i < 5; i++) {
        await push(OF_1, { ...METRICS, body: { measurements: [], i } });
      }
      const first = await listed(`${OF_1}?limit=2`);
      expect(first).toMatchObject({ totalItems: 5 });
      const next = await listed(`${OF_1}?limit=3&cursor=${first.nextCursor}`);
      expect(next.items).toHaveLength(3);
      expect(next.nextCursor).toBeNull();
      await api('get', `${OF_1}?cursor=nonsense`).expect(400);
      await api('get', `${OF_1}?limit=0`).expect(400);
    });

    it.each([
      ['no JSON', '{"kind": ', 400, /no JSON/],
      [
        'a bare NaN',
        '{"kind": "metrics", "body": NaN}',
        400,
        /no JSON.*strings/,
      ],
      ['no kind', { schemaVersion: 1, body: {} }, 400, /kind/],
      ['an odd kind', { ...METRICS, kind: '../x' }, 400, /lower-case/],
      ['no body', '', 400, /no body/],
      [
        'a deep document',
        `{"kind":"metrics","schemaVersion":1,"body":${'['.repeat(
          10_000,
        )}${']'.repeat(10_000)}}`,
        400,
        /levels deep/,
      ],
      ['a list', '[]', 400, /schema/],
    ])(
      'refuses %s and keeps nothing',
      async (_what, document, status, said) => {
        const { body } = await push(OF_1, document).expect(status);
        expect(body.error.message).toMatch(said);
        expect(await listed()).toMatchObject({ totalItems: 0 });
      },
    );

    it.each([
      [
        'a body that does not follow its schema',
        { ...METRICS, body: { measurements: [{ key: 'auc', value: 'high' }] } },
        /measurements\[0\]\.value: expected number/,
      ],
      ['a newer schema', { ...METRICS, schemaVersion: 9 }, /version 9/],
      ['an unknown kind', { ...METRICS, kind: 'drift-v9' }, /No reader/],
    ])('keeps %s with the reason', async (_what, document, message) => {
      const { body } = await push(OF_1, document).expect(201);
      expect(body.items[0]).toMatchObject({
        status: 'unreadable',
        message: expect.stringMatching(message),
      });
      const { items } = await listed();
      const { digest } = items[0];
      await api('get', `/evidence/${digest}/raw`).expect(200);
      const found = await api('get', `/evidence/${digest}`).expect(200);
      expect(found.body.body).toBeNull();
    });

    it('gives a document and its bytes, readable or not, to nobody who may not read the model', async () => {
      const odd = { ...METRICS, kind: 'drift-v9' };
      const digests = await Promise.all(
        [METRICS, odd].map(
          async document => (await push(OF_1, document)).body.items[0].digest,
        ),
      );
      // What a token may read is remembered for some seconds, so each decision gets a token of its own.
      const statuses = async (person: string) => {
        const token = mockCredentials.user.header(`user:default/${person}`);
        const paths = digests.flatMap(digest => [
          `/evidence/${digest}`,
          `/evidence/${digest}/raw`,
        ]);
        const answers = await Promise.all(
          paths.map(path => api('get', path, token)),
        );
        return answers.map(({ status }) => status);
      };
      expect(await statuses('ada')).toEqual([200, 200, 200, 200]);
      const resourceType = 'modelport-model';
      permissions.authorizeConditional.mockImplementation(async queries =>
        queries.map(() => ({
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'modelport',
          resourceType,
          conditions: {
            resourceType,
            rule: 'IS_OWNED_BY',
            params: { claims: ['group:default/others'] },
          },
        })),
      );
      expect(await statuses('other')).toEqual([404, 404, 404, 404]);
      denyOnly('modelport.models.read');
      expect(await statuses('stranger')).toEqual([403, 403, 403, 403]);
    });

    it('refuses what is too large, a digest that does not fit and an unknown version', async () => {
      const large = Buffer.alloc(33 * 1024 * 1024, 0x20);
      const { body } = await api('post', OF_1, SERVICE)
        .type('application/json')
        .send(large.toString())
        .expect(413);
      expect(body.error.message).toMatch(/larger than 32 MB.*Nothing was kept/);
      await api('post', OF_1, SERVICE)
        .attach('metrics', large, 'm')
        .expect(413);
      await push(OF_1, METRICS)
        .set('content-digest', 'sha-256=:AAAA:')
        .expect(400);
      await push('/models/fake/credit/versions/9/evidence', METRICS).expect(
        404,
      );
      await push('/models/fake/none/versions/1/evidence', METRICS).expect(404);
      await api('post', OF_1, SERVICE)
        .attach('Not a kind', Buffer.from('{}'), 'x')
        .expect(400);
      await api('post', OF_1, SERVICE)
        .type('multipart/form-data')
        .send('x')
        .expect(400);
      expect(await listed()).toMatchObject({ totalItems: 0 });
      await api('get', `/evidence/${'0'.repeat(64)}`).expect(404);
      await api('get', '/evidence/nonsense').expect(400);
    });

    it('says what is wrong with a document, where, and what was expected', async () => {
      const { body } = await push(OF_1, {
        ...METRICS,
        body: { measurements: [{ key: 'auc', value: 'high' }, { value: 1 }] },
      }).expect(201);
      expect(body.items[0].message).toBe(
        'It does not follow the schema of metrics, which GET /api/modelport/v1/evidence-schemas gives to whoever may read models: measurements[0].value: expected number or "NaN", "Infinity", "-Infinity"; measurements[1].key is missing, expected string.',
      );
    });

    it('refuses all of a push that must be readable, where one document is not', async () => {
      const { body } = await api('post', `${OF_1}?require=readable`, SERVICE)
        .attach('metrics', Buffer.from(JSON.stringify(METRICS)), 'metrics.json')
        .attach('fairness', Buffer.from('{}'), 'fairness.json')
        .expect(422);
      expect(body.error.message).toMatch(
        /^The document 2 of 2 \(fairness, fairness\.json\) can't be read: .*metric is missing, expected string.*Nothing was kept\.$/,
      );
      expect(await listed()).toMatchObject({ totalItems: 0 });
      await push(`${OF_1}?require=everything`, METRICS).expect(400);
      await push(`${OF_1}?require=readable`, METRICS).expect(201);
    });

    it('lists what it knows while the source is down', async () => {
      await push(OF_1, METRICS).expect(201);
      source.onCall = () => {
        throw new Error('down');
      };
      try {
        expect(await listed()).toMatchObject({ totalItems: 1 });
      } finally {
        source.onCall = () => {};
      }
    });

    it('publishes the schemas of what may be pushed', async () => {
      const { body } = await api('get', '/evidence-schemas').expect(200);
      expect(body.items.map((item: { kind: string }) => item.kind)).toEqual(
        expect.arrayContaining([
          'metrics',
          'card',
          'evaluation-rows',
          'fairness',
          'calibration',
          'tests',
          'latency',
          'validation',
        ]),
      );
      expect(body.items[0].schema).toMatchObject({
        $id: 'urn:modelport:evidence:metrics:1',
        type: 'object',
        required: ['measurements'],
      });
    });
  },
);
