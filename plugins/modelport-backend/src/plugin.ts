import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  modelportPermissions,
  modelportPromotionsPermissions,
} from '@modelport/plugin-modelport-common';
import {
  auditSinksExtensionPoint,
  changeTicketsExtensionPoint,
  evidenceReadersExtensionPoint,
  modelSourcesExtensionPoint,
  monitoringEnginesExtensionPoint,
  promotionGatesExtensionPoint,
} from '@modelport/plugin-modelport-node';
import { AuditSinks } from './audit/AuditHeads';
import { HeadsBucket } from './audit/HeadsBucket';
import { readModelportConfig } from './config';
import { createRouter } from './createRouter';
import { createServices } from './createServices';
import { DatabaseLoad } from './DatabaseLoad';
import {
  modelPermissionResourceRef,
  modelPermissionRules,
} from './models/permissionRules';
import { EvidenceReaders } from './evidence/EvidenceReaders';
import { evidenceReaders } from './evidence/readers';
import { warnWithoutRowSecret } from './evidence/warnWithoutRowSecret';
import { explanationReaders } from './explanations/readers';
import { MonitorEngines } from './monitoring/computed/MonitorEngines';
import { monitoringReaders } from './monitoring/readers';
import { CustomGates } from './promotions/CustomGates';
import { PromotionTickets } from './promotions/PromotionTickets';
import {
  promotionPermissionResourceRef,
  promotionPermissionRules,
} from './promotions/permissionRules';
import { SourceProviders } from './sources/SourceProviders';
import { StoppableScheduler } from './StoppableScheduler';

/** How often owners are looked up again: people join the catalog at times of their own. */
const OWNERS_FREQUENCY = { seconds: 15 };

/** How often monitoring that has stopped is looked for. */
const ALERTS_FREQUENCY = { minutes: 5 };

/** How often it is looked for data of monitors that changed, and for rows that were sent. */
const MONITORS_FREQUENCY = { seconds: 15 };

const LINEAGE_TASK = 'modelport-lineage';
const EVIDENCE_TASK = 'modelport-evidence';

const PROMOTIONS_TASK = 'modelport-promotions';
const ENVIRONMENTS_TASK = 'modelport-environments';

/** How often what is left of executions goes on, and what is overdue expires. */
const PROMOTIONS_FREQUENCY = { seconds: 10 };

/** How often lineage follows what changed. */
const LINEAGE_FREQUENCY = { seconds: 15 };

/** How often events of lineage are deleted that were kept long enough. */
const RETENTION_FREQUENCY = { hours: 1 };

/** How often the artefacts of changed versions are looked at for evidence. */
const EVIDENCE_FREQUENCY = { seconds: 15 };

/**
 * The registry of models inside Backstage. Sources come from its modules.
 *
 * @public
 */
export const modelportPlugin = createBackendPlugin({
  pluginId: 'modelport',
  register(env) {
    const providers = new SourceProviders();
    env.registerExtensionPoint(modelSourcesExtensionPoint, {
      addProvider: provider => providers.add(provider),
    });
    const readers = new EvidenceReaders();
    for (const reader of [
      ...evidenceReaders,
      ...explanationReaders,
      ...monitoringReaders,
    ]) {
      readers.add(reader);
    }
    env.registerExtensionPoint(evidenceReadersExtensionPoint, {
      addReader: reader => readers.add(reader),
    });
    const engines = new MonitorEngines();
    env.registerExtensionPoint(monitoringEnginesExtensionPoint, engines);
    const gates = new CustomGates();
    env.registerExtensionPoint(promotionGatesExtensionPoint, {
      addGate: gate => gates.add(gate),
    });
    const tickets = new PromotionTickets();
    env.registerExtensionPoint(changeTicketsExtensionPoint, {
      setTickets: tracker => tickets.set(tracker),
    });
    const sinks = new AuditSinks();
    env.registerExtensionPoint(auditSinksExtensionPoint, {
      addSink: sink => sinks.add(sink),
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const knex = await deps.database.getClient();
        if (!deps.database.migrations?.skip) {
          await knex.migrate.latest({
            directory: resolvePackagePath(
              '@modelport/plugin-modelport-backend',
              'migrations',
            ),
          });
        }
        const config = readModelportConfig(deps.config);
        warnWithoutRowSecret(deps.logger, config.evidence);
        if (config.audit.bucket) {
          sinks.add(await HeadsBucket.create(config.audit.bucket, deps.config));
        }
        const scheduler = new StoppableScheduler({
          ...deps,
          load: new DatabaseLoad(knex),
        });
        const services = createServices({
          ...deps,
          scheduler,
          knex,
          config,
          engines,
          gates,
          tickets,
          providers,
          readers,
          sinks,
          followers: [LINEAGE_TASK, EVIDENCE_TASK, ENVIRONMENTS_TASK],
        });
        deps.permissionsRegistry.addResourceType({
          resourceRef: modelPermissionResourceRef,
          permissions: modelportPermissions.filter(
            permission =>
              !modelportPromotionsPermissions.some(
                ({ name }) => name === permission.name,
              ),
          ),
          rules: Object.values(modelPermissionRules),
          getResources: refs => services.models.getByResourceRefs(refs),
        });
        deps.permissionsRegistry.addResourceType({
          resourceRef: promotionPermissionResourceRef,
          permissions: modelportPromotionsPermissions,
          rules: Object.values(promotionPermissionRules),
          getResources: ids => services.promotions.getByIds(ids),
        });
        deps.httpRouter.use(await createRouter({ ...deps, ...services }));
        deps.lifecycle.addShutdownHook(() => scheduler.stop());
        deps.lifecycle.addShutdownHook(() => readers.stop());
        deps.lifecycle.addShutdownHook(() => services.driftWorkers.stop());
        deps.lifecycle.addShutdownHook(() => services.explainWorkers.stop());
        // Push tokens and webhooks carry no token of Backstage; every route checks its callers itself.
        for (const path of [
          '/v1/openapi.json',
          '/v1/webhooks',
          '/v1/models/:source/:name/versions/:version/evidence',
          '/v1/models/:source/:name/versions/:version/observations',
        ]) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        await services.sync.start();
        await scheduler.scheduleTask({
          id: LINEAGE_TASK,
          frequency: LINEAGE_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: async signal => {
            await services.sources.untilListed(signal);
            await services.lineageProjector.continueRounds({ signal });
          },
        });
        await scheduler.scheduleTask({
          id: 'modelport-lineage-retention',
          frequency: RETENTION_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: signal =>
            services.openLineage.deleteOldEvents(config.lineage.keepEvents, {
              signal,
            }),
        });
        await scheduler.scheduleTask({
          id: EVIDENCE_TASK,
          frequency: EVIDENCE_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: async signal => {
            await services.sources.untilListed(signal);
            await services.listeners.tellAgain({ signal });
            await services.artefacts.continueRound({ signal });
          },
        });
        await scheduler.scheduleTask({
          id: 'modelport-artefacts-retention',
          frequency: RETENTION_FREQUENCY,
          timeout: { minutes: 5 },
          // Each backend has files of its own.
          scope: 'local',
          fn: () => services.artefactCache.sweep(new Date()),
        });
        await scheduler.scheduleTask({
          id: ENVIRONMENTS_TASK,
          frequency: EVIDENCE_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: async signal => {
            await services.sources.untilListed(signal);
            await services.watch.continueRounds({ signal });
          },
        });
        await scheduler.scheduleTask({
          id: PROMOTIONS_TASK,
          frequency: PROMOTIONS_FREQUENCY,
          timeout: { minutes: 1 },
          scope: 'global',
          fn: async signal => {
            await services.recordSettings();
            await services.promotionRounds.continueAll({ signal });
          },
        });
        await scheduler.scheduleTask({
          id: 'modelport-audit-heads',
          frequency: config.audit.frequency,
          timeout: { minutes: 1 },
          scope: 'global',
          fn: () => services.auditHeads.write(),
        });
        await scheduler.scheduleTask({
          id: 'modelport-explanations-retention',
          frequency: { hours: 6 },
          timeout: { minutes: 5 },
          scope: 'global',
          fn: async () => {
            await services.explanationsRetention.run(new Date());
          },
        });
        await scheduler.scheduleTask({
          id: 'modelport-alerts',
          frequency: ALERTS_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: async signal => {
            await services.alertRounds.lookForMissing({ signal });
            await services.alertRounds.beginLeft({ signal });
            await services.alertRounds.continueActions({ signal });
            await services.observations.judgeAll({ signal });
          },
        });
        await scheduler.scheduleTask({
          id: 'modelport-monitors',
          frequency: MONITORS_FREQUENCY,
          timeout: { minutes: 15 },
          scope: 'global',
          fn: async signal => {
            await services.sources.untilListed(signal);
            await services.monitors.continueRound({ signal });
          },
        });
        await scheduler.scheduleTask({
          id: 'modelport-observations',
          frequency: MONITORS_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: signal => services.observationCounts.publish({ signal }),
        });
        await scheduler.scheduleTask({
          id: 'modelport-observations-retention',
          frequency: RETENTION_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: () => services.observationCounts.forgetOld(),
        });
        await scheduler.scheduleTask({
          id: 'modelport-owners',
          frequency: OWNERS_FREQUENCY,
          timeout: { minutes: 1 },
          scope: 'global',
          fn: () => services.owners.reconcile(),
        });
      },
    });
  },
});
