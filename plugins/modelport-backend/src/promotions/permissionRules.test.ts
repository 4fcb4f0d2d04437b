import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_PROMOTION } from '@modelport/plugin-modelport-common';
import { promotionPermissionRules, PromotionTarget } from './permissionRules';

const TARGET: PromotionTarget = {
  source: 'demo',
  name: 'credit',
  owner: 'group:default/team-x',
  riskTier: 'high',
  environment: 'production',
};

const condition = (rule: string, params = {}): PermissionCondition => ({
  rule,
  resourceType: RESOURCE_TYPE_PROMOTION,
  params,
});

function isAllowed(
  conditions: PermissionCriteria<PermissionCondition>,
  part: Partial<PromotionTarget> = {},
): boolean {
  return createConditionAuthorizer(Object.values(promotionPermissionRules))(
    {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'modelport',
      resourceType: RESOURCE_TYPE_PROMOTION,
      conditions,
    },
    { ...TARGET, ...part },
  );
}

it.each([
  [
    condition('IS_OF_OWNER', { claims: ['group:default/team-x'] }),
    { owner: 'group:default/team-y' },
  ],
  [condition('HAS_NO_OWNER'), {}],
  [condition('IS_OF_SOURCE', { sources: ['demo'] }), { source: 'mlflow' }],
  [condition('IS_AT_RISK_TIER', { tiers: ['high'] }), { riskTier: 'low' }],
  [
    condition('IS_INTO_ENVIRONMENT', { environments: ['production'] }),
    { environment: 'staging' },
  ],
] as const)('%j holds for what it names alone', (rule, other) => {
  const fits = rule.rule === 'HAS_NO_OWNER' ? { owner: null } : {};
  expect(isAllowed(rule, fits)).toBe(true);
  expect(isAllowed(rule, other)).toBe(false);
});

it('keeps owners from what is guarded, and from nothing else', () => {
  const conditions = {
    allOf: [
      condition('IS_OF_OWNER', { claims: ['group:default/team-x'] }),
      {
        not: {
          allOf: [
            condition('IS_INTO_ENVIRONMENT', { environments: ['production'] }),
            condition('IS_AT_RISK_TIER', { tiers: ['high'] }),
          ],
        },
      },
    ],
  } satisfies PermissionCriteria<PermissionCondition>;
  expect(isAllowed(conditions)).toBe(false);
  expect(isAllowed(conditions, { environment: 'staging' })).toBe(true);
  expect(isAllowed(conditions, { riskTier: 'medium' })).toBe(true);
  expect(isAllowed(conditions, { riskTier: 'medium', owner: null })).toBe(
    false,
  );
});
