import {
  ConditionalPolicyDecision,
  PermissionCondition,
} from '@backstage/plugin-permission-common';
import {
  ANNOTATION_RISK_TIER,
  ANNOTATION_SOURCE,
} from '@modelport/plugin-modelport-common';
import { PolicyConfig } from './policyConfig';
import { unlessRestricted } from './unlessRestricted';

/** Resource type of the catalog's entities. */
export const RESOURCE_TYPE_ENTITY = 'catalog-entity';

/**
 * The entities that someone may read, by the rules of the catalog: those of a model go by the annotations that say
 * which model it is, so that the entity tells nobody what the model itself would not; undefined for all of them.
 */
export function entityConditions(options: {
  claims: string[];
  config: PolicyConfig;
}): ConditionalPolicyDecision | undefined {
  const { restrictedSources, restrictedTiers } = options.config;
  return unlessRestricted({
    pluginId: 'catalog',
    resourceType: RESOURCE_TYPE_ENTITY,
    isOwned: condition('IS_ENTITY_OWNER', { claims: options.claims }),
    isRestricted: [
      ...restrictedSources.map(source =>
        hasAnnotation(ANNOTATION_SOURCE, source),
      ),
      ...restrictedTiers.map(tier => hasAnnotation(ANNOTATION_RISK_TIER, tier)),
    ],
  });
}

function hasAnnotation(annotation: string, value: string): PermissionCondition {
  return condition('HAS_ANNOTATION', { annotation, value });
}

function condition(
  rule: 'IS_ENTITY_OWNER' | 'HAS_ANNOTATION',
  params: { claims: string[] } | { annotation: string; value: string },
): PermissionCondition {
  return { rule, resourceType: RESOURCE_TYPE_ENTITY, params };
}
