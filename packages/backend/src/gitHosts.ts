import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';

/**
 * Backstage's own actions that publish repositories, for the git hosts of which there is an integration. A portal
 * without any, as the demo is, loads none of their clients.
 */
export const gitHostsModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'git-hosts',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ actions, config }) {
        const integrations = ScmIntegrations.fromConfig(config);
        if (config.has('integrations.github')) {
          const { createPublishGithubAction } = await import(
            '@backstage/plugin-scaffolder-backend-module-github'
          );
          actions.addActions(
            createPublishGithubAction({ config, integrations }),
          );
        }
        if (config.has('integrations.gitlab')) {
          const { createPublishGitlabAction } = await import(
            '@backstage/plugin-scaffolder-backend-module-gitlab'
          );
          actions.addActions(
            createPublishGitlabAction({ config, integrations }),
          );
        }
        if (config.has('integrations.azure')) {
          const { createPublishAzureAction } = await import(
            '@backstage/plugin-scaffolder-backend-module-azure'
          );
          actions.addActions(
            createPublishAzureAction({ config, integrations }),
          );
        }
        if (config.has('integrations.gitea')) {
          const { createPublishGiteaAction } = await import(
            '@backstage/plugin-scaffolder-backend-module-gitea'
          );
          actions.addActions(
            createPublishGiteaAction({ config, integrations }),
          );
        }
      },
    });
  },
});
