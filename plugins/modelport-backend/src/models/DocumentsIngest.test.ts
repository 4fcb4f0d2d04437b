import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Signature } from '@modelport/plugin-modelport-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import {
  createTestRegistry,
  TestRegistry,
} from '../__testUtils__/createTestRegistry';
import { VersionRow } from './versionRow';

jest.setTimeout(60_000);

const HOUR = 60 * 60_000;

const SIGNATURE: Signature = {
  inputs: [{ name: 'age', type: 'long', required: true, shape: null }],
  outputs: [],
  params: [],
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'DocumentsIngest on %s',
  databaseId => {
    let registry: TestRegistry;
    let source: FakeModelSource;

    beforeEach(async () => {
      registry = await createTestRegistry(await databases.init(databaseId), {
        logger: mockServices.logger.mock(),
      });
      source = new FakeModelSource('fake');
      source.putModel({ name: 'a' });
    });

    it('keeps a signature that was read through answers that are not certain', async () => {
      put('1', { signature: SIGNATURE, framework: 'sklearn' });
      await takeAll();
      await read();
      put('1', { certain: false, signatureMessage: '500' }, 'another revision');
      await takeAll();
      await read();
      expect(await stored('1')).toMatchObject({
        framework: 'sklearn',
        documents: expect.stringContaining('"age"'),
        documents_attempts: 1,
      });
      put('1', { signatureMessage: 'gone' }, 'another revision');
      await endWaits();
      await read();
      expect(await stored('1')).toMatchObject({
        documents: expect.stringContaining('gone'),
        documents_due_at: null,
        documents_attempts: 0,
      });
    });

    it('keeps a certain answer that there is none, and replaces one that was not certain', async () => {
      put('1', { certain: false, signatureMessage: 'first' });
      await takeAll();
      await read();
      expect((await stored('1')).documents).toContain('first');
      for (const [message, certain] of [
        ['second', false],
        ['sure', true],
      ] as const) {
        put('1', { certain, signatureMessage: message });
        await endWaits();
        await read();
        expect((await stored('1')).documents).toContain(message);
      }
      put('1', { certain: false, signatureMessage: 'third' }, 'revised');
      await takeAll();
      await read();
      expect((await stored('1')).documents).toContain('sure');
    });

    it('reads again after an hour, six hours, and then daily', async () => {
      put('1', { certain: false, signatureMessage: '500' });
      await takeAll();
      for (const hours of [1, 6, 24, 24]) {
        source.calls.length = 0;
        const before = Date.now();
        await read();
        const row = await stored('1');
        const wait = Date.parse(row.documents_due_at ?? '') - before;
        expect(wait).toBeGreaterThanOrEqual(hours * HOUR);
        expect(wait).toBeLessThan(hours * HOUR + 60_000);
        await read();
        expect(source.count('readDocuments')).toBe(1);
        await endWaits();
      }
    });

    it('reads at once what waits where someone asked for it', async () => {
      put('1', { certain: false, signatureMessage: '500' });
      put('2', { signature: SIGNATURE });
      await takeAll();
      await read();
      source.calls.length = 0;
      await read({ impatient: true });
      expect(source.calls).toEqual([
        { method: 'readDocuments', argument: 'a/1' },
      ]);
    });

    it('goes on where some versions fail, tells which, and forgets it once they do not', async () => {
      const versions = Array.from({ length: 12 }, (_, i) => String(i + 1));
      versions.forEach(version => put(version, { signature: SIGNATURE }));
      await takeAll();
      const bad = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'];
      source.onCall = call => {
        if (call.method === 'readDocuments' && bad.includes(call.argument)) {
          throw new Error('no such bucket');
        }
      };
      await read();
      const rows = await Promise.all(versions.map(stored));
      expect(rows.filter(row => row.documents !== null)).toHaveLength(7);
      const problems = await problemsOf();
      expect(problems).toHaveLength(5);
      expect(problems[0]).toEqual({
        where: 'model "a", version "1"',
        message: expect.stringContaining('no such bucket'),
      });
      source.calls.length = 0;
      await read();
      expect(source.count('readDocuments')).toBe(0);
      expect(await problemsOf()).toHaveLength(5);
      source.onCall = () => {};
      await endWaits();
      await read();
      expect(source.count('readDocuments')).toBe(5);
      expect(await problemsOf()).toEqual([]);
    });

    it('gives up on a source that is down, and comes to the other versions later', async () => {
      const versions = Array.from({ length: 30 }, (_, i) => String(i + 1));
      versions.forEach(version => put(version, { signature: SIGNATURE }));
      await takeAll();
      source.onCall = () => {
        throw new Error('connection refused');
      };
      await expect(read()).rejects.toThrow('connection refused');
      const tried = source.count('readDocuments');
      expect(tried).toBeGreaterThanOrEqual(10);
      expect(tried).toBeLessThan(15);
      source.onCall = () => {};
      source.calls.length = 0;
      await read();
      expect(source.count('readDocuments')).toBe(30 - tried);
    });

    it('stops at once where the pass is cut short, and lets nothing wait for that', async () => {
      put('1', { signature: SIGNATURE });
      await takeAll();
      const controller = new AbortController();
      source.onCall = () => controller.abort();
      await expect(read({ signal: controller.signal })).rejects.toThrow(
        'aborted',
      );
      expect((await stored('1')).documents_attempts).toBe(0);
      source.onCall = () => {};
      await read();
      expect((await stored('1')).documents).toContain('age');
    });

    it('keeps the signature where only a history fails, and reads that again', async () => {
      put('1', { signature: SIGNATURE }, null, ['loss']);
      await takeAll();
      source.onCall = call => {
        if (call.method === 'readMetricHistory') {
          throw new Error('timeout');
        }
      };
      await read();
      expect(await stored('1')).toMatchObject({
        documents: expect.stringContaining('age'),
        documents_problem: 'timeout',
      });
      source.onCall = () => {};
      await endWaits();
      await read();
      expect(await registry.knex('models_metric_histories')).toHaveLength(1);
      expect((await stored('1')).documents_due_at).toBeNull();
    });

    function put(
      version: string,
      documents: Parameters<FakeModelSource['putVersion']>[2],
      revision: string | null = null,
      metricsWithHistory: string[] = [],
    ): void {
      source.putVersion(
        { model: 'a', version, revision },
        { metrics: { loss: 1 }, metricsWithHistory },
        documents,
      );
    }

    async function takeAll(): Promise<void> {
      const { signal } = new AbortController();
      const { models, versions } = registry.ingest;
      await models.take('fake', (await source.listModels({ signal })).items);
      const page = await source.listVersions({ signal });
      await versions.take(source, page.items, { signal });
      source.calls.length = 0;
    }

    async function read(
      options: { signal?: AbortSignal; impatient?: boolean } = {},
    ): Promise<void> {
      await registry.ingest.documents.read(source, {
        signal: new AbortController().signal,
        concurrency: 4,
        impatient: false,
        onProgress: async () => {},
        ...options,
      });
    }

    async function endWaits(): Promise<void> {
      await registry
        .knex('models_versions')
        .whereNotNull('documents_due_at')
        .update({ documents_due_at: new Date(0).toISOString() });
    }

    async function stored(version: string): Promise<VersionRow> {
      return registry.knex('models_versions').where({ version }).first();
    }

    async function problemsOf() {
      const found = await registry.ingest.versions.standingProblems(
        'fake',
        100,
      );
      return found.problems;
    }
  },
);
