import { createHash } from 'node:crypto';
import {
  mockCredentials,
  mockServices,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { allowAll, startPortalOn } from '../__testUtils__/startPortalOn';

jest.setTimeout(120_000);

const SERVICE = mockCredentials.service.header();
const ADA = mockCredentials.user.header('user:default/ada');
const METRICS = {
  kind: 'metrics',
  schemaVersion: 1,
  producer: { name: 'evaluate', version: '2.1' },
  producedAt: '2026-11-01T12:00:00+02:00',
  body: {
    measurements: [
      { key: 'auc', value: 0.87, dataset: 'test', n: 1000 },
      { key: 'loss', value: 'NaN' },
    ],
  },
};
const ROWS = {
  kind: 'evaluation-rows',
  schemaVersion: 1,
  body: {
    evaluationSet: { id: 'june' },
    rows: [
      { id: 'row-one', subject: 'jane', label: 1, score: 0.90625, group: 'a' },
      { id: 'row-two', subject: 'joseph', label: 0, score: 0.2, group: 'b' },
      { id: 'row-three', subject: 'jane', label: 0, score: 0.4, group: 'a' },
    ],
  },
};
const OF_1 = '/models/fake/credit/versions/1/evidence';

const OF_2 = OF_1.replace('/1/', '/2/');

const databases = TestDatabases.create();

describe.each(databases.eachSupportedId())('evidence on %s', databaseId => {
  let backend: TestBackend;
  let knex: Knex;
  let source: FakeModelSource;
  const permissions = mockServices.permissions.mock();
  const api = (
    method: 'get' | 'post' | 'delete',
    path: string,
    authorization = ADA,
  ) =>
    request(backend.server)
      [method](`/api/modelport/v1${path}`)
      .set('authorization', authorization);
  const push = (path: string, document: unknown, authorization = SERVICE) =>
    api('post', path, authorization)
      .type('application/json')
      .send(typeof document === 'string' ? document : JSON.stringify(document));
  const listed = async (path = OF_1) => (await api('get', path)).body;
  const allow = () => allowAll(permissions);
  const denyOnly = (name: string) =>
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(({ permission }) => ({
        result:
          permission.name === name
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    );

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    source = new FakeModelSource('fake');
    source.putModel({ name: 'credit' });
    source.putModel({ name: 'a/b' });
    source.putVersion({ model: 'credit', version: '1' }, {});
    source.putVersion({ model: 'credit', version: '2' }, {});
    source.putVersion({ model: 'a/b', version: '1' }, {});
    backend = await startPortalOn(knex, {
      permissions,
      source,
      until: '/models/fake/credit/versions/2',
      authorization: ADA,
    });
  });

  beforeEach(allow);

  afterAll(() => backend.stop());

  afterEach(async () => {
    for (const table of [
      'row_blocks',
      'subjects',
      'documents',
      'contents',
      'versions',
    ]) {
      await knex(`evidence_${table}`).delete();
    }
  });

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
    ['a bare NaN', '{"kind": "metrics", "body": NaN}', 400, /no JSON.*strings/],
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
  ])('refuses %s and keeps nothing', async (_what, document, status, said) => {
    const { body } = await push(OF_1, document).expect(status);
    expect(body.error.message).toMatch(said);
    expect(await listed()).toMatchObject({ totalItems: 0 });
  });

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
    await api('post', OF_1, SERVICE).attach('metrics', large, 'm').expect(413);
    await push(OF_1, METRICS)
      .set('content-digest', 'sha-256=:AAAA:')
      .expect(400);
    await push('/models/fake/credit/versions/9/evidence', METRICS).expect(404);
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

  it('takes evidence from services and push tokens only', async () => {
    await push(OF_1, METRICS, ADA).expect(403);
    await request(backend.server)
      .post(`/api/modelport/v1${OF_1}`)
      .send(METRICS)
      .expect(401);
    denyOnly('modelport.evidence.push');
    await push(OF_1, METRICS).expect(403);
    expect(await listed()).toMatchObject({ totalItems: 0 });
  });

  it('gives a token that pushes for one model and nothing else, until it is revoked', async () => {
    const tokens = '/models/fake/credit/push-tokens';
    const made = await api('post', tokens).send({ name: 'ci' }).expect(201);
    const { token, secret } = made.body;
    expect(token).toMatchObject({
      name: 'ci',
      createdBy: 'user:default/ada',
      expiresAt: null,
      lastUsedAt: null,
    });
    const bearer = `Bearer ${secret}`;
    await push(OF_1, METRICS, bearer).expect(201);
    expect((await listed()).items[0].origin.by).toBe(`push-token:${token.id}`);
    await push(
      '/models/fake/a%2Fb/versions/1/evidence',
      METRICS,
      bearer,
    ).expect(403);
    await push(OF_1, METRICS, `${bearer}x`).expect(401);
    await push(OF_1, METRICS, 'Bearer mpp_1_x').expect(401);
    for (const path of [OF_1, '/models', tokens]) {
      await api('get', path, bearer).expect(401);
    }
    const { body } = await api('get', tokens).expect(200);
    expect(body.items).toEqual([{ ...token, lastUsedAt: expect.any(String) }]);
    const stored = JSON.stringify(await knex('evidence_push_tokens'));
    // The secret itself may hold underscores.
    expect(stored).not.toContain(secret.split('_').slice(2).join('_'));

    await api('delete', '/models/fake/a%2Fb/push-tokens/1').expect(404);
    await api('delete', `${tokens}/${token.id}`).expect(204);
    await api('delete', `${tokens}/${token.id}`).expect(404);
    // Who took it away, and when, stays to be read.
    const { body: kept } = await api('get', tokens).expect(200);
    expect(kept.items).toEqual([
      {
        ...token,
        lastUsedAt: expect.any(String),
        revokedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        revokedBy: 'user:default/ada',
      },
    ]);
    await push(OF_1, METRICS, bearer).expect(401);
    await api('post', tokens)
      .send({ name: 'old', expiresAt: '2020-01-01' })
      .expect(400);
    await api('post', tokens, SERVICE).send({ name: 'x' }).expect(403);
    denyOnly('modelport.evidence.manage-tokens');
    await api('post', tokens).send({ name: 'x' }).expect(403);
  });

  it('keeps rows of people encrypted, and makes one person’s unreadable on request', async () => {
    const { body } = await push(OF_1, ROWS).expect(201);
    const [{ digest, status }] = body.items;
    expect(status).toBe('read');
    const rowsSeen = async () =>
      (await api('get', `/evidence/${digest}`)).body.body.rows;
    expect(await rowsSeen()).toEqual(ROWS.body.rows);

    const everything = await Promise.all(
      ['documents', 'contents', 'row_blocks', 'subjects'].map(table =>
        knex(`evidence_${table}`),
      ),
    );
    const text = JSON.stringify(everything, (_key, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString() : value,
    );
    for (const secret of ['jane', 'joseph', 'row-one', '0.90625']) {
      expect(text).not.toContain(secret);
    }
    await api('get', `/evidence/${digest}/raw`).expect(404);
    // a service, and who lacks the permission, see how many there are
    const short = { evaluationSet: { id: 'june' }, rowCount: 3 };
    const asService = await api('get', `/evidence/${digest}`, SERVICE);
    expect(asService.body.body).toEqual(short);
    denyOnly('modelport.evidence.read-rows');
    const asAnyone = await api('get', `/evidence/${digest}`);
    expect(asAnyone.body.body).toEqual(short);
    allow();

    const erase = '/models/fake/credit/row-subjects/erase';
    await api('post', erase, SERVICE).send({ subject: 'jane' }).expect(403);
    const erased = await api('post', erase).send({ subject: 'jane' });
    expect(erased.body).toEqual({ rows: 2 });
    expect(await rowsSeen()).toEqual([null, ROWS.body.rows[1], null]);
    // the same document is sealed once for each version, whoever is faster
    const pushes = await Promise.all([push(OF_2, ROWS), push(OF_2, ROWS)]);
    expect(pushes.map(answer => answer.status)).toEqual([201, 201]);
    expect(
      (await knex('evidence_row_blocks')).map(block => block.count),
    ).toEqual([3, 3]);
    // the document is the same, and what comes later of her is unreadable too
    expect((await push(OF_1, ROWS)).body.items[0].digest).toBe(digest);
    const later = {
      ...ROWS,
      body: { ...ROWS.body, evaluationSet: { id: 'july' } },
    };
    const pushed = await push(OF_1, later).expect(201);
    const other = await api('get', `/evidence/${pushed.body.items[0].digest}`);
    expect(other.body.body.rows).toEqual([null, ROWS.body.rows[1], null]);
  });

  it('keeps no bytes of rows that it can’t read', async () => {
    const { body } = await push(OF_1, {
      ...ROWS,
      body: { rows: [{ id: 'jane' }] },
    }).expect(201);
    expect(body.items[0]).toMatchObject({
      status: 'unreadable',
      message: expect.stringContaining('not kept'),
    });
    expect(JSON.stringify(await knex('evidence_contents'))).not.toContain(
      'jane',
    );
  });

  it('reads evidence among the artefacts once, and says what it could not fetch', async () => {
    const of = { model: 'credit', version: '2' };
    const card = '# Credit\n\n## Intended use\n\nScoring of loans.\n';
    source.putArtefact(of, 'docs/README.md', card);
    source.putArtefact(of, 'model_card.json', '{"schema": ');
    source.putArtefact(of, 'deep/er/still/README.md', card);
    source.putArtefact(of, 'model.pkl', 'cos\nsystem');

    const { items, problems } = await listed(OF_2);
    expect(problems).toEqual([]);
    expect(
      items.map((item: { origin: object; status: string }) => [
        item.origin,
        item.status,
      ]),
    ).toEqual([
      [{ type: 'artefact', path: 'docs/README.md', by: null }, 'read'],
      [{ type: 'artefact', path: 'model_card.json', by: null }, 'unreadable'],
    ]);
    const [{ digest, reader }] = items;
    expect(digest).toBe(createHash('sha256').update(card).digest('hex'));
    expect(reader).toBe('card/2');
    const { body } = await api('get', `/evidence/${digest}`).expect(200);
    expect(body.body).toMatchObject({
      intendedUse: expect.stringContaining('Scoring of loans'),
    });
    source.calls.length = 0;
    await listed(OF_2);
    expect(source.count('listArtefacts')).toBe(0);
  });

  it('fetches no file again that is the same, whatever else of the version changes', async () => {
    const of = { model: 'a/b', version: '1' };
    source.putArtefact(of, 'docs/README.md', '# Credit\n\nScores loans.\n');
    source.putArtefact(of, 'model_card.json', '{"purpose": "Loans"}');
    const readAgain = async (state: string) => {
      source.calls.length = 0;
      await knex('models_versions').update({ fingerprint: state });
      await listed('/models/fake/a%2Fb/versions/1/evidence');
      return [source.count('listArtefacts') > 0, source.count('readArtefact')];
    };
    expect(await readAgain('first')).toEqual([true, 2]);
    expect(await readAgain('an alias moved')).toEqual([true, 0]);
    source.putArtefact(of, 'model_card.json', '{"purpose": "More loans"}');
    expect(await readAgain('a file changed')).toEqual([true, 1]);
    expect(await readAgain('a tag')).toEqual([true, 0]);
    // A size alone is trusted for some days only.
    const { files } = await knex('evidence_versions')
      .where({ name: 'a/b' })
      .first('files');
    await knex('evidence_versions')
      .where({ name: 'a/b' })
      .update({
        files: files.replaceAll(/"readAt":"\d{4}/g, '"readAt":"2020'),
      });
    expect(await readAgain('later')).toEqual([true, 2]);
  });

  it('puts what a pushed card says on the version’s card and into the list', async () => {
    const card = {
      kind: 'card',
      schemaVersion: 1,
      producedAt: '2026-11-01T12:00:00Z',
      body: {
        purpose: 'Fewer defaults',
        attestedBy: 'user:default/rosa',
        attestedAt: '2026-11-02T12:00:00Z',
      },
    };
    const { body } = await push(OF_2, card).expect(201);
    const { body: shown } = await api(
      'get',
      '/models/fake/credit/versions/2/card',
    ).expect(200);
    expect(shown.fields.purpose).toEqual({
      value: 'Fewer defaults',
      provenance: {
        from: 'written',
        evidence: body.items[0].digest,
        kind: 'card',
        by: null,
        at: '2026-11-01T12:00:00.000Z',
      },
    });
    // A name in a document is a claim; that person says so in the portal, or it counts for nothing.
    expect(shown.completeness.score).toBe(0);
    expect(shown.claims.purpose).toEqual({
      by: 'user:default/rosa',
      at: '2026-11-02T12:00:00.000Z',
      evidence: body.items[0].digest,
    });
    const attested = await api(
      'post',
      '/models/fake/credit/versions/2/card/attestations',
    )
      .send({ paths: ['purpose'], revision: shown.revision })
      .expect(201);
    expect(attested.body.completeness.score).toBeGreaterThan(0);
    const { body: model } = await api('get', '/models/fake/credit');
    expect(model.cardCompleteness).toBeCloseTo(
      attested.body.completeness.score,
      12,
    );
  });

  it.each([
    ['a part called card', 'card', 'card.md', 'application/octet-stream'],
    ['a part without a name that tells', 'card', 'x', 'text/plain'],
    ['a part with another tool’s JSON', 'card', 'bom.json', 'application/json'],
  ])('reads %s as a card', async (_what, kind, filename, contentType) => {
    const content = filename.endsWith('.json')
      ? '{"considerations": {"useCases": ["Loans"]}}'
      : '---\nmodelport: {attestedAt: 2026-11-22}\n---\n# x\n\n## Direct Use\n\nLoans\n';
    const { body } = await api('post', OF_1, SERVICE)
      .attach(kind, Buffer.from(content), { filename, contentType })
      .expect(201);
    expect(body.items).toMatchObject([
      { kind: 'card', status: 'read', message: null },
    ]);
    const { body: found } = await api(
      'get',
      `/evidence/${body.items[0].digest}`,
    );
    expect(found.body.intendedUse).toBe('Loans');
  });

  it('reads Markdown that is sent alone, and a card that says itself what it is', async () => {
    const { body } = await api('post', OF_1, SERVICE)
      .type('text/markdown')
      .send('# x\n\n## Direct Use\n\nLoans\n')
      .expect(201);
    expect(body.items).toMatchObject([{ kind: 'card', status: 'read' }]);
    const sent = await api('post', OF_1, SERVICE)
      .attach(
        'card',
        Buffer.from(
          JSON.stringify({
            kind: 'card',
            schemaVersion: 1,
            producedAt: '2026-11-22',
            body: { purpose: 'Loans' },
          }),
        ),
        'card.json',
      )
      .expect(201);
    expect(sent.body.items).toMatchObject([{ kind: 'card', status: 'read' }]);
    expect((await listed()).items[0].producedAt).toBe(
      '2026-11-22T00:00:00.000Z',
    );
  });

  it('reads again what could not be read, when it is pushed again and when readers change', async () => {
    const card = '# x\n\n## Direct Use\n\nLoans\n';
    const pushCard = () =>
      api('post', OF_2, SERVICE).attach('card', Buffer.from(card), 'card.md');
    const { body: first } = await pushCard().expect(201);
    const [{ digest }] = first.items;
    const shown = async () => {
      const { items } = await listed(OF_2);
      return items.find((item: { digest: string }) => item.digest === digest);
    };
    const makeUnreadable = () =>
      knex('evidence_documents').where({ digest }).update({
        status: 'unreadable',
        message: 'It is no JSON.',
        reader: null,
        body: null,
      });
    await shown();
    await makeUnreadable();
    expect(await shown()).toMatchObject({ status: 'unreadable' });
    const { body: again } = await pushCard().expect(201);
    expect(again).toEqual(first);
    expect(again.items[0].status).toBe('read');

    await makeUnreadable();
    expect(await shown()).toMatchObject({ status: 'unreadable' });
    const kept = await knex('evidence_versions').first('state');
    await knex('evidence_versions').update({
      state: `${kept.state.split(' ')[0]} older-readers`,
    });
    expect(await shown()).toMatchObject({
      status: 'read',
      message: null,
      reader: 'card/2',
    });
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

  it('says by what name the token was made that pushed, also once it is revoked', async () => {
    const tokens = '/models/fake/credit/push-tokens';
    const { body } = await api('post', tokens)
      .send({ name: 'nightly' })
      .expect(201);
    await push(OF_1, METRICS, `Bearer ${body.secret}`).expect(201);
    await api('delete', `${tokens}/${body.token.id}`).expect(204);
    const {
      items: [{ origin, digest }],
    } = await listed();
    const by = { by: `push-token:${body.token.id}`, byName: 'nightly' };
    expect(origin).toMatchObject(by);
    const { body: document } = await api('get', `/evidence/${digest}`);
    expect(document.versions[0].evidence.origin).toMatchObject(by);
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

  it('keeps nothing of a person in messages, and no character that a database refuses', async () => {
    const { body } = await api('post', OF_1, SERVICE)
      .attach('evaluation-rows', Buffer.from('{"id": jane}'), 'a\0b.json')
      .attach(
        'evaluation-rows',
        Buffer.from(
          JSON.stringify({
            evaluationSet: { id: 'june' },
            rows: [{ id: 1, label: 1, score: 1, group: { 'x\0': 1 } }],
          }),
        ),
        'b.json',
      )
      .expect(201);
    expect(JSON.stringify(body)).not.toContain('jane');
    expect(body.items[0].message).toMatch(/^It is no JSON\./);
    expect(await listed()).toMatchObject({ totalItems: 2 });
    await push(OF_1, { ...METRICS, schemaVersion: 1e15 }).expect(400);
    await api('get', `${OF_1}?kind=a%00b`).expect(400);
    const tokens = '/models/fake/credit/push-tokens';
    await api('post', tokens).send({ name: 'a\0b' }).expect(400);
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
});
