import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  mockCredentials,
  mockServices,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import { paddedParquet } from '../__testUtils__/paddedParquet';
import { startTestPortal } from '../__testUtils__/startTestPortal';

jest.setTimeout(120_000);

const MORE_THAN_KEPT = 33 * 1024 * 1024;
const ADA = mockCredentials.user.header('user:default/ada');
const EVIDENCE = '/models/fake/credit/versions/1/evidence';
const OF = { model: 'credit', version: '1' };

describe('evidence of more than 32 MB', () => {
  const directory = mkdtempSync(join(tmpdir(), 'artefacts-'));
  const card = Buffer.alloc(MORE_THAN_KEPT, 'What it is for. ');
  /** A table by its name, which no reader can open. */
  const table = Buffer.alloc(MORE_THAN_KEPT, 'PAR1');
  const rows = paddedParquet(
    readFileSync(
      resolve(__dirname, 'readers/__fixtures__/evaluation-rows.parquet'),
    ),
    MORE_THAN_KEPT,
  );
  const permissions = mockServices.permissions.mock();
  let backend: TestBackend;
  let source: FakeModelSource;

  const get = (path: string) =>
    request(backend.server)
      .get(`/api/modelport/v1${path}`)
      .set('authorization', ADA);
  const digestOf = (bytes: Buffer) =>
    createHash('sha256').update(bytes).digest('hex');

  beforeAll(async () => {
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ({ result: AuthorizeResult.ALLOW })),
    );
    source = new FakeModelSource('fake');
    source.putModel({ name: 'credit' });
    source.putVersion(OF, {});
    source.putArtefact(OF, 'MODEL_CARD.md', card);
    source.putArtefact(OF, 'evaluation-rows.june.parquet', rows);
    source.putArtefact(OF, 'nannyml/univariate_drift.parquet', table);
    backend = await startTestPortal({
      source,
      until: '/models/fake/credit/versions/1',
      authorization: ADA,
      features: [
        permissions.factory,
        mockServices.rootConfig.factory({
          data: { modelport: { evidence: { cache: { directory } } } },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend.stop();
    await rm(directory, { recursive: true });
  });

  it('stays where it is, and is read by parts where its reader does so', async () => {
    const { body } = await get(EVIDENCE).expect(200);
    expect(body.problems).toEqual([]);
    expect(body.items).toHaveLength(3);
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'evaluation-rows',
          digest: digestOf(rows),
          size: rows.length,
          status: 'read',
          message: null,
        }),
        expect.objectContaining({
          kind: 'card',
          digest: digestOf(card),
          size: card.length,
          status: 'unreadable',
          message: expect.stringContaining('up to 32 MB only'),
        }),
        expect.objectContaining({
          digest: digestOf(table),
          size: table.length,
          status: 'unreadable',
        }),
      ]),
    );
    const one = await get(`/evidence/${digestOf(rows)}`).expect(200);
    expect(one.body.body.rows.length).toBeGreaterThan(0);
    // What may be rows of people lies nowhere unencrypted, readable or not.
    expect(readdirSync(join(directory, 'contents'))).toEqual([digestOf(card)]);
    expect(readdirSync(join(directory, 'unfinished'))).toEqual([]);
    await get(`/evidence/${digestOf(rows)}/raw`).expect(404);
  });

  it('is given as it lies at its source, fetched once, and not where that is another file', async () => {
    await get(EVIDENCE).expect(200);
    const before = source.count('streamArtefact');
    const download = () =>
      get(`/evidence/${digestOf(card)}/raw`)
        .buffer(true)
        .parse((answer, done) => {
          const hash = createHash('sha256');
          answer.on('data', part => hash.update(part));
          answer.on('end', () => done(null, hash.digest('hex')));
        });
    const { body, headers } = await download().expect(200);
    expect(body).toBe(digestOf(card));
    expect(headers['content-length']).toBe(String(card.length));
    expect(source.count('streamArtefact')).toBe(before);

    await rm(join(directory, 'contents'), { recursive: true });
    source.putArtefact(OF, 'MODEL_CARD.md', Buffer.alloc(MORE_THAN_KEPT, 'x'));
    await download().expect(404);
    expect(source.count('streamArtefact')).toBe(before + 1);
    expect(existsSync(join(directory, 'contents', digestOf(card)))).toBe(false);
  });
});
