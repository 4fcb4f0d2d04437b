import {
  AuthorizeResult,
  ConditionalPolicyDecision,
  PermissionCondition,
} from '@backstage/plugin-permission-common';

/**
 * Decides that a resource is for its owners where one of some conditions says that it is restricted, and else for
 * everybody.
 *
 * @returns undefined where nothing is restricted.
 */
export function unlessRestricted(options: {
  pluginId: string;
  resourceType: string;
  isOwned: PermissionCondition;
  isRestricted: PermissionCondition[];
}): ConditionalPolicyDecision | undefined {
  const { pluginId, resourceType, isOwned, isRestricted } = options;
  const [first, ...others] = isRestricted;
  return (
    first && {
      result: AuthorizeResult.CONDITIONAL,
      pluginId,
      resourceType,
      conditions: {
        anyOf: [isOwned, { not: { anyOf: [first, ...others] } }],
      },
    }
  );
}
