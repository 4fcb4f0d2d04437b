import {
  AuthorizeResult,
  isPermission,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  modelportModelsConfirmRiskTierPermission,
  modelportModelsReadPermission,
  modelportSourcesSyncPermission,
  RESOURCE_TYPE_MODEL,
} from '@modelport/plugin-modelport-common';
import { PolicyConfig } from './policyConfig';

type ModelCriteria = PermissionCriteria<
  PermissionCondition<typeof RESOURCE_TYPE_MODEL>
>;

/**
 * Who is signed in may do everything, except for this: what is restricted is read by its owners, the risk groups and
 * the admin groups; risk groups confirm risk tiers; admin groups ask for passes over sources. Who is not signed in
 * may do nothing.
 */
export class ModelportPolicy implements PermissionPolicy {
  readonly #config: PolicyConfig;

  constructor(options: { config: PolicyConfig }) {
    this.#config = options.config;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const claims = user.info.ownershipEntityRefs;
    if (isPermission(permission, modelportModelsReadPermission)) {
      return this.#decideOnReading(claims);
    }
    if (isPermission(permission, modelportModelsConfirmRiskTierPermission)) {
      return onlyIn(this.#config.riskGroups, claims);
    }
    if (isPermission(permission, modelportSourcesSyncPermission)) {
      return onlyIn(this.#config.adminGroups, claims);
    }
    return { result: AuthorizeResult.ALLOW };
  }

  #decideOnReading(claims: string[]): PolicyDecision {
    const { riskGroups, adminGroups, restrictedSources, restrictedTiers } =
      this.#config;
    const restricted: ModelCriteria[] = [];
    if (restrictedSources.length > 0) {
      restricted.push(
        condition('IS_FROM_SOURCE', 'sources', restrictedSources),
      );
    }
    if (restrictedTiers.length > 0) {
      restricted.push(condition('HAS_RISK_TIER', 'tiers', restrictedTiers));
    }
    const [first, ...others] = restricted;
    if (!first || isIn([...riskGroups, ...adminGroups], claims)) {
      return { result: AuthorizeResult.ALLOW };
    }
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'modelport',
      resourceType: RESOURCE_TYPE_MODEL,
      conditions: {
        anyOf: [
          condition('IS_OWNED_BY', 'claims', claims),
          { not: { anyOf: [first, ...others] } },
        ],
      },
    };
  }
}

/** A condition on one of the rules that the Modelport backend has for its models. */
function condition(
  rule: 'IS_OWNED_BY' | 'IS_FROM_SOURCE' | 'HAS_RISK_TIER',
  param: string,
  values: string[],
): PermissionCondition<typeof RESOURCE_TYPE_MODEL> {
  return {
    rule,
    resourceType: RESOURCE_TYPE_MODEL,
    params: { [param]: values },
  };
}

function isIn(groups: string[], claims: string[]): boolean {
  return groups.some(group => claims.includes(group));
}

function onlyIn(groups: string[], claims: string[]): PolicyDecision {
  return {
    result: isIn(groups, claims) ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
  };
}
