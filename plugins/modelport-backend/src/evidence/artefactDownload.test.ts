import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  mockCredentials,
  mockServices,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { modelportEvidenceReadRowsPermission } from '@modelport/plugin-modelport-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import { startTestPortal } from '../__testUtils__/startTestPortal';

jest.setTimeout(120_000);

const ADA = mockCredentials.user.header('user:default/ada');
const GRACE = mockCredentials.user.header('user:default/grace');
const ROSA = mockCredentials.user.header('user:default/rosa');
const OF = { model: 'credit', version: '1' };
const PAGE = '<script>alert(1)</script>';

describe('files among the artefacts of a version', () => {
  const directory = mkdtempSync(join(tmpdir(), 'artefacts-'));
  const permissions = mockServices.permissions.mock();
  let mayReadModels = true;
  let backend: TestBackend;

  const get = (
    path: string,
    { by = ADA, of = '/models/fake/credit/versions/1' } = {},
  ) =>
    request(backend.server)
      .get(
        `/api/modelport/v1${of}/artefacts/raw?path=${encodeURIComponent(path)}`,
      )
      .set('authorization', by)
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', part => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      });
  const messageOf = (body: Buffer) => JSON.parse(body.toString()).error.message;

  beforeAll(async () => {
    permissions.authorize.mockImplementation(async queries =>
      queries.map(() => ({ result: AuthorizeResult.ALLOW })),
    );
    permissions.authorizeConditional.mockImplementation(
      async (queries, { credentials }) =>
        queries.map(({ permission: { name } }) => {
          const isAda = JSON.stringify(credentials).includes('default/ada');
          const isRows = name === modelportEvidenceReadRowsPermission.name;
          return {
            result:
              isAda || (isRows ? false : mayReadModels)
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          };
        }),
    );
    const source = new FakeModelSource('fake');
    source.putModel({ name: 'credit' });
    source.putVersion(OF, {});
    source.putArtefact(OF, 'model/weights "ü".html', Buffer.from(PAGE));
    source.putArtefact(OF, 'data/train.csv', Buffer.from('age\n31\n'));
    source.putArtefact(OF, 'large.bin', Buffer.alloc(1024 * 1024 + 1));
    const rows = readFileSync(
      resolve(__dirname, 'readers/__fixtures__/evaluation-rows.parquet'),
    );
    source.putArtefact(OF, 'evaluation-rows.june.parquet', rows);
    source.putArtefact(OF, 'renamed.bin', rows);
    backend = await startTestPortal({
      source,
      until: '/models/fake/credit/versions/1',
      authorization: ADA,
      features: [
        permissions.factory,
        mockServices.rootConfig.factory({
          data: {
            modelport: { evidence: { cache: { directory, megabytes: 1 } } },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('are given to save, whatever they are, and to run nowhere', async () => {
    const { status, headers, body } = await get('model/weights "ü".html');
    expect(status).toBe(200);
    expect(body.toString()).toBe(PAGE);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-length': String(PAGE.length),
      'content-disposition': `attachment; filename="weights ___.html"; filename*=UTF-8''weights%20%22%C3%BC%22.html`,
    });
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  it('are given to nobody who may not read the model, and of no other version', async () => {
    const file = 'model/weights "ü".html';
    const of = '/models/fake/credit/versions/2';
    expect((await get(file, { of })).status).toBe(404);
    mayReadModels = false;
    expect((await get(file, { by: ROSA })).status).toBe(403);
  });

  it.each(['../other/model.bin', '/etc/passwd', 'a/./b', 'a\\..\\b', 'a\0b'])(
    'are none where a path leads elsewhere: %j',
    async path => {
      expect((await get(path)).status).toBe(400);
    },
  );

  it('are none that are not there, or too large to be fetched', async () => {
    await get('gone.bin').expect(404);
    const { status, body } = await get('large.bin');
    expect(status).toBe(400);
    expect(messageOf(body)).toContain('more than 1048576 bytes');
  });

  it('are tables only for who may read rows, which is recorded', async () => {
    mayReadModels = true;
    const refused = await get('data/train.csv', { by: GRACE });
    expect(refused.status).toBe(403);
    expect(messageOf(refused.body)).toContain('data/train.csv is a table');
    const given = await get('data/train.csv').expect(200);
    expect(given.body.toString()).toBe('age\n31\n');
    const { body } = await request(backend.server)
      .get('/api/modelport/v1/audit')
      .set('authorization', ADA)
      .expect(200);
    expect(
      body.items.filter(
        ({ action }: { action: string }) => action === 'rows.read',
      ),
    ).toEqual([
      expect.objectContaining({
        actor: 'user:default/ada',
        detail: { path: 'data/train.csv' },
      }),
    ]);
  });

  it('are never the rows that are kept encrypted', async () => {
    const { status, body } = await get('evaluation-rows.june.parquet');
    expect(status).toBe(403);
    expect(messageOf(body)).toContain('encrypted one by one');
  });

  it('are not left in the cache where they hold rows', async () => {
    await request(backend.server)
      .get('/api/modelport/v1/models/fake/credit/versions/1/evidence')
      .set('authorization', ADA)
      .expect(200);
    expect((await get('data/train.csv')).body.toString()).toBe('age\n31\n');
    expect((await get('renamed.bin')).status).toBe(403);
    await get('model/weights "ü".html');
    const kept = ['contents', 'unfinished'].flatMap(folder =>
      readdirSync(join(directory, folder), { encoding: 'utf8' }).map(name =>
        readFileSync(join(directory, folder, name), 'utf8'),
      ),
    );
    expect(kept).toEqual([PAGE]);
  });
});
