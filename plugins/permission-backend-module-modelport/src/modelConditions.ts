import {
  AuthorizeResult,
  ConditionalPolicyDecision,
  PermissionCondition,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_MODEL } from '@modelport/plugin-modelport-common';
import { PolicyConfig } from './policyConfig';
import { unlessRestricted } from './unlessRestricted';

/** The models that someone may read, by the rules of the Modelport backend; undefined for all of them. */
export function modelConditions(options: {
  claims: string[];
  config: PolicyConfig;
}): ConditionalPolicyDecision | undefined {
  const { restrictedSources, restrictedTiers } = options.config;
  const isRestricted: PermissionCondition[] = [];
  if (restrictedSources.length > 0) {
    isRestricted.push(
      condition('IS_FROM_SOURCE', 'sources', restrictedSources),
    );
  }
  if (restrictedTiers.length > 0) {
    isRestricted.push(condition('HAS_RISK_TIER', 'tiers', restrictedTiers));
  }
  return unlessRestricted({
    pluginId: 'modelport',
    resourceType: RESOURCE_TYPE_MODEL,
    isOwned: condition('IS_OWNED_BY', 'claims', options.claims),
    isRestricted,
  });
}

/** The models that someone owns, by the rules of the Modelport backend. */
export function ownedModels(claims: string[]): ConditionalPolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'modelport',
    resourceType: RESOURCE_TYPE_MODEL,
    conditions: condition('IS_OWNED_BY', 'claims', claims),
  };
}

function condition(
  rule: 'IS_OWNED_BY' | 'IS_FROM_SOURCE' | 'HAS_RISK_TIER',
  param: string,
  values: string[],
): PermissionCondition {
  return {
    rule,
    resourceType: RESOURCE_TYPE_MODEL,
    params: { [param]: values },
  };
}
