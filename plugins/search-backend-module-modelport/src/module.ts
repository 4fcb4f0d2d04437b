import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { modelportServiceRef } from '@modelport/plugin-modelport-node';
import { ModelCollatorFactory } from './ModelCollatorFactory';

/**
 * Lets Backstage search find models by name, description, tag and owner.
 *
 * @public
 */
export const searchModuleModelport = createBackendModule({
  pluginId: 'search',
  moduleId: 'modelport-models-collator',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        indexes: searchIndexRegistryExtensionPoint,
        modelport: modelportServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({ config, indexes, modelport, scheduler }) {
        const schedule = config.getOptionalConfig(
          'search.collators.modelport.schedule',
        );
        indexes.addCollator({
          schedule: scheduler.createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : {
                  frequency: { minutes: 10 },
                  timeout: { minutes: 15 },
                  initialDelay: { seconds: 10 },
                },
          ),
          factory: new ModelCollatorFactory({ modelport }),
        });
      },
    });
  },
});
