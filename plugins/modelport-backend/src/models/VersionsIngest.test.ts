import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import {
  SourceVersion,
  SourceVersionDetails,
} from '@modelport/plugin-modelport-node';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import {
  createTestRegistry,
  TestRegistry,
} from '../__testUtils__/createTestRegistry';
import { VersionRow } from './versionRow';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'VersionsIngest on %s',
  databaseId => {
    let registry: TestRegistry;
    let source: FakeModelSource;

    beforeEach(async () => {
      registry = await createTestRegistry(await databases.init(databaseId), {
        logger: mockServices.logger.mock(),
      });
      source = new FakeModelSource('fake', 1000);
    });

    describe('what was read of a version', () => {
      beforeEach(async () => {
        put({}, {});
        await take();
        await readDocuments();
        const { id } = await stored();
        await registry.knex('models_artefact_lists').insert({
          version_id: id,
          path: '',
          items: '[]',
          listed_at: new Date(0).toISOString(),
        });
      });

      it('stays when merely a tag changes, and is not read again', async () => {
        put({ tags: { reviewed: 'yes' } }, {});
        await take();
        expect(await stored()).toMatchObject({
          head: expect.stringContaining('reviewed'),
          framework: 'sklearn',
          documents: expect.stringContaining('"signature"'),
          documents_due_at: null,
        });
        expect(await kept()).toEqual({ histories: 1, artefacts: 1 });
        await readDocuments();
        expect(source.count('readDocuments')).toBe(0);
      });

      it.each([
        ['time', { createdAt: 2_000 }],
        ['run', { runId: 'another' }],
        ['place', { origin: 'models:/m-2' }],
      ])('goes when the version was made anew, by its %s', async (_, head) => {
        put(head, {});
        await take();
        expect(await stored()).toMatchObject({
          framework: null,
          documents: null,
          documents_due_at: expect.any(String),
        });
        expect(await kept()).toEqual({ histories: 0, artefacts: 0 });
        await readDocuments();
        expect(await stored()).toMatchObject({
          framework: 'sklearn',
          documents_due_at: null,
        });
        expect(await kept()).toEqual({ histories: 1, artefacts: 0 });
      });

      it('is read again when its revision changes; the signature stays until then', async () => {
        put({ revision: 'b' }, {});
        await take();
        expect(await stored()).toMatchObject({
          documents: expect.stringContaining('"signature"'),
          documents_due_at: expect.any(String),
        });
        expect(await kept()).toEqual({ histories: 0, artefacts: 0 });
      });

      it('loses its histories where its metrics changed, which are read again', async () => {
        put({ tags: { any: 'tag' } }, { metrics: { loss: 0.5 } });
        await take();
        expect(await kept()).toEqual({ histories: 0, artefacts: 1 });
        await readDocuments();
        expect(await kept()).toEqual({ histories: 1, artefacts: 1 });
      });
    });

    it.each([
      ['when its registration ends', { status: 'READY' }, true],
      ['and not for a tag', { tags: { any: 'tag' } }, false],
    ])('looks for a signature again %s', async (_, head, again) => {
      source.putModel({ name: 'm' });
      const version = { model: 'm', version: '1', status: 'PENDING' };
      source.putVersion(version);
      await take();
      await readDocuments();
      source.putVersion({ ...version, ...head });
      await take();
      await readDocuments();
      expect(source.count('readDocuments')).toBe(again ? 1 : 0);
    });

    it('takes the others where one version keeps its batch from being read', async () => {
      putMany(150);
      source.onCall = failOn('m/77');
      const { seen, problems } = await take();
      expect(seen).toHaveLength(149);
      expect(problems).toEqual([
        {
          where: 'model "m", version "77"',
          message: expect.stringContaining('cannot parse m/77'),
        },
      ]);
      expect(await registry.store.get('fake', 'm')).toMatchObject({
        version_count: 149,
      });
      source.onCall = () => {};
      await take();
      expect(await registry.store.get('fake', 'm')).toMatchObject({
        version_count: 150,
      });
    });

    it('keeps a version as it was whose details cannot be read any more', async () => {
      put({}, {});
      await take();
      put({ tags: { new: 'tag' } }, {});
      source.onCall = failOn('m/1');
      const { seen, problems } = await take();
      expect(seen).toHaveLength(1);
      expect(problems).toHaveLength(1);
      expect((await stored()).head).not.toContain('new');
    });

    it('reads a finished version again with the next pass that could not be read when someone asked', async () => {
      put({}, { metrics: { auc: 0.9 } });
      await take();
      put({}, { metrics: { auc: 0.8 } });
      source.onCall = failOn('m/1');
      await recheckAll();
      expect((await stored()).metrics).toContain('0.9');
      source.onCall = () => {};
      await take();
      expect((await stored()).metrics).toContain('0.8');
    });

    it('asks no more for a version that is as it was once it could be read again', async () => {
      put({}, {});
      await take();
      source.onCall = failOn('m/1');
      await recheckAll();
      source.onCall = () => {};
      await take();
      source.calls.length = 0;
      await take();
      expect(asked()).toEqual([]);
    });

    it('takes a server for down where one version after the other fails', async () => {
      putMany(150);
      source.onCall = call => {
        if (call.method === 'readVersions') {
          throw new Error('502 Bad Gateway');
        }
      };
      await expect(take()).rejects.toThrow('502 Bad Gateway');
      expect(source.count('readVersions')).toBeLessThan(12);
    });

    it('takes no server for down that lacks versions', async () => {
      putMany(150);
      source.onCall = call => {
        if (call.method === 'readVersions') {
          throw new NotFoundError('There is no such version');
        }
      };
      const { seen, problems } = await take();
      expect(seen).toEqual([]);
      expect(problems).toHaveLength(150);
    });

    it('counts what was written before the source failed', async () => {
      putMany(1000);
      let calls = 0;
      source.onCall = call => {
        calls += call.method === 'readVersions' ? 1 : 0;
        if (calls > 4) {
          throw new Error('502 Bad Gateway');
        }
      };
      await expect(take()).rejects.toThrow('502 Bad Gateway');
      expect(await registry.store.get('fake', 'm')).toMatchObject({
        version_count: 400,
        latest_version: expect.any(String),
      });
    });

    it('takes a version once that a moving list gives twice', async () => {
      put({}, {});
      const { signal } = new AbortController();
      const { items } = await source.listVersions({ signal });
      await take([...items, ...items]);
      expect(await registry.knex('models_versions')).toHaveLength(1);
    });

    it('counts versions anew that an earlier pass wrote and did not count', async () => {
      put({}, {});
      await take();
      await registry.knex('models_models').update({ version_count: 0 });
      await take();
      expect(await registry.store.get('fake', 'm')).toMatchObject({
        version_count: 1,
      });
    });

    it('tells what could not be read of details, until it can be', async () => {
      put({}, { problems: ['The metric "auc" has no finite value'] });
      await take();
      expect(await standing()).toEqual([
        {
          where: 'model "m", version "1"',
          message: 'The metric "auc" has no finite value',
        },
      ]);
      put({}, {});
      await recheckAll();
      expect(await standing()).toEqual([]);
    });

    it('keeps what was read of a version whose run comes in no readable form', async () => {
      put({}, { metrics: { auc: 0.9 }, params: { depth: '3' } });
      await take();
      const { details, metrics, framework } = await stored();
      put(
        { tags: { reviewed: 'yes' } },
        {
          metrics: {},
          params: {},
          runStatus: 'UNREADABLE',
          settled: false,
          problems: ['Its run has no id'],
        },
      );
      await take();
      expect(await stored()).toMatchObject({
        head: expect.stringContaining('reviewed'),
        details,
        metrics,
        framework,
      });
      expect(await standing()).toHaveLength(1);
      put({ tags: { reviewed: 'yes' } }, { metrics: { auc: 0.8 } });
      await take();
      expect((await stored()).metrics).toContain('0.8');
      expect(await standing()).toEqual([]);
    });

    it('reads finished versions again, and writes those that changed', async () => {
      putMany(450);
      put({ version: '451' }, { settled: false });
      await take();
      const before = await lastSequence();
      source.calls.length = 0;
      expect(await recheckAll()).toBe(2);
      expect(asked()).toHaveLength(450);
      expect(await lastSequence()).toBe(before);

      source.putVersion(
        { model: 'm', version: '450' },
        { runStatus: 'DELETED', metrics: { test_roc_auc: 0.9 } },
      );
      await recheckAll();
      expect(await stored('450')).toMatchObject({
        details: expect.stringContaining('DELETED'),
        metrics: '{"test_roc_auc":0.9}',
      });
      expect(await lastSequence()).toBeGreaterThan(before);
    });

    it('keeps what a run said that its source has purged since', async () => {
      put({}, { runStatus: 'FINISHED', metrics: { auc: 0.9 } });
      await take();
      put({ tags: { seen: 'yes' } }, { runStatus: 'MISSING' });
      await take();
      expect(await stored()).toMatchObject({
        head: expect.stringContaining('seen'),
        details: expect.stringContaining('MISSING'),
        metrics: '{"auc":0.9}',
      });
    });

    it('reads details of all versions again where it is told to', async () => {
      putMany(3);
      await take();
      source.calls.length = 0;
      await take();
      expect(asked()).toEqual([]);
      await take(undefined, { recheck: true });
      expect(asked()).toHaveLength(3);
    });

    function put(
      head: Partial<SourceVersion>,
      details: Partial<SourceVersionDetails>,
    ): void {
      source.putModel({ name: 'm' });
      source.putVersion(
        {
          model: 'm',
          version: '1',
          createdAt: 1_000,
          runId: 'run',
          origin: 'models:/m-1',
          revision: 'a',
          ...head,
        },
        { metrics: { loss: 1 }, metricsWithHistory: ['loss'], ...details },
        {
          signature: { inputs: [], outputs: [], params: [] },
          framework: 'sklearn',
        },
      );
    }

    function putMany(count: number): void {
      source.putModel({ name: 'm' });
      for (let version = 1; version <= count; version++) {
        source.putVersion({ model: 'm', version: String(version) });
      }
    }

    function failOn(version: string): FakeModelSource['onCall'] {
      return call => {
        if (
          call.method === 'readVersions' &&
          call.argument.split(',').includes(version)
        ) {
          throw new Error(`cannot parse ${version}`);
        }
      };
    }

    async function take(
      page?: SourceVersion[],
      options: { recheck?: boolean } = {},
    ) {
      const { signal } = new AbortController();
      const { models, versions } = registry.ingest;
      await models.take('fake', (await source.listModels({ signal })).items);
      const { items } = await source.listVersions({ signal });
      return versions.take(source, page ?? items, { signal, ...options });
    }

    async function readDocuments(): Promise<void> {
      source.calls.length = 0;
      await registry.ingest.documents.read(source, {
        signal: new AbortController().signal,
        concurrency: 1,
        impatient: false,
        onProgress: async () => {},
      });
    }

    /** Reads all finished versions again; answers in how many slices. */
    async function recheckAll(): Promise<number> {
      const { signal } = new AbortController();
      let slices = 0;
      let after: number | null = 0;
      while (after !== null) {
        const slice: { after: number | null } =
          await registry.ingest.versions.recheck(source, { after, signal });
        after = slice.after;
        slices += 1;
      }
      return slices;
    }

    /** Versions whose details were asked for. */
    function asked(): string[] {
      return source.calls
        .filter(call => call.method === 'readVersions')
        .flatMap(call => call.argument.split(','));
    }

    async function stored(version = '1'): Promise<VersionRow> {
      return registry.knex('models_versions').where({ version }).first();
    }

    async function kept(): Promise<{ histories: number; artefacts: number }> {
      const { knex } = registry;
      return {
        histories: (await knex('models_metric_histories')).length,
        artefacts: (await knex('models_artefact_lists')).length,
      };
    }

    async function standing() {
      const found = await registry.ingest.versions.standingProblems(
        'fake',
        100,
      );
      return found.problems;
    }

    async function lastSequence(): Promise<number> {
      const row = await registry.knex('models_sequence').first();
      return Number(row.value);
    }
  },
);
