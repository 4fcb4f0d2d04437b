import {
  AuthorizeResult,
  ConditionalPolicyDecision,
  isPermission,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  modelportAlertsAcknowledgePermission,
  modelportCardsAttestPermission,
  modelportEvidenceEraseRowsPermission,
  modelportEvidenceManageTokensPermission,
  modelportEvidenceReadRowsPermission,
  modelportExplanationsConfirmDictionaryPermission,
  modelportExplanationsEditDictionaryPermission,
  modelportExplanationsGiveReasonsPermission,
  modelportExplanationsReadRowsPermission,
  modelportLineageWritePermission,
  modelportModelsConfirmRiskTierPermission,
  modelportModelsReadPermission,
  modelportMonitoringConfigurePermission,
  modelportPromotionsDecidePermission,
  modelportPromotionsExecutePermission,
  modelportPromotionsRequestPermission,
  modelportPromotionsRollbackPermission,
  modelportPromotionsWaivePermission,
  modelportSourcesSyncPermission,
} from '@modelport/plugin-modelport-common';
import { entityConditions, RESOURCE_TYPE_ENTITY } from './entityConditions';
import { modelConditions, ownedModels } from './modelConditions';
import { PolicyConfig } from './policyConfig';
import { ownedPromotions, unguardedPromotions } from './promotionConditions';

/** The catalog's permission to take an entity away, which what brought it would only bring again. */
const DELETE_ENTITY = 'catalog.entity.delete';

/**
 * Who is signed in may do everything, except for this: what is restricted is read by its owners, the risk groups and
 * the admin groups, as a model and as its entity of the catalog; risk groups confirm risk tiers and dictionaries of reason codes; admin groups ask for
 * passes over sources, delete entities of the catalog and erase what is kept of a person; push tokens are made by a model's owners and admin groups;
 * rows of people are read, cards attested, reasons of decisions given, dictionaries proposed, promotions asked for and decided, alerts acknowledged, and monitors and alert rules set by its owners and the risk groups; lineage is told by services only. Who is not signed in may do nothing.
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
      return this.#decideOnReading(claims, modelConditions);
    }
    if (permission.name === DELETE_ENTITY) {
      return onlyIn(this.#config.adminGroups, claims);
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_ENTITY)) {
      // What may not be read may not be refreshed either.
      return this.#decideOnReading(claims, entityConditions);
    }
    if (
      isPermission(permission, modelportModelsConfirmRiskTierPermission) ||
      isPermission(permission, modelportExplanationsConfirmDictionaryPermission)
    ) {
      return onlyIn(this.#config.riskGroups, claims);
    }
    if (
      isPermission(permission, modelportSourcesSyncPermission) ||
      isPermission(permission, modelportEvidenceEraseRowsPermission)
    ) {
      return onlyIn(this.#config.adminGroups, claims);
    }
    if (isPermission(permission, modelportEvidenceManageTokensPermission)) {
      return isIn(this.#config.adminGroups, claims)
        ? { result: AuthorizeResult.ALLOW }
        : ownedModels(claims);
    }
    if (
      isPermission(permission, modelportAlertsAcknowledgePermission) ||
      isPermission(permission, modelportCardsAttestPermission) ||
      isPermission(permission, modelportMonitoringConfigurePermission) ||
      isPermission(permission, modelportEvidenceReadRowsPermission) ||
      isPermission(permission, modelportExplanationsReadRowsPermission) ||
      isPermission(permission, modelportExplanationsEditDictionaryPermission) ||
      isPermission(permission, modelportExplanationsGiveReasonsPermission)
    ) {
      return isIn(this.#config.riskGroups, claims)
        ? { result: AuthorizeResult.ALLOW }
        : ownedModels(claims);
    }
    if (isPermission(permission, modelportLineageWritePermission)) {
      // Services tell it, which never reach a policy.
      return { result: AuthorizeResult.DENY };
    }
    if (isPermission(permission, modelportPromotionsWaivePermission)) {
      return onlyIn(this.#config.riskGroups, claims);
    }
    if (
      isPermission(permission, modelportPromotionsRequestPermission) ||
      isPermission(permission, modelportPromotionsDecidePermission)
    ) {
      return isIn(this.#config.riskGroups, claims)
        ? { result: AuthorizeResult.ALLOW }
        : ownedPromotions(claims);
    }
    if (
      isPermission(permission, modelportPromotionsExecutePermission) ||
      isPermission(permission, modelportPromotionsRollbackPermission)
    ) {
      const { riskGroups, adminGroups } = this.#config;
      return isIn([...riskGroups, ...adminGroups], claims)
        ? { result: AuthorizeResult.ALLOW }
        : unguardedPromotions({ claims, config: this.#config });
    }
    return { result: AuthorizeResult.ALLOW };
  }

  #decideOnReading(
    claims: string[],
    conditionsOf: (options: {
      claims: string[];
      config: PolicyConfig;
    }) => ConditionalPolicyDecision | undefined,
  ): PolicyDecision {
    const { riskGroups, adminGroups } = this.#config;
    const conditional = isIn([...riskGroups, ...adminGroups], claims)
      ? undefined
      : conditionsOf({ claims, config: this.#config });
    return conditional ?? { result: AuthorizeResult.ALLOW };
  }
}

function isIn(groups: string[], claims: string[]): boolean {
  return groups.some(group => claims.includes(group));
}

function onlyIn(groups: string[], claims: string[]): PolicyDecision {
  return {
    result: isIn(groups, claims) ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
  };
}
