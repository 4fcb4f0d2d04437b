import { mockServices } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import { createTestRegistry } from '../../__testUtils__/createTestRegistry';
import { MonitoringDocumentHead } from '../MonitoringDocuments';
import { MonitoringProjector } from '../MonitoringProjector';
import { MonitoringService } from '../MonitoringService';
import { MonitoringStore } from '../MonitoringStore';
import { PointsStore } from '../PointsStore';

const CREATED = Date.parse('2018-11-01T00:00:00Z');
const ID = { source: 'fake', name: 'credit' };
/** The version that is asked for. */
export const OF = { ...ID, version: '1', visibility: undefined };
const SUBJECT = {
  ...ID,
  version: '1',
  createdAt: new Date(CREATED).toISOString(),
};
const TOOL = { name: 'own', version: '1.2' };

/** A day of January. */
export function day(n: number) {
  const at = (d: number) => new Date(Date.UTC(2026, 0, d)).toISOString();
  return { start: at(n), end: at(n + 1) };
}

/** A report of a day. */
export function psi(n: number, value: number, part: object = {}) {
  return {
    window: day(n),
    figures: [
      {
        feature: 'age',
        statistic: 'psi',
        value,
        threshold: 0.2,
        direction: 'above',
        bins: 10,
        nReference: 1_000,
        nCurrent: 1_000,
        ...part,
      },
    ],
  };
}

/** Monitoring of a model with one version, of documents that are put into it. */
export async function startMonitoring(knex: Knex) {
  const registry = await createTestRegistry(knex, {
    logger: mockServices.logger.mock(),
  });
  const source = new FakeModelSource('fake');
  source.putModel({ name: 'credit', createdAt: CREATED });
  source.putVersion({ model: 'credit', version: '1', createdAt: CREATED });
  const { signal } = new AbortController();
  const models = await source.listModels({ signal });
  await registry.ingest.models.take('fake', models.items);
  const versions = await source.listVersions({ signal });
  await registry.ingest.versions.take(source, versions.items, { signal });

  const bodies = new Map<number, unknown>();
  const heads: MonitoringDocumentHead[] = [];
  const explanation = jest.fn().mockResolvedValue(null);
  const parts = {
    store: new MonitoringStore(knex),
    points: new PointsStore(knex),
    models: registry.service,
    standings: registry.standings,
    documents: {
      of: async () => heads,
      body: async (id: number) => bodies.get(id),
      ensure: async () => undefined,
      explanation,
    },
  };
  const projector = new MonitoringProjector(parts);
  return {
    knex,
    registry,
    explanation,
    service: new MonitoringService(parts),
    refresh: () => projector.refresh(ID),
    countAgain: (...digests: string[]) =>
      projector.countAgain(SUBJECT, digests),
    put: async (
      body: unknown,
      options: {
        kind?: string;
        id?: number;
        subject?: object;
        by?: string;
        tool?: string;
      } = {},
    ) => {
      const id = options.id ?? heads.length + 1;
      bodies.set(id, body);
      heads.push({
        id,
        digest: `d${id}`,
        kind: options.kind ?? 'drift',
        subject: { ...SUBJECT, ...options.subject },
        producer: { ...TOOL, name: options.tool ?? TOOL.name },
        by: options.by ?? null,
      });
      await projector.refresh(ID);
    },
    driftOfModel: async () => {
      const { drift } = await registry.service.get('fake', 'credit', undefined);
      return drift;
    },
  };
}
