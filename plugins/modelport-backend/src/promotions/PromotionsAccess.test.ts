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

  it('is of one person, however a token writes the name', async () => {
    const asks = new PromotionsAccess({
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.user('user:default/Ada'),
      }),
      permissions,
      permissionsRegistry: mockServices.permissionsRegistry.mock(),
      people: {
        reviewer: async entityRef => ({
          entityRef,
          groups: [],
          allGroups: [],
          deputyFor: [],
          isKnown: true,
        }),
      },
    });
    const names = express();
    names.get('/', async (req, res) => {
      res.json([await asks.anyPerson(req), (await asks.whoAsks(req))?.refs]);
    });
    expect((await request(names).get('/')).body).toEqual([
      'user:default/ada',
      ['user:default/ada'],
    ]);
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
