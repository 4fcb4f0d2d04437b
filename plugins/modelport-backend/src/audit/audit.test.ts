import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
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
import { canonicalJson } from './canonicalJson';
import { recordSettings } from './recordSettings';
import { digestOf } from './entryDigest';
import { HeadsFile } from './HeadsFile';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const KEY = generateKeyPairSync('ed25519')
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

describe('canonicalJson', () => {
  it('writes as RFC 8785 does', () => {
    // The example of section 3.2.2 of RFC 8785.
    const value: unknown = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 3, z: undefined })).toBe(
      '{"\\r":2,"1":3,"€":1}',
    );
  });
});

describe.each(databases.eachSupportedId())(
  'the audit chain on %s',
  databaseId => {
    const directory = createMockDirectory();
    let knex: Knex;
    let log: AuditLog;
    let heads: AuditHeads;
    let service: AuditService;
    let file: string;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@modelport/plugin-modelport-backend',
          'migrations',
        ),
      });
      directory.setContent({});
      file = directory.resolve('heads.ndjson');
      const sinks = new AuditSinks();
      sinks.add(new HeadsFile(file));
      log = new AuditLog(knex);
      heads = new AuditHeads({
        log,
        sinks,
        signingKey: KEY,
        logger: mockServices.logger.mock(),
        now: () => new Date(),
      });
      service = new AuditService({
        log,
        heads,
        models: { narrow: () => () => {} },
      });
    });

    const add = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await log.record([
          {
            actor: 'user:default/ada',
            action: 'promotion.requested',
            source: 's',
            name: i % 2 ? 'a' : 'a/b',
            promotion: String(i),
            detail: {
              reason: 'ü "x"',
              value: 0.1 + i,
              nested: { b: 1, a: [i] },
            },
          },
        ]);
      }
    };

    /** As who owns the database: without the triggers that refuse it. */
    const behindItsBack = async (change: () => Promise<unknown>) => {
      if (databaseId === 'SQLITE_3') {
        await knex.raw('drop trigger audit_entries_no_update');
        await knex.raw('drop trigger audit_entries_no_delete');
      } else {
        await knex.raw('alter table audit_entries disable trigger all');
      }
      await change();
    };

    const entry = async (seq: number): Promise<AuditRow> =>
      knex('audit_entries').where({ seq }).first();

    /** Makes the whole chain fit again from an entry on. */
    const recompute = async (from: number) => {
      let previous = from > 1 ? (await entry(from - 1)).digest : '0'.repeat(64);
      const last = await log.after(from - 1, 10_000);
      for (const { digest: _old, ...row } of last) {
        const changed = { ...row, previous_digest: previous };
        previous = digestOf(changed);
        await knex('audit_entries').where({ seq: row.seq }).update({
          previous_digest: changed.previous_digest,
          digest: previous,
        });
      }
      await knex('audit_head').update({
        digest: previous,
        seq: last.at(-1)?.seq,
      });
    };

    it('finds what somebody did, of a kind and in a time', async () => {
      const did = (actor: string, action: string, at: string) => ({
        actor,
        action,
        at,
        detail: {},
      });
      await log.record([
        did(
          'user:default/ada',
          'promotion.requested',
          '2026-01-01T00:00:00.000Z',
        ),
        did('user:default/rosa', 'promotion.live', '2026-01-02T00:00:00.000Z'),
        did('service:ci', 'promotions.other', '2026-01-03T00:00:00.000Z'),
      ]);
      const found = async (
        query: Partial<Parameters<typeof service.list>[0]>,
      ) =>
        (
          await service.list({ visibility: undefined, limit: 10, ...query })
        ).items.map(({ seq }) => seq);
      expect(await found({ actor: 'Ada' })).toEqual([1]);
      expect(await found({ actor: 'service:ci' })).toEqual([3]);
      expect(await found({ action: 'promotion' })).toEqual([2, 1]);
      expect(await found({ action: 'promotion.live' })).toEqual([2]);
      expect(
        await found({ from: '2026-01-02T00:00:00Z', to: '2026-01-03T00:00Z' }),
      ).toEqual([2]);
      await expect(found({ from: 'monday' })).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('from is "monday"'),
      });
      await expect(found({ action: '%' })).rejects.toMatchObject({
        name: 'InputError',
      });
    });

    it('holds while nobody touches it, however many write at once', async () => {
      await Promise.all(Array.from({ length: 20 }, () => add(2)));
      expect(await service.verify()).toMatchObject({
        ok: true,
        entries: 40,
        firstBroken: null,
        heads: { enabled: true, checked: 0 },
      });
      await heads.write();
      await heads.write();
      await add(1);
      await heads.write();
      expect(await service.verify()).toMatchObject({
        ok: true,
        entries: 41,
        heads: { checked: 2, latestSeq: 41 },
      });
    });

    it('lets no entry be changed or deleted', async () => {
      await add(2);
      await expect(
        knex('audit_entries').where({ seq: 1 }).update({ actor: 'eve' }),
      ).rejects.toThrow('neither changed nor deleted');
      await expect(knex('audit_entries').delete()).rejects.toThrow(
        'neither changed nor deleted',
      );
      // Both databases know another way to empty a table.
      await expect(
        databaseId === 'SQLITE_3'
          ? knex.raw('delete from audit_entries')
          : knex('audit_entries').truncate(),
      ).rejects.toThrow('neither changed nor deleted');
      const { rule: _rule, ...again } = await entry(2);
      await expect(
        databaseId === 'SQLITE_3'
          ? knex.raw(
              `insert or replace into audit_entries (${Object.keys(
                again,
              ).join()}) values (${Object.keys(again).map(() => '?')})`,
              Object.values({ ...again, actor: 'eve' }),
            )
          : knex('audit_entries').insert(again).onConflict('seq').merge(),
      ).rejects.toThrow('neither changed nor deleted');
      expect(await service.verify()).toMatchObject({ ok: true, entries: 2 });
    });

    it('verifies entries from before their content was digested by itself', async () => {
      const old = {
        seq: 1,
        at: new Date().toISOString(),
        actor: 'user:default/ada',
        action: 'promotion.requested',
        source: null,
        name: null,
        version: null,
        environment: null,
        promotion: '1',
        detail: '{}',
        rule: 1,
        previous_digest: '0'.repeat(64),
      };
      // The SHA-256 of the whole entry with the previous digest inside.
      const digest = createHash('sha256')
        .update(
          `{"action":"promotion.requested","actor":"user:default/ada","at":"${
            old.at
          }","detail":{},"environment":null,"name":null,"previousDigest":"${'0'.repeat(
            64,
          )}","promotion":"1","seq":1,"source":null,"version":null}`,
        )
        .digest('hex');
      await knex('audit_entries').insert({ ...old, digest });
      await knex('audit_head').update({ seq: 1, digest });
      await add(2);
      expect(await service.verify()).toMatchObject({ ok: true, entries: 3 });
      await behindItsBack(() =>
        knex('audit_entries').where({ seq: 2 }).update({ rule: 1 }),
      );
      expect(await service.verify()).toMatchObject({ firstBroken: 2 });
    });

    it.each(['actor', 'action', 'detail', 'at', 'digest', 'previous_digest'])(
      'tells which entry was changed in its %s',
      async column => {
        await add(6);
        await behindItsBack(() =>
          knex('audit_entries')
            .where({ seq: 4 })
            .update({ [column]: '{"x":1}' }),
        );
        expect(await service.verify()).toMatchObject({
          ok: false,
          firstBroken: 4,
        });
      },
    );

    it('tells which entry is missing', async () => {
      await add(6);
      await behindItsBack(() =>
        knex('audit_entries').where({ seq: 3 }).delete(),
      );
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: 3,
        message: expect.stringContaining('is missing'),
      });
    });

    it('finds out who cuts the end off, with the head or without', async () => {
      await add(6);
      await heads.write();
      await behindItsBack(() =>
        knex('audit_entries').where('seq', '>', 4).delete(),
      );
      const cut = { ok: false, firstBroken: 5 };
      expect(await service.verify()).toMatchObject(cut);
      await knex('audit_head').update({
        seq: 4,
        digest: (await entry(4)).digest,
      });
      expect(await service.verify()).toMatchObject({
        ...cut,
        message: expect.stringContaining('cut off'),
      });
    });

    it('finds out who adds an entry to it', async () => {
      await add(2);
      const last = await entry(2);
      const { digest: _none, ...row } = {
        ...last,
        seq: 3,
        previous_digest: last.digest,
        actor: 'user:x/eve',
      };
      await knex('audit_entries').insert({ ...row, digest: digestOf(row) });
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: 3,
        message: expect.stringContaining('added by something else'),
      });
    });

    it('finds out who recomputes the chain after a change', async () => {
      await add(3);
      await heads.write();
      await add(3);
      await heads.write();
      await behindItsBack(() =>
        knex('audit_entries').where({ seq: 5 }).update({ actor: 'user:x/eve' }),
      );
      await recompute(5);
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: 4,
        message: expect.stringContaining('from 4 to 6'),
      });
    });

    it('finds out who changes the heads', async () => {
      await add(2);
      await heads.write();
      const head = readFileSync(file, 'utf8');
      writeFileSync(file, head.replace('"seq":2', '"seq":1'));
      expect(await service.verify()).toMatchObject({
        ok: false,
        firstBroken: null,
        heads: { message: expect.stringContaining('does not hold') },
      });
      writeFileSync(file, 'x');
      expect(await service.verify()).toMatchObject({
        ok: false,
        heads: { message: expect.stringContaining('Line 1') },
      });
    });

    it('lists what is about a model, by its name or with its source', async () => {
      await add(5);
      const list = (model?: string, cursor?: string) =>
        service.list({ model, visibility: undefined, limit: 2, cursor });
      const first = await list();
      expect(first).toMatchObject({
        totalItems: 5,
        items: [{ seq: 5 }, { seq: 4 }],
      });
      expect(await list(undefined, first.nextCursor ?? '')).toMatchObject({
        items: [{ seq: 3 }, { seq: 2 }],
      });
      expect(await list('a/b')).toMatchObject({ totalItems: 3 });
      expect(await list('s/a/b')).toMatchObject({ totalItems: 3 });
      expect(await list('a')).toMatchObject({ totalItems: 2 });
    });

    it('records settings once they are known, and again where they are others', async () => {
      await recordSettings(log, { 'policy.changed': null });
      await recordSettings(log, { 'policy.changed': { approvals: 1 } });
      await recordSettings(log, { 'policy.changed': { approvals: 1 } });
      await recordSettings(log, { 'policy.changed': { approvals: 2 } });
      const { items } = await service.list({ visibility: undefined, limit: 9 });
      expect(items.map(({ detail }) => detail.settings)).toEqual([
        { approvals: 2 },
        { approvals: 1 },
      ]);
      expect(items[0].detail.before).toBe(items[1].detail.digest);
    });

    it('says plainly where no heads are signed', async () => {
      const plain = new AuditService({
        log,
        heads: new AuditHeads({
          log,
          sinks: new AuditSinks(),
          signingKey: undefined,
          logger: mockServices.logger.mock(),
          now: () => new Date(),
        }),
        models: { narrow: () => () => {} },
      });
      expect(await plain.verify()).toMatchObject({
        ok: true,
        heads: { enabled: false, message: expect.stringContaining('unseen') },
      });
    });
  },
);
