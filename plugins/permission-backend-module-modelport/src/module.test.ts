import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import request from 'supertest';
import { modelportSourcesSyncPermission } from '@modelport/plugin-modelport-common';
import permissionModuleModelport from './index';

it('sets the policy of the permission backend', async () => {
  const { server } = await startTestBackend({
    features: [
      permissionPlugin,
      permissionModuleModelport,
      mockServices.userInfo.factory(),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          modelport: { policy: { adminGroups: ['group:default/platform'] } },
        },
      }),
    ],
  });

  const response = await request(server)
    .post('/api/permission/authorize')
    .set('authorization', mockCredentials.user.header())
    .send({ items: [{ id: '1', permission: modelportSourcesSyncPermission }] });

  expect(response.body).toEqual({ items: [{ id: '1', result: 'DENY' }] });
});
