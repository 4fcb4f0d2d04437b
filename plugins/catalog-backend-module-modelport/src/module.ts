import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { modelportServiceRef } from '@modelport/plugin-modelport-node';
import { readCatalogConfig } from './catalogConfig';
import { ModelEntityProvider } from './ModelEntityProvider';
import { unknownOwnerProcessors } from './unknownOwnerProcessors';

/**
 * Brings the models of Modelport into the catalog.
 *
 * @public
 */
export const catalogModuleModelport = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'modelport',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        modelport: modelportServiceRef,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ config: rootConfig, processing, scheduler, ...services }) {
        const config = readCatalogConfig(rootConfig);
        const taskRunner = scheduler.createScheduledTaskRunner({
          frequency: config.frequency,
          timeout: { minutes: 10 },
          initialDelay: { seconds: 2 },
          scope: 'global',
        });
        processing.addEntityProvider(
          new ModelEntityProvider({ ...services, config, taskRunner }),
        );
        processing.addProcessor(unknownOwnerProcessors());
      },
    });
  },
});
