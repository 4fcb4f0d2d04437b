import { urlReaderFactoriesServiceRef } from '@backstage/backend-defaults/urlReader';
import {
  coreServices,
  createBackendFeatureLoader,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { readGithostConfig } from './config';
import { createRouter } from './createRouter';
import { GitRepositories } from './git/GitRepositories';
import { githostReaderFactory } from './githostReaderFactory';

const host = createBackendModule({
  pluginId: 'modelport',
  moduleId: 'githost',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({ config, httpAuth, httpRouter, logger }) {
        const githost = readGithostConfig(config);
        if (!githost) {
          return;
        }
        if (process.env.NODE_ENV !== 'development') {
          logger.warn(
            "The git host of the demo is left out: anybody on its machine may push, so it only exists where NODE_ENV is 'development'",
          );
          return;
        }
        const repositories = new GitRepositories(githost.directory);
        await repositories.prepare();
        httpRouter.use(createRouter({ repositories, httpAuth, logger }));
        httpRouter.addAuthPolicy({ path: '/git', allow: 'unauthenticated' });
      },
    });
  },
});

const reader = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: {},
  factory: () => githostReaderFactory,
});

/**
 * A git host on the loopback, with a URL reader for its repositories: `http://localhost:7007/api/modelport/git/<name>`.
 * A push makes a repository. It is only there where `NODE_ENV` is `development`.
 *
 * @public
 */
export const modelportGithost = createBackendFeatureLoader({
  *loader() {
    yield host;
    yield reader;
  },
});
