import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { EvidenceService } from '../evidence/EvidenceService';
import { ModelsService } from '../models/ModelsService';
import { AlertActions } from './alerts/AlertActions';
import { AlertNews } from './alerts/AlertNews';
import { MonitoringConfig } from './alerts/alertsConfig';
import { AlertsService } from './alerts/AlertsService';
import { AlertsStore } from './alerts/AlertsStore';
import { DriftWorkers } from './DriftWorkers';
import { MonitoringProjector } from './MonitoringProjector';
import { MonitoringService } from './MonitoringService';
import { MonitoringStore } from './MonitoringStore';

/** The services of monitoring. */
export interface MonitoringServices {
  alerts: AlertsService;
  driftWorkers: DriftWorkers;
  monitoring: MonitoringService;
  monitoringProjector: MonitoringProjector;
}

/** Puts the services of monitoring together. */
export function createMonitoring(options: {
  knex: Knex;
  evidence: EvidenceService;
  models: ModelsService;
  config: MonitoringConfig;
  notifications: NotificationService;
  events: EventsService;
  logger: LoggerService;
  now?: () => Date;
}): MonitoringServices {
  const { knex, evidence, models, logger } = options;
  const store = new MonitoringStore(knex);
  const documents = evidence.monitoringDocuments();
  const now = options.now ?? (() => new Date());
  const alertsStore = new AlertsStore(knex);
  const { alerts: config } = options.config;
  const alerts = new AlertsService({
    store: alertsStore,
    points: store,
    documents,
    models,
    config,
    actions: new AlertActions({
      store: alertsStore,
      actions: config.actions,
      now,
    }),
    news: new AlertNews(options),
    logger,
    now,
  });
  const parts = { store, documents, models };
  return {
    alerts,
    driftWorkers: new DriftWorkers(),
    monitoring: new MonitoringService(parts),
    monitoringProjector: new MonitoringProjector({
      ...parts,
      onPoints: version => alerts.evaluate(version),
    }),
  };
}
