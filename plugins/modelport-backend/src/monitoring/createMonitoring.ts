import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { EvidenceService } from '../evidence/EvidenceService';
import { ModelsService } from '../models/ModelsService';
import { ModelStandings } from '../models/ModelStandings';
import { SourceReadings } from '../models/SourceReadings';
import { AlertActions } from './alerts/AlertActions';
import { AlertActionsStore } from './alerts/AlertActionsStore';
import { AlertChanges } from './alerts/AlertChanges';
import { AlertNews } from './alerts/AlertNews';
import { MonitoringConfig } from './alerts/alertsConfig';
import { AlertRounds } from './alerts/AlertRounds';
import { AlertRulesService } from './alerts/AlertRulesService';
import { AlertsService } from './alerts/AlertsService';
import { AlertsStore } from './alerts/AlertsStore';
import { RulesStore } from './alerts/RulesStore';
import { CountsStore } from './computed/CountsStore';
import { DatabricksEngine } from './computed/DatabricksEngine';
import { MonitorEngines } from './computed/MonitorEngines';
import { MonitorRunner } from './computed/MonitorRunner';
import { MonitorsService } from './computed/MonitorsService';
import { MonitorsStore } from './computed/MonitorsStore';
import { ObservationCounts } from './computed/ObservationCounts';
import { ServingService } from './serving/ServingService';
import { DriftWorkers } from './DriftWorkers';
import { MonitoringProjector } from './MonitoringProjector';
import { MonitoringService } from './MonitoringService';
import { MonitoringStore } from './MonitoringStore';
import { PointsStore } from './PointsStore';

/** The services of monitoring. */
export interface MonitoringServices {
  alerts: AlertsService;
  alertRounds: AlertRounds;
  alertRules: AlertRulesService;
  serving: ServingService;
  driftWorkers: DriftWorkers;
  monitoring: MonitoringService;
  monitoringProjector: MonitoringProjector;
  monitors: MonitorsService;
  observationCounts: ObservationCounts;
}

/** Puts the services of monitoring together. */
export function createMonitoring(options: {
  knex: Knex;
  evidence: EvidenceService;
  models: ModelsService;
  readings: SourceReadings;
  standings: ModelStandings;
  config: MonitoringConfig;
  notifications: NotificationService;
  events: EventsService;
  engines: MonitorEngines;
  urlReader: UrlReaderService;
  logger: LoggerService;
  now?: () => Date;
}): MonitoringServices {
  const { knex, evidence, models, logger } = options;
  const store = new MonitoringStore(knex);
  const points = new PointsStore(knex);
  const documents = evidence.monitoringDocuments();
  const now = options.now ?? (() => new Date());
  const alertsStore = new AlertsStore(knex);
  const { alerts: config } = options.config;
  const rules = new AlertRulesService({
    store: new RulesStore(knex),
    series: store,
    points,
    documents,
    models,
    config,
    now,
  });
  const actions = new AlertActions({
    store: new AlertActionsStore(knex),
    alerts: alertsStore,
    actions: config.actions,
    now,
  });
  const changes = new AlertChanges({
    store: alertsStore,
    actions,
    news: new AlertNews(options),
    now,
  });
  const alertParts = { store: alertsStore, models, actions, changes, now };
  const alertRounds = new AlertRounds({
    ...alertParts,
    series: store,
    points,
    documents,
    rules,
    logger,
  });
  const parts = { store, points, documents, models };
  const { engines, config: settings } = options;
  for (const engine of settings.engines) {
    engines.addEngine(new DatabricksEngine(engine));
  }
  const monitoringProjector = new MonitoringProjector({
    ...parts,
    standings: options.standings,
    onPoints: version => alertRounds.evaluate(version),
    onModel: model => alertRounds.closeReplaced(model),
  });
  const monitorsStore = new MonitorsStore(knex);
  const monitors = new MonitorsService({
    store: monitorsStore,
    models,
    runner: new MonitorRunner({
      ...options,
      ...settings,
      engines,
      now,
      onComputed: ({ source, name, version, createdAt }, digests) =>
        monitoringProjector.countAgain(
          { source, name, version, createdAt },
          digests,
        ),
    }),
    logger,
    now,
  });
  return {
    alerts: new AlertsService(alertParts),
    alertRounds,
    alertRules: rules,
    serving: new ServingService({ config: settings.serving, models, now }),
    driftWorkers: new DriftWorkers(),
    monitors,
    observationCounts: new ObservationCounts({
      store: new CountsStore(knex),
      runs: monitorsStore,
      monitors,
      models,
      evidence,
      logger,
      keepCountsDays: settings.keepCountsDays,
      publishEvery: settings.publishSeconds * 1_000,
      now,
    }),
    monitoring: new MonitoringService(parts),
    monitoringProjector,
  };
}
