import { mockServices } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import { createTestRegistry } from '../../../__testUtils__/createTestRegistry';
import { MonitoringStore } from '../../MonitoringStore';
import { pointsOfDocument } from '../../pointsOfDocument';
import { PointsStore } from '../../PointsStore';
import { AlertActions } from '../AlertActions';
import { AlertActionsStore } from '../AlertActionsStore';
import { AlertChanges } from '../AlertChanges';
import { AlertNews } from '../AlertNews';
import { AlertRounds } from '../AlertRounds';
import { AlertRulesService } from '../AlertRulesService';
import { monitoringSchema } from '../alertsConfig';
import { AlertsService } from '../AlertsService';
import { AlertsStore } from '../AlertsStore';
import { RulesStore } from '../RulesStore';

export const CREATED = Date.parse('2026-01-01T00:00:00Z');
export const ID = { source: 'fake', name: 'credit' };
export const VERSION = {
  ...ID,
  version: '1',
  createdAt: new Date(CREATED).toISOString(),
};
export const SECRET = 'a secret of sixteen signs';
export const DAY = 24 * 3_600_000;
export const ADA = 'user:default/ada';

/** Alerts on a model with one version, with a clock of its own. */
export async function startAlerts(knex: Knex, config: object = {}) {
  const logger = mockServices.logger.mock();
  const registry = await createTestRegistry(knex, { logger });
  const source = new FakeModelSource('fake');
  source.putModel({
    name: 'credit',
    createdAt: CREATED,
  });
  source.putVersion({ model: 'credit', version: '1', createdAt: CREATED });
  const { signal } = new AbortController();
  const { items } = await source.listModels({ signal });
  await registry.ingest.models.take('fake', items);
  const versions = await source.listVersions({ signal });
  await registry.ingest.versions.take(source, versions.items, { signal });

  await knex('models_models').update({ owner: 'group:default/team-x' });
  const clock = { now: Date.UTC(2026, 0, 10) };
  const series = new MonitoringStore(knex);
  const points = new PointsStore(knex);
  const notifications = { send: jest.fn(async () => undefined) };
  const events = mockServices.events.mock();
  const store = new AlertsStore(knex);
  const { alerts } = monitoringSchema.parse({
    alerts: { missing: false, ...config },
  });
  const now = () => new Date(clock.now);
  const documents = { explanation: async () => null };
  const models = registry.service;
  const rules = new AlertRulesService({
    store: new RulesStore(knex),
    series,
    points,
    documents,
    models,
    config: alerts,
    now,
  });
  const actionsStore = new AlertActionsStore(knex);
  const actions = new AlertActions({
    store: actionsStore,
    alerts: store,
    actions: alerts.actions,
    now,
  });
  const changes = new AlertChanges({
    store,
    actions,
    news: new AlertNews({ models, notifications, events, logger }),
    now,
  });
  const parts = { store, models, actions, changes, now };
  const service = new AlertsService(parts);
  const rounds = new AlertRounds({
    ...parts,
    series,
    points,
    documents,
    rules,
    logger,
  });
  let written = 0;
  const put = async (kind: string, day: number, body: object) => {
    written += 1;
    const at = (d: number) => new Date(Date.UTC(2026, 0, d)).toISOString();
    const projected = pointsOfDocument({
      kind,
      producer: { name: 'own', version: null },
      body: { window: { start: at(day), end: at(day + 1) }, ...body },
    });
    await series.write(
      VERSION,
      {
        documentId: written,
        digest: `d${written}`,
        kind,
        unplaced: null,
      },
      projected.points,
    );
    await rounds.evaluate(VERSION);
  };
  const list = async () =>
    (await service.list({ visibility: undefined, limit: 50 })).items;
  return {
    service,
    rounds,
    store,
    actionsStore,
    rules,
    registry,
    source,
    clock,
    notifications,
    events,
    logger,
    list,
    put,
    drift: (day: number, value: number, feature = 'age') =>
      put('drift', day, {
        figures: [
          {
            feature,
            statistic: 'psi',
            value,
            threshold: 0.2,
            direction: 'above',
          },
        ],
      }),
    performance: (day: number, value: number) =>
      put('performance', day, {
        figures: [
          { metric: 'auc', kind: 'realised', value, lowerThreshold: 0.8 },
        ],
      }),
    finding: (day: number) =>
      put('drift', day, {
        figures: [],
        findings: [{ feature: 'age', check: 'completeness', message: 'Half' }],
      }),
  };
}
