import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  modelportPromotionsDecidePermission,
  modelportPromotionsExecutePermission,
  modelportPromotionsWaivePermission,
} from '@modelport/plugin-modelport-common';
import express from 'express';
import request from 'supertest';
import { PromotionsAccess } from './PromotionsAccess';

const target = {
  source: 'demo',
  name: 'credit',
  environment: 'production',
  owner: 'group:default/team-x',
  riskTier: 'high' as const,
};

describe('which permissions a caller has', () => {
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async asked =>
      asked.map(({ permission }) => ({
        result:
          permission.name === modelportPromotionsWaivePermission.name
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
  });
  const access = new PromotionsAccess({
    httpAuth: mockServices.httpAuth({ pluginId: 'modelport' }),
    permissions,
    permissionsRegistry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () => ({
        getRuleByName: () => {
          throw new Error('There are no conditions');
        },
      }),
    }),
    people: {
      reviewer: async () => {
        throw new Error('Not asked for');
      },
    },
  });
  const app = express();
  app.get('/', async (req, res) => {
    res.json(
      await access.which(
        req,
        [
          modelportPromotionsDecidePermission,
          modelportPromotionsWaivePermission,
          modelportPromotionsExecutePermission,
        ],
        target,
      ),
    );
  });

  it('is asked for at once', async () => {
    const { body } = await request(app)
      .get('/')
      .set('authorization', mockCredentials.user.header());
    expect(body).toEqual([true, false, true]);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(1);
  });

  it('is none for services, without asking', async () => {
    permissions.authorizeConditional.mockClear();
    const { body } = await request(app)
      .get('/')
      .set('authorization', mockCredentials.service.header());
    expect(body).toEqual([false, false, false]);
    expect(permissions.authorizeConditional).not.toHaveBeenCalled();
  });
});
