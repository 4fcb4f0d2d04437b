import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  scaffolderActionsExtensionPoint,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import { createActions } from './actions/createActions';
import { createFormRouter } from './form/createFormRouter';

/**
 * The actions of Modelport's templates, and what their form asks while it is filled in.
 *
 * @public
 */
export const scaffolderModuleModelport = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'modelport',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        scaffolder: scaffolderServiceRef,
      },
      async init(deps) {
        const { actions, auth, catalog, config, discovery } = deps;
        const { httpAuth, httpRouter, permissions, scaffolder } = deps;
        httpRouter.use(
          createFormRouter({ config, httpAuth, permissions, scaffolder }),
        );
        actions.addActions(
          ...createActions({
            ...{ auth, catalog, config, discovery, scaffolder },
            integrations: ScmIntegrations.fromConfig(config),
          }),
        );
      },
    });
  },
});
