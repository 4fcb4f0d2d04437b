import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { demoAuthenticator } from './authenticator';
import { demoSignInResolver } from './demoSignInResolver';

/**
 * The auth provider `demo`: signs in the people of the demo organisation by the header `x-demo-user`, without any
 * proof. It is only there where `NODE_ENV` is `development`.
 *
 * @public
 */
export const authModuleModelportDemo = createBackendModule({
  pluginId: 'auth',
  moduleId: 'modelport-demo',
  register(reg) {
    reg.registerInit({
      deps: {
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ logger, providers }) {
        if (process.env.NODE_ENV !== 'development') {
          logger.warn(
            "The auth provider 'demo' is left out: it signs anybody in without proof, so it only exists where NODE_ENV is 'development'",
          );
          return;
        }
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: demoSignInResolver,
          }),
        });
      },
    });
  },
});
