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
import { createCatalogAwaitAction } from './actions/createCatalogAwaitAction';
import { createCardRenderAction } from './actions/createCardRenderAction';
import { createExperimentEnsureAction } from './actions/createExperimentEnsureAction';
import { createMonitorConfigureAction } from './actions/createMonitorConfigureAction';
import { createPolicyCreateAction } from './actions/createPolicyCreateAction';
import { createModelValidateAction } from './actions/createModelValidateAction';
import { createRegistryEnsureAction } from './actions/createRegistryEnsureAction';
import { createRepoAdoptAction } from './actions/createRepoAdoptAction';
import { createRepoCheckAction } from './actions/createRepoCheckAction';
import { createRepoClaimAction } from './actions/createRepoClaimAction';
import { createRepoLockAction } from './actions/createRepoLockAction';
import { createRepoPublishAction } from './actions/createRepoPublishAction';
import { createTaskCleanupAction } from './actions/createTaskCleanupAction';
import { createTemplateRecordAction } from './actions/createTemplateRecordAction';
import { createTemplateUpdateAction } from './actions/createTemplateUpdateAction';
import { createPromotionRequestAction } from './actions/createPromotionRequestAction';
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
        const integrations = ScmIntegrations.fromConfig(config);
        actions.addActions(
          createModelValidateAction({
            ...{ auth, catalog, config, discovery, scaffolder },
          }),
          createRegistryEnsureAction({ config }),
          createExperimentEnsureAction({ config }),
          createCardRenderAction(),
          createPolicyCreateAction(),
          createMonitorConfigureAction(),
          createTemplateRecordAction(),
          createTemplateUpdateAction({ integrations }),
          createPromotionRequestAction({ auth, discovery }),
          createRepoCheckAction(),
          createRepoAdoptAction({ config, integrations }),
          createRepoClaimAction({ integrations }),
          createRepoLockAction(),
          createRepoPublishAction({ config, integrations }),
          createCatalogAwaitAction({ catalog }),
          createTaskCleanupAction({
            ...{ auth, catalog, config, discovery, integrations },
          }),
        );
      },
    });
  },
});
