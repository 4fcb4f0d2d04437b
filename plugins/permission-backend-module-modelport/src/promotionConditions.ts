import {
  AuthorizeResult,
  ConditionalPolicyDecision,
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_PROMOTION } from '@modelport/plugin-modelport-common';
import { PolicyConfig } from './policyConfig';

/** Promotions of models that someone owns, or nobody does, by the rules of the Modelport backend. */
export function ownedPromotions(claims: string[]): ConditionalPolicyDecision {
  return decision(isOwned(claims));
}

/** The same without those into a guarded environment at a guarded risk tier. */
export function unguardedPromotions(options: {
  claims: string[];
  config: PolicyConfig;
}): ConditionalPolicyDecision {
  const { guardedEnvironments, guardedTiers } = options.config;
  if (guardedEnvironments.length === 0) {
    return ownedPromotions(options.claims);
  }
  const isGuarded: PermissionCriteria<PermissionCondition> = {
    allOf: [
      condition('IS_INTO_ENVIRONMENT', { environments: guardedEnvironments }),
      condition('IS_AT_RISK_TIER', { tiers: guardedTiers }),
    ],
  };
  return decision({ allOf: [isOwned(options.claims), { not: isGuarded }] });
}

function isOwned(claims: string[]): PermissionCriteria<PermissionCondition> {
  return {
    anyOf: [
      condition('IS_OF_OWNER', { claims }),
      condition('HAS_NO_OWNER', {}),
    ],
  };
}

function decision(
  conditions: PermissionCriteria<PermissionCondition>,
): ConditionalPolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'modelport',
    resourceType: RESOURCE_TYPE_PROMOTION,
    conditions,
  };
}

function condition(
  rule:
    | 'IS_OF_OWNER'
    | 'HAS_NO_OWNER'
    | 'IS_INTO_ENVIRONMENT'
    | 'IS_AT_RISK_TIER',
  params: Record<string, string[]>,
): PermissionCondition {
  return { rule, resourceType: RESOURCE_TYPE_PROMOTION, params };
}
