import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { modelSourcesExtensionPoint } from '@modelport/plugin-modelport-node';
import { readMlflowConfig } from './config';
import { MlflowSourceProvider } from './MlflowSourceProvider';

/**
 * Adds the MLflow servers of `modelport.sources.mlflow` to Modelport.
 *
 * @public
 */
export const modelportModuleMlflow = createBackendModule({
  pluginId: 'modelport',
  moduleId: 'mlflow',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: modelSourcesExtensionPoint,
      },
      async init({ config, sources }) {
        for (const server of readMlflowConfig(config)) {
          sources.addProvider(new MlflowSourceProvider(server));
        }
      },
    });
  },
});
