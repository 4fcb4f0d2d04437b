import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { Model, RESOURCE_TYPE_MODEL } from '@modelport/plugin-modelport-common';
import { z } from 'zod';

/** One condition on a column of the models table, as the store turns it into SQL. */
export interface ModelsFilter {
  key: 'owner' | 'source' | 'riskTier';
  values: string[];
}

/**
 * The resource that conditions on models apply to.
 *
 * @public
 */
export const modelPermissionResourceRef = createPermissionResourceRef<
  Model,
  ModelsFilter
>().with({ pluginId: 'modelport', resourceType: RESOURCE_TYPE_MODEL });

const isOwnedBy = createPermissionRule({
  name: 'IS_OWNED_BY',
  description: 'Allow models owned by one of the given entities',
  resourceRef: modelPermissionResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('Entity refs of owners'),
  }),
  apply: (model, { claims }) =>
    model.owner !== null && claims.includes(model.owner),
  toQuery: ({ claims }) => ({ key: 'owner', values: claims }),
});

const isFromSource = createPermissionRule({
  name: 'IS_FROM_SOURCE',
  description: 'Allow models of one of the given sources',
  resourceRef: modelPermissionResourceRef,
  paramsSchema: z.object({
    sources: z.array(z.string()).describe('Source ids'),
  }),
  apply: (model, { sources }) => sources.includes(model.source),
  toQuery: ({ sources }) => ({ key: 'source', values: sources }),
});

const hasRiskTier = createPermissionRule({
  name: 'HAS_RISK_TIER',
  description:
    'Allow models of one of the given risk tiers; unconfirmed models count as high',
  resourceRef: modelPermissionResourceRef,
  paramsSchema: z.object({
    tiers: z.array(z.enum(['low', 'medium', 'high'])).describe('Risk tiers'),
  }),
  apply: (model, { tiers }) => tiers.includes(model.riskTier),
  toQuery: ({ tiers }) => ({ key: 'riskTier', values: tiers }),
});

/**
 * Rules that policies may put on models.
 *
 * @public
 */
export const modelPermissionRules = { isOwnedBy, isFromSource, hasRiskTier };
