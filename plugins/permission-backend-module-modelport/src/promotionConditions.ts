import {
  AuthorizeResult,
  ConditionalPolicyDecision,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_PROMOTION } from '@modelport/plugin-modelport-common';

/** Promotions of models that someone owns, or nobody does, by the rules of the Modelport backend. */
export function ownedPromotions(claims: string[]): ConditionalPolicyDecision {
  const resourceType = RESOURCE_TYPE_PROMOTION;
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'modelport',
    resourceType,
    conditions: {
      anyOf: [
        { rule: 'IS_OF_OWNER', resourceType, params: { claims } },
        { rule: 'HAS_NO_OWNER', resourceType, params: {} },
      ],
    },
  };
}
