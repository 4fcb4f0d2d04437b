import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { modelSourcesExtensionPoint } from '@modelport/plugin-modelport-node';
import { readFilesSourcesConfig } from './config';
import { FilesSourceProvider } from './source/FilesSourceProvider';

/**
 * Adds the folders of `modelport.sources.files` as sources.
 *
 * @public
 */
export const modelportModuleFiles = createBackendModule({
  pluginId: 'modelport',
  moduleId: 'files',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        sources: modelSourcesExtensionPoint,
        urlReader: coreServices.urlReader,
      },
      async init({ config, lifecycle, logger, sources, urlReader }) {
        for (const source of readFilesSourcesConfig(config)) {
          const provider = FilesSourceProvider.create(source, {
            urlReader,
            logger,
          });
          sources.addProvider(provider);
          lifecycle.addShutdownHook(() => provider.close());
        }
      },
    });
  },
});
