import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Version } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { createTestRegistry } from '../../../__testUtils__/createTestRegistry';
import { CountsStore } from '../CountsStore';
import { MonitorRunner, RunResult } from '../MonitorRunner';
import { MonitorsService } from '../MonitorsService';
import { MonitorsStore } from '../MonitorsStore';
import { ObservationCounts } from '../ObservationCounts';
import { ReferenceColumn } from '../ReferenceProfile';

export const CREATED = Date.parse('2026-01-01T00:00:00Z');
export const ID = { source: 'fake', name: 'credit', visibility: undefined };
export const OF = { ...ID, version: '1' };
export const DAY = 86_400_000;
export const ADA = 'user:default/ada';

export const AGE: ReferenceColumn = {
  name: 'age',
  type: 'numeric',
  personal: false,
  edges: [0, 20, 40, 60],
  counts: {
    feature: 'age',
    n: 300,
    missing: 0,
    unseen: null,
    wrongType: 0,
    outside: 0,
    edges: [0, 20, 40, 60],
    categories: null,
    counts: [100, 100, 100],
    mean: 30,
    standardDeviation: 17,
    min: 0,
    max: 60,
  },
};
export const KIND: ReferenceColumn = {
  name: 'kind',
  type: 'categorical',
  personal: false,
  edges: null,
  counts: {
    feature: 'kind',
    n: 300,
    missing: 0,
    unseen: 0,
    wrongType: 0,
    categories: ['a', 'b', '(other)'],
    counts: [200, 100, 0],
  },
};

export const DEFINITION = {
  reference: { data: { path: '/data/train.csv' } },
  time: { column: 'at' },
  label: {
    column: 'label',
    prediction: 'score',
    task: 'probability',
    segments: ['kind'],
  },
};

/** Monitors of a model with one version, whose reference is as if it had been read, with a clock of its own. */
export async function startMonitors(knex: Knex) {
  const logger = mockServices.logger.mock();
  const registry = await createTestRegistry(knex, { logger });
  const source = new FakeModelSource('fake');
  source.putModel({ name: 'credit', createdAt: CREATED });
  source.putVersion({ model: 'credit', version: '1', createdAt: CREATED });
  const { signal } = new AbortController();
  const take = async () => {
    const { items } = await source.listModels({ signal });
    await registry.ingest.models.take('fake', items);
  };
  await take();
  const versions = await source.listVersions({ signal });
  await registry.ingest.versions.take(source, versions.items, { signal });
  const clock = { now: Date.parse('2026-02-10T00:00:00Z') };
  const store = new MonitorsStore(knex);
  const counts = new CountsStore(knex);
  const run = jest.fn(
    async (_definition: unknown, _version: Version): Promise<RunResult> => ({
      reference: { columns: [AGE, KIND], rows: 300 },
      referenceState: 'r1',
      windows: 0,
    }),
  );
  const runner: Pick<MonitorRunner, 'run'> = { run };
  const now = () => new Date(clock.now);
  const monitors = new MonitorsService({
    store,
    models: registry.service,
    runner,
    logger,
    now,
  });
  const gone = new Set<string>();
  const pushed: Array<{ kind: string; body: Record<string, unknown> }> = [];
  const observations = new ObservationCounts({
    store: counts,
    runs: store,
    monitors,
    models: registry.service,
    evidence: {
      push: async ({ version, documents }) => {
        if (gone.has(version)) {
          throw new NotFoundError(`There is no version ${version}`);
        }
        pushed.push(...documents.map(({ bytes }) => JSON.parse(String(bytes))));
        return { items: [] };
      },
    },
    logger,
    publishEvery: 60_000,
    keepCountsDays: 100,
    now,
  });
  return {
    knex,
    source,
    take,
    clock,
    counts,
    monitors,
    observations,
    gone,
    registry,
    pushed,
    run,
    signal,
  };
}

export const rowAt = (at: string, more: object = {}) => ({
  at,
  age: 30,
  kind: 'a',
  ...more,
});
