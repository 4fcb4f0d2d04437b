import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { modelportPermissions } from '@modelport/plugin-modelport-common';
import {
  evidenceReadersExtensionPoint,
  modelSourcesExtensionPoint,
} from '@modelport/plugin-modelport-node';
import { readModelportConfig } from './config';
import { createRouter } from './createRouter';
import { createServices } from './createServices';
import {
  modelPermissionResourceRef,
  modelPermissionRules,
} from './models/permissionRules';
import { EvidenceReaders } from './evidence/EvidenceReaders';
import { cardReader } from './evidence/readers/cardReader';
import { explanationReaders } from './explanations/readers';
import { monitoringReaders } from './monitoring/readers';
import { SourceProviders } from './sources/SourceProviders';

/** How often owners are looked up again: people join the catalog at times of their own. */
const OWNERS_FREQUENCY = { seconds: 15 };

const LINEAGE_TASK = 'modelport-lineage';
const EVIDENCE_TASK = 'modelport-evidence';

/** How often lineage follows what changed. */
const LINEAGE_FREQUENCY = { seconds: 15 };

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
    readers.add(cardReader);
    for (const reader of [...explanationReaders, ...monitoringReaders]) {
      readers.add(reader);
    }
    env.registerExtensionPoint(evidenceReadersExtensionPoint, {
      addReader: reader => readers.add(reader),
    });
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
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
        const services = createServices({
          ...deps,
          knex,
          config: readModelportConfig(deps.config),
          providers,
          readers,
          followers: [LINEAGE_TASK, EVIDENCE_TASK],
        });
        deps.permissionsRegistry.addResourceType({
          resourceRef: modelPermissionResourceRef,
          permissions: modelportPermissions,
          rules: Object.values(modelPermissionRules),
          getResources: refs => services.models.getByResourceRefs(refs),
        });
        deps.httpRouter.use(await createRouter({ ...deps, ...services }));
        deps.lifecycle.addShutdownHook(() => readers.stop());
        deps.lifecycle.addShutdownHook(() => services.driftWorkers.stop());
        // Push tokens and webhooks carry no token of Backstage; every route checks its callers itself.
        for (const path of [
          '/v1/openapi.json',
          '/v1/webhooks',
          '/v1/models/:source/:name/versions/:version/evidence',
        ]) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        await services.sync.start();
        await deps.scheduler.scheduleTask({
          id: LINEAGE_TASK,
          frequency: LINEAGE_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: async signal => {
            await services.sources.untilListed(signal);
            await services.lineageProjector.continueRounds({ signal });
          },
        });
        await deps.scheduler.scheduleTask({
          id: EVIDENCE_TASK,
          frequency: EVIDENCE_FREQUENCY,
          timeout: { minutes: 5 },
          scope: 'global',
          fn: async signal => {
            await services.sources.untilListed(signal);
            await services.artefacts.continueRound({ signal });
          },
        });
        await deps.scheduler.scheduleTask({
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
