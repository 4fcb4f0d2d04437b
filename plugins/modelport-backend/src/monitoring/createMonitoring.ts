import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { EvidenceService } from '../evidence/EvidenceService';
import { ModelsService } from '../models/ModelsService';
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
  const alerts = new AlertsService({
    store: new AlertsStore(knex),
    points: store,
    documents,
    models,
    config: options.config.alerts,
    news: new AlertNews(options),
    logger,
    now: options.now ?? (() => new Date()),
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
