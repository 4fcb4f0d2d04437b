import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  LineageGraph,
  LineageImpact,
} from '@modelport/plugin-modelport-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  createTestRegistry,
  TestRegistry,
} from '../__testUtils__/createTestRegistry';
import { ModelsVisibility } from '../models/modelsFilter';
import { passOverModel } from '../sources/passOverModel';
import { LineageGraphStore } from './LineageGraphStore';
import { LineageService } from './LineageService';
import { OpenLineageService } from './OpenLineageService';
import { OpenLineageStore } from './OpenLineageStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const signal = new AbortController().signal;
const RUN = 'run:01a1fd74000070008000000000000002';
const VERSION = 'version:fake/credit/3';

function recorded(file: string): Array<Record<string, unknown>> {
  return readFileSync(resolve(__dirname, '__fixtures__', file), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

describe.each(databases.eachSupportedId())('lineage on %s', databaseId => {
  let registry: TestRegistry;
  let source: FakeModelSource;
  let service: LineageService;
  let events: OpenLineageService;

  beforeEach(async () => {
    registry = await createTestRegistry(await databases.init(databaseId), {
      logger: mockServices.logger.mock(),
    });
    source = new FakeModelSource('fake', 1000);
    service = new LineageService({
      store: new LineageGraphStore(registry.knex),
      models: registry.service,
    });
    events = new OpenLineageService({
      store: new OpenLineageStore(registry.knex),
      addresses: async () => [
        { id: 'fake', kind: 'mlflow', url: 'http://127.0.0.1:5055' },
      ],
    });
  });

  const push = async (...given: unknown[]) =>
    events.take(Buffer.from(JSON.stringify(given)));

  const graph = async (
    options: Partial<Parameters<LineageService['graph']>[0]> = {},
  ): Promise<LineageGraph> =>
    service.graph({
      source: 'fake',
      name: 'credit',
      version: '3',
      direction: undefined,
      depth: 20,
      visibility: undefined,
      ...options,
    });

  const pass = async (name: string) => {
    await passOverModel({ source, ingest: registry.ingest, name, signal });
    await registry.ingest.models.settle();
    await registry.lineage.continueRounds({ signal });
  };

  const putCredit = async (runId: string | null = RUN.slice(4)) => {
    source.putModel({
      name: 'credit',
      aliases: { champion: '3' },
      tags: { owner: 'team-x' },
    });
    source.putVersion(
      { model: 'credit', version: '3', runId },
      {
        datasets: [
          {
            name: 'loans',
            digest: 'd1',
            context: 'training',
            source: 's3://lake/credit/loans.parquet',
          },
        ],
        sourceCode: {
          repository: 'https://git.example/credit/pipeline',
          commit: 'abcdef0123456789abcdef0123456789abcdef01',
        },
      },
    );
    await pass('credit');
  };

  const idsOf = (found: LineageGraph) => found.nodes.map(node => node.id);

  const byKind = (found: LineageGraph, kind: string) =>
    found.nodes.filter(node => node.kind === kind).map(node => node.id);

  describe('of what the portal knows', () => {
    it('tells data that was trained on from data that was only evaluated on, and what they affect', async () => {
      source.putModel({ name: 'credit' });
      const digest = 'd1';
      source.putVersion(
        { model: 'credit', version: '3', runId: RUN.slice(4) },
        {
          datasets: [
            { name: 'train', digest, context: 'training' },
            { name: 'test', digest, context: 'test' },
            { name: 'valid', digest, context: 'validation' },
            { name: 'eval', digest, context: 'evaluation' },
            { name: 'both', digest, context: 'eval' },
            { name: 'both', digest, context: 'train' },
            { name: 'unknown', digest, context: null },
            { name: 'measured', digest, context: null },
          ],
          measurements: [
            {
              key: 'auc',
              value: 0.9,
              dataset: { name: 'measured', digest },
              evaluationSet: null,
              slice: null,
              n: null,
              lower: null,
              upper: null,
              evidence: null,
            },
          ],
        },
      );
      await pass('credit');
      const { edges } = await graph({ direction: 'upstream' });
      const leading = (kind: string) =>
        edges
          .filter(edge => edge.kind === kind && edge.to === RUN)
          .map(({ from }) => from.replace(/^.*\/(.*)@d1$/, '$1'))
          .sort();
      expect(leading('input')).toEqual(['both', 'train', 'unknown']);
      expect(leading('evaluated')).toEqual([
        'eval',
        'measured',
        'test',
        'valid',
      ]);
      const affected = async (name: string) =>
        (
          await service.impact(`dataset:mlflow/${name}`, undefined)
        ).items.flatMap(item =>
          item.kind === 'version' ? [[item.id, item.evaluated]] : [],
        );
      expect(await affected('train')).toEqual([[VERSION, false]]);
      expect(await affected('both')).toEqual([[VERSION, false]]);
      expect(await affected('test')).toEqual([[VERSION, true]]);
    });

    it('leads from data and code to the consumer', async () => {
      await putCredit();
      const found = await graph();
      expect(found.truncated).toBe(false);
      expect(
        found.edges.map(({ from, kind, to }) => `${from} -${kind}-> ${to}`),
      ).toEqual(
        expect.arrayContaining([
          `dataset:mlflow/loans@d1 -input-> ${RUN}`,
          `code:https%3A%2F%2Fgit.example%2Fcredit%2Fpipeline@abcdef0123456789abcdef0123456789abcdef01 -code-> ${RUN}`,
          `${RUN} -made-> ${VERSION}`,
          `${VERSION} -deployed-> deployment:fake/credit/production`,
          'deployment:fake/credit/production -serves-> consumer:component%3Adefault%2Fscoring-service',
          'dataset:s3%3A%2F%2Flake/credit%2Floans.parquet -location-> dataset:mlflow/loans@d1',
        ]),
      );
      expect(found.edges).toHaveLength(6);
      expect(found.nodes.find(({ id }) => id === VERSION)).toEqual({
        id: VERSION,
        kind: 'version',
        name: 'credit',
        version: '3',
        entityRef: 'resource:default/credit',
        failed: false,
      });
    });

    it('leads from the run above a run, which is that of events', async () => {
      source.putModel({ name: 'credit' });
      const parentRunId = '01a1fd74000070008000000000000009';
      source.putVersion(
        { model: 'credit', version: '3', runId: RUN.slice(4) },
        { parentRunId },
      );
      await pass('credit');
      await push({
        eventTime: '2026-01-01T00:00:00Z',
        run: { runId: '01a1fd74-0000-7000-8000-000000000009' },
        job: { namespace: 'airflow', name: 'search' },
        inputs: [{ namespace: 'n', name: 'grid' }],
      });
      const found = await graph({ direction: 'upstream' });
      expect(found.edges).toContainEqual({
        from: `run:${parentRunId}`,
        kind: 'parent',
        to: RUN,
      });
      expect(idsOf(found)).toEqual(
        expect.arrayContaining(['job:airflow/search', 'dataset:n/grid']),
      );
    });

    it('leads straight to a version that has no run', async () => {
      await putCredit(null);
      const found = await graph({ direction: 'upstream', depth: 1 });
      expect(found.edges.map(edge => edge.kind).sort()).toEqual([
        'code',
        'input',
      ]);
      expect(byKind(found, 'run')).toEqual([]);
    });

    it('follows a deployment that moves, and data that turn out to be others', async () => {
      await putCredit();
      source.putVersion(
        { model: 'credit', version: '4', runId: RUN.slice(4) },
        { datasets: [{ name: 'other', digest: null, context: null }] },
      );
      source.putModel({ name: 'credit', aliases: { champion: '4' } });
      source.putVersion(
        { model: 'credit', version: '3', runId: null, updatedAt: 1 },
        { datasets: [{ name: 'loans', digest: 'd2', context: null }] },
      );
      await pass('credit');
      expect(idsOf(await graph()).sort()).toEqual([
        'dataset:mlflow/loans@d2',
        VERSION,
      ]);
      const next = await graph({ version: '4' });
      expect(idsOf(next)).toContain('deployment:fake/credit/production');
      expect(byKind(next, 'dataset')).toEqual(['dataset:mlflow/other']);
    });

    it('says nothing of what is retired any more', async () => {
      await putCredit();
      const [model] = await registry.ingest.models.current('fake');
      await registry.ingest.models.retire([model.id]);
      await registry.lineage.continueRounds({ signal });
      expect(await registry.knex('lineage_edges')).toHaveLength(0);
      await expect(graph()).rejects.toThrow('There is no model');
    });

    it('fills the graph of an older database, and writes nothing twice', async () => {
      await putCredit();
      const before = (await graph()).edges;
      await registry.knex('lineage_edges').delete();
      await registry.knex('lineage_nodes').delete();
      await registry.knex('lineage_rounds').delete();
      await registry.lineage.continueRounds({ signal });
      const after = await graph();
      expect(after.edges).toEqual(expect.arrayContaining(before));
      expect(await registry.lineage.continueRounds({ signal })).toBe(undefined);
      expect(await registry.knex('lineage_rounds')).toHaveLength(2);
    });

    it('knows no version or model that is not there', async () => {
      await putCredit();
      await expect(graph({ version: '9' })).rejects.toThrow('no version');
      await expect(graph({ name: 'x' })).rejects.toThrow('no model');
      await expect(service.impact('dataset:x/y', undefined)).rejects.toThrow(
        'There is no node "dataset:x/y"',
      );
    });
  });

  describe('of recorded events', () => {
    const all = recorded('client-http-transport.ndjson');

    it('says what made a version and what uses it', async () => {
      expect(await push(...all)).toEqual({ accepted: 7, duplicates: 0 });
      await putCredit();
      const found = await graph();
      expect(byKind(found, 'dataset').sort()).toEqual([
        'dataset:bigquery/credit.report',
        'dataset:hive%3A%2F%2Fmetastore%3A9083/credit.loans',
        'dataset:mlflow/loans@d1',
        'dataset:postgres%3A%2F%2Fwarehouse%3A5432/public.loans',
        'dataset:s3%3A%2F%2Flake/credit%2Floans.parquet',
        'dataset:s3%3A%2F%2Flake/credit%2Floans.parquet@v7',
        'dataset:s3%3A%2F%2Flake/credit%2Fscores.parquet',
      ]);
      // The run of MLflow and that of OpenLineage are one, and so is the commit.
      expect(byKind(found, 'run')).toContain(RUN);
      expect(byKind(found, 'code')).toHaveLength(1);
      expect(byKind(found, 'version')).toEqual([VERSION]);
      expect(byKind(found, 'feature')).toContain(
        'feature:postgres%3A%2F%2Fwarehouse%3A5432/public.loans/salary',
      );
      expect(byKind(found, 'job')).toContain('job:airflow/credit.report');
    });

    it('joins what was pushed before the model was known', async () => {
      await push(...all);
      await expect(graph()).rejects.toThrow('There is no model');
      await putCredit(null);
      expect(idsOf(await graph())).toContain(
        'dataset:postgres%3A%2F%2Fwarehouse%3A5432/public.loans',
      );
    });

    it('takes an event once, and any order', async () => {
      const rows = async () =>
        registry
          .knex('lineage_edges')
          .orderBy(['from_key', 'to_key', 'kind'])
          .select();
      await push(...all);
      const forwards = await rows();
      await registry.knex('lineage_edges').delete();
      await registry.knex('lineage_events').delete();
      for (const event of [...all].reverse()) {
        expect(await push(event, event)).toEqual({
          accepted: 1,
          duplicates: 1,
        });
      }
      expect(await push(...all)).toEqual({ accepted: 0, duplicates: 7 });
      expect(await rows()).toEqual(forwards);
    });

    it('takes the events of a training run', async () => {
      const given = recorded('training-run.ndjson');
      expect(await push(...given)).toEqual({ accepted: 3, duplicates: 0 });
      await putCredit('01a1fd743d1f7c6997b90c70360ae162');
      expect(idsOf(await graph({ direction: 'upstream' }))).toEqual(
        expect.arrayContaining([
          'dataset:file/synthetic_car_loan_reference.csv',
          'job:airflow/nightly',
        ]),
      );
    });

    it('takes what Airflow sends, and does not count what a task that failed would have made', async () => {
      const given = recorded('airflow-dag.ndjson');
      expect(await push(...given)).toEqual({ accepted: 9, duplicates: 0 });
      await putCredit(null);
      const found = await graph();
      expect(byKind(found, 'dataset').sort()).toEqual([
        'dataset:mlflow/loans@d1',
        'dataset:postgres%3A%2F%2Fwarehouse%3A5432/credit.public.loans',
        'dataset:s3%3A%2F%2Flake/credit%2Floans.parquet',
      ]);
      expect(byKind(found, 'job').sort()).toEqual([
        'job:airflow/credit',
        'job:airflow/credit.extract',
        'job:airflow/credit.train',
      ]);
      // Those of the two tasks, and that of the DAG above them.
      expect(byKind(found, 'run')).toHaveLength(3);
      const { items } = await service.impact(
        'dataset:s3%3A%2F%2Flake/credit%2Floans.parquet',
        undefined,
      );
      expect(items.map(({ id }) => id)).not.toContain(
        'dataset:s3%3A%2F%2Flake/credit%2Freport.csv',
      );
      const runs = items.filter(({ kind }) => kind === 'run');
      expect(runs.map(({ failed }) => failed).sort()).toEqual([false, true]);
    });

    it('keeps nothing of a request with a bad event', async () => {
      const bad = { ...all[1], eventTime: 'yesterday' };
      await expect(push(all[0], bad, all[2])).rejects.toThrow(
        'Event 1 is none of OpenLineage, at eventTime: expected a time as in ISO 8601. Nothing of the request was kept.',
      );
      expect(await registry.knex('lineage_events')).toHaveLength(0);
      expect(await registry.knex('lineage_nodes')).toHaveLength(0);
    });

    it.each([
      ['null', null, 'Event 0'],
      ['a text', 'x', 'Event 0'],
      ['nothing in it', { eventTime: '2026-01-01T00:00:00Z' }, 'a job'],
      [
        'a run without a job',
        { eventTime: '2026-01-01T00:00:00Z', run: { runId: 'x' } },
        'Event 0',
      ],
      [
        'a huge name',
        {
          eventTime: '2026-01-01T00:00:00Z',
          job: { namespace: 'a', name: 'x'.repeat(100_000) },
        },
        'at job.name',
      ],
      [
        'the null character',
        {
          eventTime: '2026-01-01T00:00:00Z',
          job: { namespace: 'a', name: 'a\0b' },
        },
        'null character',
      ],
      [
        'half a character',
        {
          eventTime: '2026-01-01T00:00:00Z',
          job: { namespace: 'a', name: '\ud800' },
        },
        'half characters',
      ],
      [
        'too much in it',
        {
          eventTime: '2026-01-01T00:00:00Z',
          job: { namespace: 'a', name: 'b' },
          rest: 'x'.repeat(2_000_001),
        },
        '2000000 at most',
      ],
    ])('refuses an event with %s', async (_what, event, message) => {
      await expect(push(event)).rejects.toThrow(message);
    });

    it('takes what else a tool writes, whatever it is', async () => {
      const event = {
        ...all[0],
        eventType: null,
        extra: { '\u0000': '\u0000\ud800', __proto__: null, big: 1e300 },
      };
      expect(await push(event)).toMatchObject({ accepted: 1 });
    });

    it('comes to an end in a circle', async () => {
      const step = (runId: string, from: string, to: string) => ({
        eventTime: '2026-01-01T00:00:00Z',
        run: { runId },
        job: { namespace: 'n', name: 'j' },
        inputs: [{ namespace: 'n', name: from }],
        outputs: [{ namespace: 'n', name: to }],
      });
      await push(
        step('1', 'a', 'b'),
        step('2', 'b', 'c'),
        step('3', 'c', 'a'),
        step('4', 'a', 'a'),
      );
      const { items, truncated } = await service.impact(
        'dataset:n/a',
        undefined,
      );
      expect(items.map(item => item.id).sort()).toEqual([
        'dataset:n/b',
        'dataset:n/c',
        'run:openlineage/1',
        'run:openlineage/2',
        'run:openlineage/3',
        'run:openlineage/4',
      ]);
      expect(truncated).toBe(false);
    });
  });

  describe('of what a change affects', () => {
    it('names versions, deployments, consumers and owners', async () => {
      await push(...recorded('client-http-transport.ndjson'));
      await putCredit();
      const impact = await service.impact(
        'dataset:postgres%3A%2F%2Fwarehouse%3A5432/public.loans',
        undefined,
      );
      expect(impact.node).toMatchObject({ name: 'public.loans' });
      expect(impact.owners).toEqual(['group:default/team-x']);
      expect(impact.items.map(item => item.id)).toEqual(
        expect.arrayContaining([
          VERSION,
          'deployment:fake/credit/production',
          'consumer:component%3Adefault%2Fscoring-service',
          'dataset:bigquery/credit.report',
        ]),
      );
    });

    it('takes a dataset without a version for all its versions', async () => {
      await putCredit();
      const impact = await service.impact('dataset:mlflow/loans', undefined);
      expect(impact.node).toEqual({
        id: 'dataset:mlflow/loans',
        kind: 'dataset',
        name: 'loans',
        version: null,
        entityRef: null,
        failed: false,
      });
      expect(impact.items.map(item => item.id)).toContain(VERSION);
    });
  });

  describe('for who may not read all models', () => {
    const onlyOpen: ModelsVisibility = { key: 'owner', values: ['nobody'] };
    const onlyTeam: ModelsVisibility = {
      key: 'owner',
      values: ['group:default/team-x'],
    };

    const putSecret = async () => {
      source.putModel({ name: 'secret', aliases: { champion: '1' } });
      source.putVersion(
        { model: 'secret', version: '1', runId: 'f'.repeat(32) },
        {
          datasets: [
            {
              name: 'loans',
              digest: 'd1',
              context: null,
              source: 's3://lake/credit/loans.parquet',
            },
          ],
          sourceCode: { repository: 'https://git.example/secret', commit: 'a' },
        },
      );
      await pass('secret');
    };

    const textOf = (found: LineageGraph | LineageImpact) =>
      JSON.stringify(found);

    it('leaves out versions, and what was made by or for them alone', async () => {
      await putCredit();
      await putSecret();
      const all = await service.impact('dataset:mlflow/loans', undefined);
      expect(textOf(all)).toContain('version:fake/secret/1');
      const some = await service.impact('dataset:mlflow/loans', onlyTeam);
      expect(some.truncated).toBe(true);
      expect(textOf(some)).not.toMatch(/secret|ffff/);
      expect(some.items.map(item => item.id)).toContain(VERSION);
      const found = await graph({ visibility: onlyTeam });
      expect(textOf(found)).not.toMatch(/secret|ffff/);
      expect(idsOf(found)).toContain(VERSION);
    });

    it('knows no node of such a model', async () => {
      await putSecret();
      for (const id of [
        'version:fake/secret/1',
        'deployment:fake/secret/production',
        `run:${'f'.repeat(32)}`,
        'code:https%3A%2F%2Fgit.example%2Fsecret@a',
      ]) {
        await service.impact(id, undefined);
        await expect(service.impact(id, onlyOpen)).rejects.toThrow(
          'There is no node',
        );
      }
      const { items, owners } = await service.impact(
        'dataset:mlflow/loans@d1',
        onlyOpen,
      );
      expect({ items, owners }).toEqual({ items: [], owners: [] });
    });

    describe('runs above runs', () => {
      const SHARED = 'dataset:s3%3A%2F%2Fshared/people';
      const shared = [{ namespace: 's3://shared', name: 'people' }];
      const run = (
        runId: string,
        parent: string | null,
        more: object = {},
      ) => ({
        eventTime: '2026-11-21T10:00:00Z',
        eventType: 'COMPLETE',
        job: { namespace: 'hr', name: `job ${runId}` },
        run: {
          runId,
          facets: parent
            ? {
                parent: {
                  run: { runId: parent },
                  job: { namespace: 'hr', name: `job ${parent}` },
                },
              }
            : {},
        },
        ...more,
      });
      const making = (name: string) => ({
        outputs: [{ namespace: 'modelport', name }],
      });
      const below = async (visibility: ModelsVisibility) =>
        (await service.impact(SHARED, visibility)).items
          .map(({ id }) => id)
          .sort();

      it('are left out with the model at their end', async () => {
        await putCredit();
        await push(
          run('layoff-top', null, {
            inputs: shared,
            outputs: [{ namespace: 's3://hr', name: 'scores' }],
          }),
          run('layoff-mid', 'layoff-top', { inputs: shared }),
          run('layoff-low', 'layoff-mid'),
          run('layoff-train', 'layoff-low', making('fake/secret/1')),
          run('open-top', null, { inputs: shared }),
          run('open-mid', 'open-top'),
          run('open-train', 'open-mid', making('fake/credit/3')),
          run('both-top', null, { inputs: shared }),
          run('both-open', 'both-top', making('fake/credit/3')),
          run('both-hidden', 'both-top', making('fake/secret/1')),
        );
        const all = await below(undefined);
        expect(all).toContain('run:openlineage/layoff-top');
        expect(all).toContain('dataset:s3%3A%2F%2Fhr/scores');
        const some = await below(onlyTeam);
        expect(some.join()).not.toMatch(/layoff|hr\/scores|secret|hidden/);
        expect(some).toEqual(
          expect.arrayContaining([
            'run:openlineage/open-top',
            'run:openlineage/open-train',
            'run:openlineage/both-top',
            'version:fake/credit/3',
          ]),
        );
        expect(await below(onlyOpen)).toEqual([]);
      });

      it('are left out where the last one failed', async () => {
        await push(
          run('layoff-top', null, { inputs: shared }),
          run('layoff-train', 'layoff-top', {
            ...making('fake/secret/1'),
            eventType: 'FAIL',
          }),
        );
        expect(await below(undefined)).toHaveLength(2);
        expect(await below(onlyTeam)).toEqual([]);
      });

      it('are followed as far as they go, also in a circle', async () => {
        await push(
          run('run 0', null, { inputs: shared }),
          ...Array.from({ length: 60 }, (_, index) =>
            run(`run ${index + 1}`, `run ${index}`),
          ),
          run('end', 'run 60', making('fake/secret/1')),
          run('round', 'about', { inputs: shared }),
          run('about', 'round'),
        );
        expect(await below(undefined)).toContain('run:openlineage/run%200');
        expect(await below(onlyTeam)).toEqual([
          'run:openlineage/about',
          'run:openlineage/round',
        ]);
        service = new LineageService({
          store: new LineageGraphStore(registry.knex, { mostFollowed: 10 }),
          models: registry.service,
        });
        expect(await below(onlyTeam)).toEqual([]);
      });
    });

    it('leaves out what belongs to a model that nobody knows', async () => {
      await push(...recorded('client-http-transport.ndjson'));
      await service.impact(VERSION, undefined);
      await expect(service.impact(VERSION, onlyTeam)).rejects.toThrow(
        'There is no node',
      );
    });
  });

  it('stops at the limit of nodes and says so', async () => {
    await putCredit();
    await push({
      eventTime: '2026-01-01T00:00:00Z',
      run: { runId: RUN.slice(4) },
      job: { namespace: 'n', name: 'j' },
      inputs: Array.from({ length: 3_000 }, (_, index) => ({
        namespace: 'n',
        name: `d${index}`,
      })),
    });
    const found = await graph();
    expect(found.nodes).toHaveLength(2_000);
    expect(found.truncated).toBe(true);
    expect(idsOf(found).slice(0, 3)).toContain(VERSION);
    expect((await graph({ depth: 1 })).truncated).toBe(false);
  });
});
