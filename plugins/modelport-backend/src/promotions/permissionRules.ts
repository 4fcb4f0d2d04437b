import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_PROMOTION,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';

/**
 * What is asked for, or would be: what permissions on promotions are decided by.
 *
 * @public
 */
export interface PromotionTarget {
  source: string;
  name: string;
  owner: string | null;
  riskTier: RiskTier;
  environment: string;
}

/**
 * One condition on a promotion.
 *
 * @public
 */
export interface PromotionsFilter {
  key: 'owner' | 'source' | 'riskTier' | 'environment';
  values: string[];
}

/**
 * The resource that conditions on promotions apply to.
 *
 * @public
 */
export const promotionPermissionResourceRef = createPermissionResourceRef<
  PromotionTarget,
  PromotionsFilter
>().with({ pluginId: 'modelport', resourceType: RESOURCE_TYPE_PROMOTION });

const isOfOwner = createPermissionRule({
  name: 'IS_OF_OWNER',
  description: 'Allow promotions of models owned by one of the given entities',
  resourceRef: promotionPermissionResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('Entity refs of owners'),
  }),
  apply: ({ owner }, { claims }) => owner !== null && claims.includes(owner),
  toQuery: ({ claims }) => ({ key: 'owner', values: claims }),
});

const hasNoOwner = createPermissionRule({
  name: 'HAS_NO_OWNER',
  description:
    'Allow promotions of models of which nobody is known to own them',
  resourceRef: promotionPermissionResourceRef,
  apply: ({ owner }) => owner === null,
  toQuery: (): PromotionsFilter => ({ key: 'owner', values: [] }),
});

const isOfSource = createPermissionRule({
  name: 'IS_OF_SOURCE',
  description: 'Allow promotions of models of one of the given sources',
  resourceRef: promotionPermissionResourceRef,
  paramsSchema: z.object({
    sources: z.array(z.string()).describe('Source ids'),
  }),
  apply: ({ source }, { sources }) => sources.includes(source),
  toQuery: ({ sources }) => ({ key: 'source', values: sources }),
});

const isAtRiskTier = createPermissionRule({
  name: 'IS_AT_RISK_TIER',
  description:
    'Allow promotions of models of one of the given risk tiers; unconfirmed models count as high',
  resourceRef: promotionPermissionResourceRef,
  paramsSchema: z.object({
    tiers: z.array(z.enum(['low', 'medium', 'high'])).describe('Risk tiers'),
  }),
  apply: ({ riskTier }, { tiers }) => tiers.includes(riskTier),
  toQuery: ({ tiers }) => ({ key: 'riskTier', values: tiers }),
});

const isIntoEnvironment = createPermissionRule({
  name: 'IS_INTO_ENVIRONMENT',
  description: 'Allow promotions into one of the given environments',
  resourceRef: promotionPermissionResourceRef,
  paramsSchema: z.object({
    environments: z.array(z.string()).describe('Names of environments'),
  }),
  apply: ({ environment }, { environments }) =>
    environments.includes(environment),
  toQuery: ({ environments }) => ({ key: 'environment', values: environments }),
});

/**
 * Rules that policies may put on promotions.
 *
 * @public
 */
export const promotionPermissionRules = {
  isOfOwner,
  hasNoOwner,
  isOfSource,
  isAtRiskTier,
  isIntoEnvironment,
};
