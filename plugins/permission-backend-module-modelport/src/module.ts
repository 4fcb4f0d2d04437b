import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ModelportPolicy } from './ModelportPolicy';
import { readPolicyConfig } from './policyConfig';

/**
 * Sets a permission policy that knows Modelport: a sample to start one's own from.
 *
 * @public
 */
export const permissionModuleModelport = createBackendModule({
  pluginId: 'permission',
  moduleId: 'modelport',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        policy.setPolicy(
          new ModelportPolicy({ config: readPolicyConfig(config) }),
        );
      },
    });
  },
});
