import { generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  createMockDirectory,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { AuditHeads, AuditSinks } from './AuditHeads';
import { AuditLog, AuditRow } from './AuditLog';
import { AuditService } from './AuditService';
import { digestOf } from './entryDigest';
import { HeadsFile } from './HeadsFile';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const KEY: KeyObject = generateKeyPairSync('ed25519').privateKey;

describe.each(databases.eachSupportedId())(
  'signed heads of the audit chain on %s',
  databaseId => {
    const directory = createMockDirectory();
    const logger = mockServices.logger.mock();
    let knex: Knex;
    let log: AuditLog;
    let heads: AuditHeads;
    let service: AuditService;
    let file: string;
    let later: number;

    const startBackend = () => {
      const sinks = new AuditSinks();
      sinks.add(new HeadsFile(file));
      log = new AuditLog(knex);
      heads = new AuditHeads({
        log,
        sinks,
        signingKey: KEY.export({ type: 'pkcs8', format: 'pem' }).toString(),
        frequency: { minutes: 1 },
        logger,
        now: () => new Date(Date.now() + later),
      });
      service = new AuditService({
        log,
        heads,
        models: { narrow: () => () => {} },
      });
    };

    beforeEach(async () => {
      jest.clearAllMocks();
      knex = await databases.init(databaseId);
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@modelport/plugin-modelport-backend',
          'migrations',
        ),
      });
      directory.setContent({});
      file = directory.resolve('heads.ndjson');
      later = 0;
      startBackend();
    });

    const add = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await log.record([
          {
            actor: 'user:default/ada',
            action: 'promotion.refused',
            detail: { i },
          },
        ]);
      }
    };
    const entry = async (seq: number): Promise<AuditRow> =>
      knex('audit_entries').where({ seq }).first();
    const lines = () => readFileSync(file, 'utf8').trim().split('\n');
    const setEnd = async (seq: number) =>
      knex('audit_head').update({ seq, digest: (await entry(seq)).digest });

    /** As who owns the database: without the triggers that refuse it. */
    const ownDatabase = async () => {
      if (databaseId === 'SQLITE_3') {
        await knex.raw('drop trigger audit_entries_no_update');
        await knex.raw('drop trigger audit_entries_no_delete');
      } else {
        await knex.raw('alter table audit_entries disable trigger all');
      }
    };

    /** Changes an entry and makes the whole chain fit again. */
    const change = async (seq: number) => {
      await ownDatabase();
      await knex('audit_entries').where({ seq }).update({ actor: 'user:x/e' });
      let previous = seq > 1 ? (await entry(seq - 1)).digest : '0'.repeat(64);
      for (const { digest: _old, ...row } of await log.after(seq - 1, 1_000)) {
        const changed = { ...row, previous_digest: previous };
        previous = digestOf(changed);
        await knex('audit_entries').where({ seq: row.seq }).update({
          previous_digest: changed.previous_digest,
          digest: previous,
        });
        await setEnd(row.seq);
      }
    };

    const expectRefused = (why: string) =>
      expect(logger.error).toHaveBeenCalledWith(expect.stringContaining(why));

    it('are not signed over a recomputed chain, by a new backend either', async () => {
      await add(6);
      await heads.write();
      await change(5);
      startBackend();
      await heads.write();
      await add(1);
      await heads.write();
      expectRefused('all after it recomputed');
      expect(lines()).toHaveLength(1);
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: 1,
        message: expect.stringContaining('from 1 to 6'),
      });
    });

    it('are not signed where the end is set back to where each old head was', async () => {
      for (let i = 0; i < 5; i++) {
        await add(4);
        await heads.write();
      }
      await change(3);
      for (const seq of [4, 8, 12, 16, 20]) {
        await setEnd(seq);
        await heads.write();
      }
      expectRefused('entries were cut off');
      expect(lines()).toHaveLength(5);
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: 1,
      });
    });

    it('are not signed over a chain that was cut and grew again', async () => {
      await add(6);
      await heads.write();
      await ownDatabase();
      await knex('audit_entries').where('seq', '>', 4).delete();
      await setEnd(4);
      await heads.write();
      await add(2);
      await heads.write();
      await add(2);
      await heads.write();
      expectRefused('cut off');
      expect(lines()).toHaveLength(1);
      expect(await service.verify()).toMatchObject({
        ok: false,
        message: expect.stringContaining('had another digest'),
      });
    });

    it('break the chain where two of one entry differ, however late the second', async () => {
      await add(3);
      await heads.write();
      await change(2);
      const { digest } = await entry(3);
      const at = new Date().toISOString();
      const signature = sign(null, Buffer.from(`3 ${digest} ${at}`), KEY);
      const second = {
        seq: 3,
        digest,
        at,
        signature: signature.toString('base64'),
      };
      writeFileSync(file, `${lines()[0]}\n${JSON.stringify(second)}\n`);
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: 1,
        message: expect.stringContaining('Two heads of entry 3'),
      });
    });

    it('are not signed where the end is said to be another one than the last entry', async () => {
      await add(2);
      await knex('audit_head').update({ digest: 'f'.repeat(64) });
      await heads.write();
      expectRefused('whose digest is another one');
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: 2,
      });
    });

    it('are missed once entries are older than the time between heads', async () => {
      await add(2);
      expect(await service.verify()).toMatchObject({ ok: true });
      later = 61_000;
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: null,
        message: expect.stringContaining('There is no head at file'),
      });
      await heads.write();
      expect(await service.verify()).toMatchObject({ ok: true });
      rmSync(file);
      // The process that wrote it remembers, and begins no new file.
      await heads.write();
      expectRefused('not there any more');
      expect(await service.verify()).toMatchObject({ ok: false });
      startBackend();
      expect(await service.verify()).toMatchObject({
        ok: false,
        message: expect.stringContaining('There is no head at file'),
      });
    });

    it.each([0, 1, 2])('show that head %s of 4 was removed', async index => {
      for (let i = 0; i < 4; i++) {
        await add(1);
        await heads.write();
      }
      expect(await service.verify()).toMatchObject({
        ok: true,
        heads: { checked: 4 },
      });
      const left = lines().filter((_line, number) => number !== index);
      writeFileSync(file, `${left.join('\n')}\n`);
      startBackend();
      expect(await service.verify()).toMatchObject({
        ok: false,
        message: expect.stringContaining('heads were removed'),
      });
    });

    it('show that all but the first were removed, however the chain was made to fit', async () => {
      await add(1);
      await heads.write();
      for (const minutes of [1, 3, 5]) {
        await log.record([
          {
            ...{ actor: 'config', action: 'policy.changed', detail: {} },
            at: new Date(Date.now() + minutes * 60_000).toISOString(),
          },
        ]);
      }
      await heads.write();
      writeFileSync(file, `${lines()[0]}\n`);
      await change(3);
      startBackend();
      await heads.write();
      expect(await service.verify()).toMatchObject({
        ok: true,
        heads: {
          message: expect.stringMatching(
            /From entry 2 .* to 4 .* no head was kept outside/,
          ),
        },
      });
    });

    it('go on from one that was signed before they were linked', async () => {
      await add(1);
      const { digest } = await entry(1);
      const at = new Date().toISOString();
      const signature = sign(null, Buffer.from(`1 ${digest} ${at}`), KEY);
      const old = {
        seq: 1,
        digest,
        at,
        signature: signature.toString('base64'),
      };
      writeFileSync(file, `${JSON.stringify(old)}\n`);
      await add(1);
      await heads.write();
      expect(await service.verify()).toMatchObject({
        ok: true,
        heads: { checked: 2, latestSeq: 2 },
      });
      writeFileSync(file, `${lines()[1]}\n`);
      startBackend();
      expect(await service.verify()).toMatchObject({ ok: false });
    });
  },
);
