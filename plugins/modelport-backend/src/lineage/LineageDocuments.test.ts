import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  createTestRegistry,
  TestRegistry,
} from '../__testUtils__/createTestRegistry';
import { passOverModel } from '../sources/passOverModel';
import { LineageDocuments } from './LineageDocuments';
import { LineageGraphStore } from './LineageGraphStore';
import { LineageService } from './LineageService';
import { LineageStore } from './LineageStore';
import { OpenLineageService } from './OpenLineageService';
import { OpenLineageStore } from './OpenLineageStore';
import { writeOpenLineage } from './writeOpenLineage';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const { signal } = new AbortController();

const recorded = (file: string) =>
  readFileSync(resolve(__dirname, '__fixtures__', file));

describe.each(databases.eachSupportedId())('lineage on %s', databaseId => {
  let registry: TestRegistry;
  let source: FakeModelSource;
  let service: LineageService;
  let documents: LineageDocuments;

  beforeEach(async () => {
    registry = await createTestRegistry(await databases.init(databaseId), {
      logger: mockServices.logger.mock(),
    });
    source = new FakeModelSource('fake');
    service = new LineageService({
      store: new LineageGraphStore(registry.knex),
      models: registry.service,
    });
    documents = new LineageDocuments({
      store: new LineageStore(registry.knex),
    });
    source.putModel({ name: 'credit', tags: { owner: 'team-x' } });
    const data = (digest: string, ...more: string[]) => ({
      datasets: [
        { name: 'loans', digest, context: 'training' },
        ...more.map(name => ({
          name,
          digest: 'same',
          context: name === 'new' ? 'evaluation' : null,
        })),
      ],
    });
    const putVersion = (version: string, runId: string, commit: string) =>
      source.putVersion(
        { model: 'credit', version, runId },
        {
          ...(version === '3'
            ? data('d1', 'bureau', 'gone')
            : data('d2', 'bureau', 'new')),
          sourceCode: { repository: 'https://git.example/credit', commit },
        },
      );
    putVersion('3', 'a'.repeat(32), '1111111');
    putVersion('4', 'b'.repeat(32), '2222222');
    await passOverModel({
      source,
      ingest: registry.ingest,
      name: 'credit',
      signal,
    });
    await registry.ingest.models.settle();
    await registry.lineage.continueRounds({ signal });
  });

  const upstream = (version = '3') =>
    service.graph({
      source: 'fake',
      name: 'credit',
      version,
      direction: 'upstream',
      depth: 20,
      visibility: undefined,
    });

  const idsOf = async (kind: string) =>
    (await upstream()).nodes
      .filter(node => node.kind === kind)
      .map(node => node.id)
      .sort();

  const registryWith = (tag: string) => ({
    project: 'p',
    featureServices: [
      { spec: { name: 's', tags: { 'modelport.version': tag } } },
    ],
  });
  const manifestWith = (modelport: object) => ({
    ...JSON.parse(recorded('dbt-manifest.json').toString()),
    exposures: {
      e: { resource_type: 'exposure', name: 'e', meta: { modelport } },
    },
  });

  it.each([
    [
      'dbt' as const,
      manifestWith({ source: 's', name: 'n'.repeat(1_000), version: '1' }),
      /at exposures.e.meta.modelport: the name .* 1000/,
    ],
    [
      'dbt' as const,
      manifestWith({ source: 's', name: 'n', version: '\0' }),
      /at exposures.e.meta.modelport: the version .* null character/,
    ],
    [
      'feast' as const,
      registryWith('a%00/b%00/c%00'),
      /at featureServices.0.spec.tags.modelport.version: the source .* null/,
    ],
    [
      'feast' as const,
      registryWith(`a/${'b'.repeat(513)}/c`),
      /at featureServices.0.spec.tags.modelport.version: the name .* 513/,
    ],
  ])(
    'refuses versions that %s names and there cannot be: %#',
    async (format, content, message) => {
      const before = await registry.knex('lineage_nodes').pluck('key');
      const taken = documents.take(Buffer.from(JSON.stringify(content)), {
        format,
        namespace: undefined,
      });
      await expect(taken).rejects.toThrow(message);
      await expect(taken).rejects.toThrow('Nothing was kept');
      expect(await registry.knex('lineage_nodes').pluck('key')).toEqual(before);
    },
  );

  it('takes the manifest of dbt, and the next in its place', async () => {
    const bytes = recorded('dbt-manifest.json');
    const options = { format: 'dbt', namespace: 'duckdb://lake' } as const;
    expect(await documents.take(bytes, options)).toEqual({
      project: 'lending',
      nodes: 8,
      edges: 7,
    });
    expect(await idsOf('dataset')).toEqual([
      'dataset:duckdb%3A%2F%2Flake/lake.analytics.loan_features',
      'dataset:duckdb%3A%2F%2Flake/lake.analytics.loans_clean',
      'dataset:duckdb%3A%2F%2Flake/lake.analytics.raw_loans',
      'dataset:duckdb%3A%2F%2Flake/lake.main.scores',
      'dataset:mlflow/bureau@same',
      'dataset:mlflow/gone@same',
      'dataset:mlflow/loans@d1',
    ]);
    expect(await idsOf('job')).toContain(
      'job:dbt%2Flending/model.lending.loan_features',
    );
    const next = JSON.parse(bytes.toString());
    delete next.nodes['model.lending.loan_features'].depends_on;
    await documents.take(Buffer.from(JSON.stringify(next)), options);
    expect(await idsOf('dataset')).not.toContain(
      'dataset:duckdb%3A%2F%2Flake/lake.main.scores',
    );
  });

  it('takes the registry of Feast', async () => {
    expect(
      await documents.take(recorded('feast-registry.json'), {
        format: 'feast',
        namespace: undefined,
      }),
    ).toMatchObject({ project: 'lending' });
    expect(await idsOf('feature')).toEqual([
      'feature:feast%3A%2F%2Flending/bureau_scores/score',
      'feature:feast%3A%2F%2Flending/loan_terms/income',
      'feature:feast%3A%2F%2Flending/loan_terms/term',
    ]);
    expect(await idsOf('dataset')).toEqual(
      expect.arrayContaining([
        'dataset:feast%3A%2F%2Flending/car_loan_default_v3',
        'dataset:s3%3A%2F%2Flake/bureau%2Fscores.parquet',
        'dataset:s3%3A%2F%2Flake/loans%2Fclean.parquet',
      ]),
    );
  });

  it.each([
    ['dbt', '[]', 'no manifest.json of dbt'],
    ['dbt', '{"metadata":{"dbt_schema_version":"x"},"nodes":{}}', 'metadata'],
    ['dbt', recorded('feast-registry.json').toString(), 'metadata'],
    ['feast', '{}', 'expected a project'],
    ['feast', '{"project":"x","featureViews":[{"spec":{}}]}', 'featureViews.0'],
    ['feast', 'x', 'no JSON'],
    ['feast', `${'['.repeat(10_000)}`, 'nested'],
  ] as const)(
    'refuses what is none of %s: %s',
    async (format, text, message) => {
      await expect(
        documents.take(Buffer.from(text), { format, namespace: undefined }),
      ).rejects.toThrow(message);
      expect(
        await registry.knex('lineage_edges').where('origin', 'like', 'm%'),
      ).toEqual([]);
    },
  );

  it('names what changed between two versions', async () => {
    const { items, unchanged, truncated } = await service.difference({
      source: 'fake',
      name: 'credit',
      before: '3',
      after: '4',
      visibility: undefined,
    });
    expect(
      items.map(({ change, name, evaluated, from, to }) => [
        change,
        evaluated ? `${name}, evaluated on` : name,
        from?.version ?? null,
        to?.version ?? null,
      ]),
    ).toEqual([
      ['changed', 'https://git.example/credit', '1111111', '2222222'],
      ['changed', 'loans', 'd1', 'd2'],
      ['added', 'new, evaluated on', null, 'same'],
      ['removed', 'gone', 'same', null],
    ]);
    expect({ unchanged, truncated }).toEqual({
      unchanged: 1,
      truncated: false,
    });
  });

  it('writes OpenLineage events that say the same when they are read', async () => {
    const events = new OpenLineageService({
      store: new OpenLineageStore(registry.knex),
      addresses: async () => [],
    });
    const given = recorded('client-http-transport.ndjson')
      .toString()
      .trim()
      .split('\n');
    await events.take(Buffer.from(`[${given.join(',')}]`));
    await documents.take(recorded('dbt-manifest.json'), {
      format: 'dbt',
      namespace: undefined,
    });
    const before = await upstream();
    const written = writeOpenLineage(before, '2026-11-21T12:00:00.000Z');
    expect(written.length).toBeGreaterThan(3);

    await registry.knex('lineage_edges').delete();
    await registry.knex('lineage_nodes').delete();
    await registry.knex('lineage_events').delete();
    await events.take(Buffer.from(JSON.stringify(written)));
    const after = await upstream();
    const found = new Set(after.nodes.map(node => node.id));
    expect(before.nodes.filter(node => !found.has(node.id))).toEqual([]);
    // A place is told as another name, and a version without a run is made by a job.
    const told = before.edges.filter(
      ({ kind, to }) => kind !== 'location' && !to.startsWith('version:'),
    );
    expect(after.edges).toEqual(expect.arrayContaining(told));
  });
});
