import {
  AuthService,
  DiscoveryService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ScaffolderService,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createCardRenderAction } from './createCardRenderAction';
import { createCatalogAwaitAction } from './createCatalogAwaitAction';
import { createExperimentEnsureAction } from './createExperimentEnsureAction';
import { createModelValidateAction } from './createModelValidateAction';
import { createMonitorConfigureAction } from './createMonitorConfigureAction';
import { createPolicyCreateAction } from './createPolicyCreateAction';
import { createPromotionRequestAction } from './createPromotionRequestAction';
import { createRegistryEnsureAction } from './createRegistryEnsureAction';
import { createRepoAdoptAction } from './createRepoAdoptAction';
import { createRepoCheckAction } from './createRepoCheckAction';
import { createRepoClaimAction } from './createRepoClaimAction';
import { createRepoLockAction } from './createRepoLockAction';
import { createRepoPublishAction } from './createRepoPublishAction';
import { createTaskCleanupAction } from './createTaskCleanupAction';
import { createTemplateRecordAction } from './createTemplateRecordAction';
import { createTemplateUpdateAction } from './createTemplateUpdateAction';

/** Every action of the module. */
export function createActions(deps: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  integrations: ScmIntegrations;
  scaffolder: Pick<ScaffolderService, 'listActions'>;
}): TemplateAction<any, any, any>[] {
  return [
    createModelValidateAction(deps),
    createRegistryEnsureAction(deps),
    createExperimentEnsureAction(deps),
    createCardRenderAction(),
    createPolicyCreateAction(),
    createMonitorConfigureAction(),
    createTemplateRecordAction(),
    createTemplateUpdateAction(deps),
    createPromotionRequestAction(deps),
    createRepoCheckAction(),
    createRepoAdoptAction(deps),
    createRepoClaimAction(deps),
    createRepoLockAction(),
    createRepoPublishAction(deps),
    createCatalogAwaitAction(deps),
    createTaskCleanupAction(deps),
  ];
}
