import { Config } from '@backstage/config';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { RiskTier } from '@modelport/plugin-modelport-common';

const PATH = 'modelport.policy';

const RISK_TIERS: Record<RiskTier, true> = {
  low: true,
  medium: true,
  high: true,
};

/** What the sample policy goes by. */
export interface PolicyConfig {
  /** Groups whose members confirm risk tiers. */
  riskGroups: string[];
  /** Groups whose members ask for passes over sources. */
  adminGroups: string[];
  /** Sources whose models only their owners and the two kinds of groups read. */
  restrictedSources: string[];
  /** Risk tiers whose models only their owners and the two kinds of groups read. */
  restrictedTiers: RiskTier[];
  /** Environments in which only the two kinds of groups execute again, let steps go on and roll back. */
  guardedEnvironments: string[];
  /** Risk tiers of the models for which that holds. */
  guardedTiers: RiskTier[];
}

/**
 * Reads `modelport.policy`.
 *
 * @throws `InputError` with the path of a wrong value and what was expected there.
 */
export function readPolicyConfig(config: Config): PolicyConfig {
  const policy = config.getOptionalConfig(PATH);
  const strings = (key: string) => policy?.getOptionalStringArray(key) ?? [];
  return {
    riskGroups: strings('riskGroups').map(ref => groupRef('riskGroups', ref)),
    adminGroups: strings('adminGroups').map(ref =>
      groupRef('adminGroups', ref),
    ),
    restrictedSources: strings('restrictedSources'),
    restrictedTiers: tiersOf('restrictedTiers', strings('restrictedTiers')),
    guardedEnvironments: strings('guardedEnvironments'),
    guardedTiers: policy?.has('guardedTiers')
      ? tiersOf('guardedTiers', strings('guardedTiers'))
      : ['high'],
  };
}

function tiersOf(key: string, tiers: string[]): RiskTier[] {
  return tiers.map(tier => {
    if (!isRiskTier(tier)) {
      throw new InputError(
        `Invalid config at ${PATH}.${key}: expected low, medium or high, got '${tier}'`,
      );
    }
    return tier;
  });
}

function groupRef(key: string, ref: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `Invalid config at ${PATH}.${key}: expected the entity ref of a group, such as group:default/model-risk, got '${ref}'`,
    );
  }
}

function isRiskTier(value: string): value is RiskTier {
  return Object.hasOwn(RISK_TIERS, value);
}
