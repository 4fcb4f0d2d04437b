import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  catalogEntityDeletePermission as deleteEntity,
  catalogEntityReadPermission as readEntity,
  catalogEntityRefreshPermission as refreshEntity,
} from '@backstage/plugin-catalog-common/alpha';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  modelportAlertsAcknowledgePermission as acknowledge,
  modelportAuditReadPermission as readAudit,
  modelportCardsAttestPermission as attest,
  modelportEvidenceReadRowsPermission as readRows,
  modelportExplanationsEditDictionaryPermission as editDictionary,
  modelportExplanationsGiveReasonsPermission as giveReasons,
  modelportExplanationsReadRowsPermission as readExplainedRows,
  modelportLineageWritePermission as writeLineage,
  modelportMonitoringConfigurePermission as configure,
  modelportPromotionsDecidePermission as decidePromotion,
  modelportPromotionsExecutePermission as execute,
  modelportPromotionsRequestPermission as requestPromotion,
  modelportPromotionsRollbackPermission as rollback,
  modelportPromotionsWaivePermission as waive,
  modelportModelsConfirmRiskTierPermission as confirm,
  modelportModelsReadPermission as read,
  modelportSourcesReadPermission as readSources,
  modelportSourcesSyncPermission as sync,
} from '@modelport/plugin-modelport-common';
import { ModelportPolicy } from './ModelportPolicy';
import { readPolicyConfig } from './policyConfig';

const GROUPS = { riskGroups: ['model-risk'], adminGroups: ['group:platform'] };
const ALLOW = { result: AuthorizeResult.ALLOW };
const DENY = { result: AuthorizeResult.DENY };

function decide(
  permission: Permission,
  options: { groups?: string[]; policy?: object; anonymous?: boolean },
) {
  const credentials = mockCredentials.user('user:default/ada');
  const info = {
    userEntityRef: 'user:default/ada',
    ownershipEntityRefs: ['user:default/ada', ...(options.groups ?? [])],
  };
  const user: PolicyQueryUser = { credentials, info };
  const policy = new ModelportPolicy({
    config: readPolicyConfig(
      new ConfigReader({
        modelport: { policy: { ...GROUPS, ...options.policy } },
      }),
    ),
  });
  return policy.handle({ permission }, options.anonymous ? undefined : user);
}

describe('ModelportPolicy', () => {
  const otherPermission = createPermission({ name: 'other', attributes: {} });

  it.each([read, confirm, readSources, sync, otherPermission])(
    'denies $name to who is not signed in',
    async permission => {
      expect(await decide(permission, { anonymous: true })).toEqual(DENY);
    },
  );

  it.each([
    ['an author', ['group:default/risk-analytics'], DENY, DENY],
    ['a risk officer', ['group:default/model-risk'], ALLOW, DENY],
    ['an admin', ['group:default/platform'], DENY, ALLOW],
  ])('decides for %s', async (_who, groups, onConfirm, onSync) => {
    expect(await decide(confirm, { groups })).toEqual(onConfirm);
    expect(await decide(sync, { groups })).toEqual(onSync);
    expect(await decide(read, { groups })).toEqual(ALLOW);
    expect(await decide(readSources, { groups })).toEqual(ALLOW);
    expect(await decide(writeLineage, { groups })).toEqual(DENY);
    expect(await decide(otherPermission, { groups })).toEqual(ALLOW);
  });

  it.each([
    acknowledge,
    attest,
    configure,
    editDictionary,
    giveReasons,
    readExplainedRows,
    readRows,
  ])(
    'keeps $name to the owners of a model and the risk groups',
    async permission => {
      const ofOwners = (groups: string[]) => ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'modelport',
        resourceType: 'modelport-model',
        conditions: {
          rule: 'IS_OWNED_BY',
          resourceType: 'modelport-model',
          params: { claims: ['user:default/ada', ...groups] },
        },
      });
      for (const group of ['risk-analytics', 'platform']) {
        const groups = [`group:default/${group}`];
        expect(await decide(permission, { groups })).toEqual(ofOwners(groups));
      }
      const groups = ['group:default/model-risk'];
      expect(await decide(permission, { groups })).toEqual(ALLOW);
      expect(await decide(permission, { anonymous: true })).toEqual(DENY);
    },
  );

  it('shows what is restricted to owners only', async () => {
    const policy = { restrictedSources: ['hr'], restrictedTiers: ['high'] };
    expect(await decide(read, { groups: ['group:default/x'], policy })).toEqual(
      {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'modelport',
        resourceType: 'modelport-model',
        conditions: {
          anyOf: [
            {
              rule: 'IS_OWNED_BY',
              resourceType: 'modelport-model',
              params: { claims: ['user:default/ada', 'group:default/x'] },
            },
            {
              not: {
                anyOf: [
                  {
                    rule: 'IS_FROM_SOURCE',
                    resourceType: 'modelport-model',
                    params: { sources: ['hr'] },
                  },
                  {
                    rule: 'HAS_RISK_TIER',
                    resourceType: 'modelport-model',
                    params: { tiers: ['high'] },
                  },
                ],
              },
            },
          ],
        },
      },
    );
  });

  it.each([
    ['risk-analytics', DENY],
    ['model-risk', DENY],
    ['platform', ALLOW],
  ])('lets %s delete entities or not', async (group, expected) => {
    const options = { groups: [`group:default/${group}`] };
    expect(await decide(deleteEntity, options)).toEqual(expected);
  });

  it.each([readEntity, refreshEntity])(
    'leaves $name of what is restricted to owners only',
    async permission => {
      const policy = { restrictedSources: ['hr'], restrictedTiers: ['high'] };
      const condition = (rule: string, params: object) => ({
        rule,
        resourceType: 'catalog-entity',
        params,
      });
      expect(
        await decide(permission, { groups: ['group:default/x'], policy }),
      ).toEqual({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          anyOf: [
            condition('IS_ENTITY_OWNER', {
              claims: ['user:default/ada', 'group:default/x'],
            }),
            {
              not: {
                anyOf: [
                  condition('HAS_ANNOTATION', {
                    annotation: 'modelport.io/source',
                    value: 'hr',
                  }),
                  condition('HAS_ANNOTATION', {
                    annotation: 'modelport.io/risk-tier',
                    value: 'high',
                  }),
                ],
              },
            },
          ],
        },
      });
    },
  );

  it.each(['group:default/model-risk', 'group:default/platform'])(
    'shows what is restricted to %s',
    async group => {
      const policy = { restrictedTiers: ['high'] };
      const options = { groups: [group], policy };
      expect(await decide(read, options)).toEqual(ALLOW);
      expect(await decide(readEntity, options)).toEqual(ALLOW);
    },
  );

  it('shows every entity where nothing is restricted', async () => {
    expect(await decide(readEntity, {})).toEqual(ALLOW);
  });

  it.each([
    ['risk-analytics', 'owned', 'owned', DENY, 'owned', 'owned'],
    ['model-risk', ALLOW, ALLOW, ALLOW, ALLOW, ALLOW],
    ['platform', 'owned', 'owned', DENY, ALLOW, ALLOW],
  ])(
    'lets %s ask, decide, waive, execute and roll back',
    async (group, ...expected) => {
      const groups = [`group:default/${group}`];
      const owned = {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'modelport',
        resourceType: 'modelport-promotion',
        conditions: {
          anyOf: [
            {
              rule: 'IS_OF_OWNER',
              resourceType: 'modelport-promotion',
              params: { claims: ['user:default/ada', ...groups] },
            },
            {
              rule: 'HAS_NO_OWNER',
              resourceType: 'modelport-promotion',
              params: {},
            },
          ],
        },
      };
      const permissions = [
        ...[requestPromotion, decidePromotion],
        ...[waive, execute, rollback],
      ];
      for (const [index, permission] of permissions.entries()) {
        expect(await decide(permission, { groups })).toEqual(
          expected[index] === 'owned' ? owned : expected[index],
        );
      }
      expect(await decide(readAudit, { groups })).toEqual(ALLOW);
    },
  );

  it('keeps guarded environments from owners at guarded tiers', async () => {
    const policy = { guardedEnvironments: ['production'] };
    const condition = (rule: string, params: object) => ({
      rule,
      resourceType: 'modelport-promotion',
      params,
    });
    const claims = ['user:default/ada', 'group:default/x'];
    const isOwned = {
      anyOf: [
        condition('IS_OF_OWNER', { claims }),
        condition('HAS_NO_OWNER', {}),
      ],
    };
    const isGuarded = {
      allOf: [
        condition('IS_INTO_ENVIRONMENT', { environments: ['production'] }),
        condition('IS_AT_RISK_TIER', { tiers: ['high'] }),
      ],
    };
    for (const permission of [execute, rollback]) {
      expect(
        await decide(permission, { groups: ['group:default/x'], policy }),
      ).toMatchObject({
        conditions: { allOf: [isOwned, { not: isGuarded }] },
      });
      const groups = ['group:default/model-risk'];
      expect(await decide(permission, { groups, policy })).toEqual(ALLOW);
    }
    expect(
      await decide(decidePromotion, { groups: ['group:default/x'], policy }),
    ).toMatchObject({ conditions: isOwned });
  });

  it('lets nobody confirm or sync where no groups are configured', async () => {
    const policy = { riskGroups: [], adminGroups: [] };
    const groups = ['group:default/model-risk', 'group:default/platform'];
    expect(await decide(confirm, { groups, policy })).toEqual(DENY);
    expect(await decide(sync, { groups, policy })).toEqual(DENY);
  });

  it.each([
    [{ restrictedTiers: ['huge'] }, 'modelport.policy.restrictedTiers'],
    [{ guardedTiers: ['huge'] }, 'modelport.policy.guardedTiers'],
    [{ riskGroups: [''] }, 'modelport.policy.riskGroups'],
    [{ adminGroups: 'all' }, 'modelport.policy.adminGroups'],
  ])('refuses %p', (policy, path) => {
    expect(() =>
      readPolicyConfig(new ConfigReader({ modelport: { policy } })),
    ).toThrow(path);
  });
});
