import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { LineageGraphStore } from './LineageGraphStore';
import { keyOf } from './lineageNodes';
import { OpenLineageService } from './OpenLineageService';
import { OpenLineageStore } from './OpenLineageStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const { signal } = new AbortController();
const RAW = keyOf('dataset:s3%3A%2F%2Flake/raw');

const event = (eventType: string | null, outputs: string[], run = 'a') => ({
  eventTime: '2026-11-20T10:00:00Z',
  eventType,
  run: { runId: run },
  job: { namespace: 'airflow', name: 'clean' },
  inputs: [{ namespace: 's3://lake', name: 'raw' }],
  outputs: outputs.map(name => ({ namespace: 's3://lake', name })),
});

describe.each(databases.eachSupportedId())('events on %s', databaseId => {
  let knex: Knex;
  let service: OpenLineageService;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@modelport/plugin-modelport-backend',
        'migrations',
      ),
    });
    service = new OpenLineageService({
      store: new OpenLineageStore(knex),
      addresses: async () => [
        { id: 'ours', kind: 'mlflow', url: 'http://127.0.0.1:5055/' },
        { id: 'w.a', kind: 'mlflow', url: 'https://shared' },
        { id: 'w.b', kind: 'mlflow', url: 'https://shared' },
      ],
    });
  });

  const push = (...events: unknown[]) =>
    service.take(Buffer.from(JSON.stringify(events)));

  const leadsTo = async () => {
    const store = new LineageGraphStore(knex);
    const { keys } = await store.walk([RAW], {
      direction: 'down',
      depth: 5,
      limit: 500,
    });
    const nodes = await store.nodes(keys.filter(key => key !== RAW));
    return nodes
      .map(({ id, failed }) => `${id}${failed ? ' failed' : ''}`)
      .sort();
  };

  const RUN = 'run:openlineage/a';
  const CLEAN = 'dataset:s3%3A%2F%2Flake/clean';
  const START = event('START', ['clean']);
  const FAIL = event('FAIL', []);
  const COMPLETE = event('COMPLETE', []);

  it.each([
    ['is under way', [START], [CLEAN, RUN]],
    ['failed', [START, FAIL], [`${RUN} failed`]],
    ['failed, told in the wrong order', [FAIL, START], [`${RUN} failed`]],
    [
      'was aborted',
      [START, event('ABORT', ['clean', 'more'])],
      [`${RUN} failed`],
    ],
    ['completed', [START, COMPLETE], [CLEAN, RUN]],
    ['completed after all', [START, FAIL, COMPLETE], [CLEAN, RUN]],
    ['completed after all, told before', [COMPLETE, FAIL, START], [CLEAN, RUN]],
  ])('count what a run makes that %s', async (_what, events, expected) => {
    for (const one of events) {
      await push(one);
    }
    expect(await leadsTo()).toEqual(expected);
    await knex('lineage_events').delete();
    await knex('lineage_edges').delete();
    await knex('lineage_runs').delete();
    await knex('lineage_attempts').delete();
    await push(...events);
    expect(await leadsTo()).toEqual(expected);
  });

  it('leave other runs as they are when one fails', async () => {
    await push(
      START,
      event('COMPLETE', ['clean'], 'b'),
      event('FAIL', ['x'], 'a'),
    );
    expect(await leadsTo()).toEqual([
      CLEAN,
      `${RUN} failed`,
      'run:openlineage/b',
    ]);
  });

  it('name versions as their registry does', async () => {
    const output = (namespace: string, name: string, version?: string) => ({
      namespace,
      name,
      facets: version ? { version: { datasetVersion: version } } : {},
    });
    await push({
      ...event('COMPLETE', []),
      outputs: [
        output('mlflow://127.0.0.1:5055', 'models/credit', '2'),
        output('mlflow://127.0.0.1:5055', 'models:/a/b/7'),
        output('mlflow://127.0.0.1:5055', 'experiments/x'),
        output('mlflow://elsewhere', 'models/credit', '2'),
        output('mlflow://shared', 'models/credit', '2'),
      ],
    });
    expect((await leadsTo()).filter(id => !id.startsWith('run:'))).toEqual([
      'dataset:mlflow%3A%2F%2F127.0.0.1%3A5055/experiments%2Fx',
      'dataset:mlflow%3A%2F%2Felsewhere/models%2Fcredit',
      'dataset:mlflow%3A%2F%2Felsewhere/models%2Fcredit@2',
      'dataset:mlflow%3A%2F%2Fshared/models%2Fcredit',
      'dataset:mlflow%3A%2F%2Fshared/models%2Fcredit@2',
      'version:ours/a%2Fb/7',
      'version:ours/credit/2',
    ]);
  });

  it('go when they were kept long enough, and what they said stays', async () => {
    await push(START, COMPLETE);
    await knex('lineage_events')
      .where({ event_type: 'START' })
      .update({ received_at: '2026-01-01T00:00:00.000Z' });
    await service.deleteOldEvents({ days: 30 }, { signal });
    expect(await knex('lineage_events').pluck('event_type')).toEqual([
      'COMPLETE',
    ]);
    expect(await leadsTo()).toEqual([CLEAN, RUN]);
  });

  const kept = async () => [
    await knex('lineage_events').pluck('digest'),
    await knex('lineage_nodes').pluck('key'),
  ];
  const made = (name: string) => ({
    ...event('COMPLETE', []),
    outputs: [{ namespace: 'modelport', name }],
  });
  const facet = (modelport_modelVersion: object) => ({
    ...event('COMPLETE', []),
    run: { runId: 'a', facets: { modelport_modelVersion } },
  });

  it.each([
    [made(`demo/${'m'.repeat(600)}/1`), /at outputs.0.name: the name .* 600/],
    [made(`${'s'.repeat(300)}/m/1`), /at outputs.0.name: the source .* 300/],
    [made(`s/m/${'1'.repeat(256)}`), /at outputs.0.name: the version .* 256/],
    [made('%00/%00/%00'), /at outputs.0.name: the source .* null character/],
    [made('s/m%00/1'), /at outputs.0.name: the name .* null character/],
    [
      facet({ source: 's', name: 'x'.repeat(1_999), version: '1' }),
      /at run.facets.modelport_modelVersion: the name .* 1999/,
    ],
    [
      {
        ...event('COMPLETE', []),
        inputs: [
          { namespace: 's3://lake', name: 'raw' },
          {
            namespace: 'mlflow://127.0.0.1:5055',
            name: `models:/${'m'.repeat(513)}/1`,
          },
        ],
      },
      /at inputs.1.name: the name .* 513/,
    ],
  ])('are refused where they name no version: %#', async (odd, message) => {
    const pushed = push(START, odd, COMPLETE);
    await expect(pushed).rejects.toThrow(
      'Event 1 names a version that there cannot be',
    );
    await expect(pushed).rejects.toThrow(message);
    await expect(pushed).rejects.toThrow('Nothing of the request was kept');
    expect(await kept()).toEqual([[], []]);
  });

  it('name versions as long as the registry knows them', async () => {
    const name = `${'s'.repeat(255)}/${'😀'.repeat(512)}/${'1'.repeat(255)}`;
    expect(await push(made(name))).toEqual({ accepted: 1, duplicates: 0 });
  });

  it('are refused where there are too many or say too much', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({
      ...START,
      eventTime: new Date(1_800_000_000_000 + index).toISOString(),
    }));
    await expect(push(...many)).rejects.toMatchObject({
      statusCode: 413,
      message: expect.stringContaining(
        'more than 10000 events; expected 10000 at most. Nothing of the request was kept',
      ),
    });
    expect(await push(...many.slice(0, 10_000))).toEqual({
      accepted: 10_000,
      duplicates: 0,
    });
    const wide = (of: number) => ({
      ...event('COMPLETE', [], `wide ${of}`),
      inputs: Array.from({ length: 26_000 }, (_, index) => ({
        namespace: 'n',
        name: `${of}.${index}`,
      })),
    });
    await expect(push(...[1, 2, 3, 4].map(wide))).rejects.toMatchObject({
      statusCode: 413,
      message: expect.stringContaining('more than 120000 nodes and edges'),
    });
    expect(await knex('lineage_nodes').pluck('id')).toHaveLength(4);
  });

  it('are not kept when who sent them has gone', async () => {
    const many = Array.from({ length: 450 }, (_, index) =>
      event('START', [`out ${index}`]),
    );
    const bytes = Buffer.from(JSON.stringify(many));
    const goneAfter = (checks: number) => {
      let left = checks;
      const gone = new AbortController();
      jest.spyOn(gone.signal, 'throwIfAborted').mockImplementation(() => {
        left -= 1;
        if (left < 0) {
          throw new Error('gone');
        }
      });
      return gone.signal;
    };
    for (const checks of [0, 1, 2, 3, 4]) {
      await expect(service.take(bytes, goneAfter(checks))).rejects.toThrow(
        'gone',
      );
      expect(await kept()).toEqual([[], []]);
    }
    expect(await service.take(bytes, goneAfter(5))).toEqual({
      accepted: 450,
      duplicates: 0,
    });
  });

  it('come in any number', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => ({
      ...event('RUNNING', [`out ${index % 7}`], `run ${index % 100}`),
      eventTime: new Date(1_800_000_000_000 + index).toISOString(),
      note: 'x'.repeat(2_000),
    }));
    expect(await push(...many)).toEqual({ accepted: 4_500, duplicates: 0 });
    expect(await push(...many)).toEqual({ accepted: 0, duplicates: 4_500 });
    expect(await leadsTo()).toHaveLength(107);
    const { body } = await knex('lineage_events').first();
    expect(JSON.parse(body)).toMatchObject({ note: 'x'.repeat(2_000) });
  });
});
