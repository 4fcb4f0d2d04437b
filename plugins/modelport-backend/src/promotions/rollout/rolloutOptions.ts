import { ConflictError, InputError } from '@backstage/errors';
import {
  RolloutKind,
  RolloutOption,
  TrafficSplitting,
} from '@modelport/plugin-modelport-common';
import { PromotionPolicy } from '../promotionsConfig';
import { abortRuleInWords } from './AbortConditions';
import { DIRECT, PolicyRollout } from './rolloutConfig';
import { RolloutRecord } from './RolloutRecord';

const KINDS: RolloutKind[] = ['direct', 'canary', 'shadow', 'ab'];

/** What decides over the ways into an environment. */
export interface RolloutFacts {
  policy: PromotionPolicy;
  traffic: TrafficSplitting;
  /** What is live there now. */
  fromVersion: string | null;
}

/** All ways into an environment, those first that the policy allows, and why not where one is not possible. */
export function rolloutOptions(facts: RolloutFacts): RolloutOption[] {
  const allowed = allowedOf(facts);
  const others = KINDS.filter(
    kind => !allowed.some(rollout => rollout.kind === kind),
  );
  return [
    ...allowed.map(rollout => optionOf(rollout, facts)),
    ...others.map(
      (kind): RolloutOption => ({
        kind,
        possible: false,
        message:
          (kind === 'direct' ? undefined : whyNotSplit(facts)) ??
          `The policy of ${facts.policy.environment} does not allow it`,
        next: 'manual',
        steps: [],
        abortOn: [],
      }),
    ),
  ];
}

/**
 * How a version comes there that is asked for; undefined where it comes at once.
 *
 * @param kind - the first that is possible where absent.
 * @throws `InputError` where the policy does not allow it; `ConflictError` where it is not possible.
 */
export function chooseRollout(
  facts: RolloutFacts,
  kind: RolloutKind | null | undefined,
): RolloutRecord | undefined {
  const allowed = allowedOf(facts);
  const options = rolloutOptions(facts);
  const wanted = kind ?? options.find(({ possible }) => possible)?.kind;
  const option = options.find(one => one.kind === (wanted ?? options[0].kind));
  if (!option?.possible) {
    const isAllowed = allowed.some(rollout => rollout.kind === option?.kind);
    const message = `It can not come as "${wanted}": ${option?.message}. Nothing was kept.`;
    throw isAllowed || whyNotSplit(facts) !== undefined
      ? new ConflictError(message)
      : new InputError(message);
  }
  const plan = allowed.find(rollout => rollout.kind === option.kind);
  return !plan || plan.kind === 'direct'
    ? undefined
    : {
        ...plan,
        step: 0,
        go: 1,
        expected: [],
        since: null,
        abort: null,
        problem: null,
      };
}

/** Where nothing is live there is nothing to share with: the first version comes at once. */
function allowedOf({ policy, fromVersion }: RolloutFacts): PolicyRollout[] {
  const rollouts = policy.rollouts ?? [DIRECT];
  return fromVersion === null && !rollouts.some(({ kind }) => kind === 'direct')
    ? [DIRECT, ...rollouts]
    : rollouts;
}

function optionOf(rollout: PolicyRollout, facts: RolloutFacts): RolloutOption {
  if (rollout.kind === 'direct') {
    return {
      kind: 'direct',
      possible: true,
      message: null,
      next: 'manual',
      steps: [],
      abortOn: [],
    };
  }
  const reason = whyNotSplit(facts);
  return {
    kind: rollout.kind,
    possible: reason === undefined,
    message: reason ?? null,
    next: rollout.next,
    steps: rollout.steps.map(({ percent, mode, holdMs }) => ({
      percent,
      mode,
      holdSeconds: holdMs / 1_000,
    })),
    abortOn: rollout.abortOn.map(abortRuleInWords),
  };
}

function whyNotSplit(facts: RolloutFacts): string | undefined {
  const { traffic, policy, fromVersion } = facts;
  if (!traffic.possible) {
    return traffic.message;
  }
  if (policy.copy || policy.alias === null) {
    return `${policy.environment} holds copies in another model, of which one has everything`;
  }
  return fromVersion === null
    ? `Nothing is live in ${policy.environment} to share with`
    : undefined;
}
