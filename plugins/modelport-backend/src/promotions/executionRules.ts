import { ConflictError } from '@backstage/errors';
import { ExecutionStep } from '@modelport/plugin-modelport-common';
import { TrafficShare } from '@modelport/plugin-modelport-node';
import { ExecutionRecord, PromotionRecord } from './PromotionRecord';
import { revise } from './revise';
import { blockingGates, quorumOf } from './quorum';
import { isHeld, RESTORE, splitStep } from './rollout/rolloutRules';

/** The steps of an execution, in their order; not all of them are of each. */
export const STEPS = ['check', 'copy', 'set-alias', 'read-back'] as const;
export type Step = (typeof STEPS)[number] | `split-${number}` | typeof RESTORE;

/** The steps that bring a version where its policy says. */
function stepsOf({ copy, alias }: PromotionRecord['policy']): Step[] {
  return STEPS.filter(
    step =>
      (step !== 'copy' || copy !== undefined) &&
      (step !== 'set-alias' || alias !== null),
  );
}

/** All steps from its beginning; those that the registry was read back for stay done. */
function plannedSteps(promotion: PromotionRecord): ExecutionStep[] {
  const { rollout, execution, policy } = promotion;
  const [first, ...rest] = stepsOf(policy);
  const splits = (rollout?.steps ?? []).map((_, index) => splitStep(index + 1));
  const reached: string[] = splits.slice(0, rollout?.step);
  const done = execution.steps.filter(({ name }) => reached.includes(name));
  return rollout?.abort
    ? [...done, pending(RESTORE)]
    : [
        pending(first),
        ...done,
        ...[...splits.slice(reached.length), ...rest].map(pending),
      ];
}

function pending(name: Step): ExecutionStep {
  return { name, state: 'pending', message: null, at: null };
}

/** What is live in an environment, in words. */
export function placeName({ policy }: Pick<PromotionRecord, 'policy'>): string {
  const { alias, copy } = policy;
  if (!copy) {
    return alias ?? '';
  }
  return alias === null
    ? `the newest version of ${copy.name}`
    : `${alias} of ${copy.name}`;
}

/** An execution that has not begun. */
export function newExecution(
  expected: string | null,
  mark?: string,
): ExecutionRecord {
  return {
    state: 'waiting',
    message: null,
    steps: [],
    startedAt: null,
    finishedAt: null,
    attempts: 0,
    lease: null,
    expected,
    mark,
  };
}

/** Whether a holder may work on it now: it is approved, or whoever worked on it is gone. */
export function mayClaim(
  promotion: PromotionRecord,
  holder: string,
  at: string,
): boolean {
  const { lease } = promotion.execution;
  return (
    promotion.state === 'approved' ||
    (promotion.state === 'executing' &&
      !isHeld(promotion) &&
      (lease === null || lease.holder === holder || lease.until <= at))
  );
}

/** Takes the work on an execution over. */
export function claim(
  promotion: PromotionRecord,
  options: { holder: string; until: string; at: string },
): PromotionRecord {
  const { holder, until, at } = options;
  const { execution } = promotion;
  const isNew = promotion.state === 'approved';
  const claimed: PromotionRecord = {
    ...promotion,
    state: 'executing',
    execution: {
      ...execution,
      state: 'running',
      message: null,
      startedAt: execution.startedAt ?? at,
      finishedAt: null,
      // The next step of one that waited is no other attempt.
      attempts: execution.attempts + (isNew || execution.lease ? 1 : 0),
      lease: { holder, until },
      steps: isNew ? plannedSteps(promotion) : execution.steps,
    },
  };
  return isNew ? revise(claimed, at, 'Its execution began') : claimed;
}

/** Whether a holder still has the lease. */
export function holds(promotion: PromotionRecord, holder: string): boolean {
  return (
    promotion.state === 'executing' &&
    promotion.execution.lease?.holder === holder
  );
}

/** Notes a step as done and keeps the lease. */
export function stepDone(
  promotion: PromotionRecord,
  options: { step: Step; message: string | null; at: string; until: string },
): PromotionRecord {
  const { step, message, at, until } = options;
  const { execution } = promotion;
  return {
    ...promotion,
    execution: {
      ...execution,
      steps: execution.steps.map(other =>
        other.name === step ? { ...other, state: 'done', message, at } : other,
      ),
      lease: execution.lease && { ...execution.lease, until },
    },
  };
}

/** Keeps the lease while a step takes long. */
export function keep(
  promotion: PromotionRecord,
  until: string,
): PromotionRecord {
  const { execution } = promotion;
  return {
    ...promotion,
    execution: {
      ...execution,
      lease: execution.lease && { ...execution.lease, until },
    },
  };
}

/** Notes which copy is to be live. */
export function copied(
  promotion: PromotionRecord,
  made: { version: string; createdAt: string | null },
): PromotionRecord {
  return {
    ...promotion,
    execution: { ...promotion.execution, copied: made },
  };
}

/** Holder of the lease of an execution that waits for its registry. */
export const PAUSED = 'nobody';

/** Whether what was approved waits, and nothing was done at its registry. */
export function isUntouched({ state, execution }: PromotionRecord): boolean {
  return (
    state === 'approved' ||
    (state === 'executing' &&
      execution.lease?.holder === PAUSED &&
      execution.steps.every(step => step.state === 'pending'))
  );
}

/** Gives the work back till later: the registry can't be asked, and what it says is open. */
export function pause(
  promotion: PromotionRecord,
  options: { message: string; until: string },
): PromotionRecord {
  const { execution } = promotion;
  return {
    ...promotion,
    execution: {
      ...execution,
      message: options.message,
      lease: { holder: PAUSED, until: options.until },
    },
  };
}

/** It is live: the registry says so. */
export function finish(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  const { execution } = promotion;
  return revise(
    {
      ...promotion,
      state: 'live',
      execution: {
        ...execution,
        state: 'succeeded',
        message: `The registry says that ${placeName(promotion)} is ${
          promotion.policy.copy ? 'a copy of ' : ''
        }version ${promotion.version}`,
        finishedAt: at,
        lease: null,
        steps: execution.steps.map(step =>
          step.state === 'pending' ? { ...step, state: 'done', at } : step,
        ),
      },
    },
    at,
    'It is live',
  );
}

/** It did not come to be live, and nothing is under way any more. */
export function fail(
  promotion: PromotionRecord,
  options: { step: Step; message: string; at: string },
): PromotionRecord {
  const { step, message, at } = options;
  const { execution } = promotion;
  return revise(
    {
      ...promotion,
      state: 'failed',
      execution: {
        ...execution,
        state: 'failed',
        message,
        finishedAt: at,
        lease: null,
        steps: execution.steps.map(other =>
          other.name === step
            ? { ...other, state: 'failed', message, at }
            : other,
        ),
      },
    },
    at,
    `Its execution failed: ${message}`,
  );
}

/**
 * Lets a failed execution begin again.
 *
 * @param options - `expected` is what is live now, as who retries it knows.
 */
export function retry(
  promotion: PromotionRecord,
  options: {
    by: string;
    expected: string | null;
    /** How the environment is split now. */
    split?: TrafficShare[];
    at: string;
  },
): PromotionRecord {
  if (promotion.state !== 'failed') {
    throw new ConflictError(
      `The promotion ${promotion.id} is ${promotion.state}; only a failed execution is tried again`,
    );
  }
  // What goes back to the version before needs no approval.
  if (!promotion.rollout?.abort) {
    refuseUnlessApproved(promotion, options.at);
  }
  return revise(
    {
      ...promotion,
      state: 'approved',
      ...(promotion.rollout && {
        rollout: { ...promotion.rollout, expected: options.split ?? [] },
      }),
      execution: {
        ...promotion.execution,
        state: 'waiting',
        message: null,
        expected: options.expected,
        copied: undefined,
      },
    },
    options.at,
    `${options.by} let it be executed again`,
  );
}

/** @throws `ConflictError` where it would not be approved as things are now. */
function refuseUnlessApproved(promotion: PromotionRecord, at: string): void {
  const why = whyNotApproved(promotion, at);
  if (why !== null) {
    throw new ConflictError(
      `${why}. Nothing was changed; ask for the promotion anew.`,
    );
  }
}

/** Why it would not be approved as things are now; null where it would. */
export function whyNotApproved(
  promotion: PromotionRecord,
  at: string,
): string | null {
  const { id, expiresAt } = promotion;
  if (expiresAt <= at) {
    return `The promotion ${id} expired at ${expiresAt}`;
  }
  const blocking = blockingGates(promotion, at);
  if (blocking.length > 0) {
    return `The promotion ${id} is not approved any more: ${blocking
      .map(gate => `${gate.id} does not pass, and no waiver holds for it`)
      .join('; ')}`;
  }
  const { met, given, required } = quorumOf(promotion);
  return met
    ? null
    : `The promotion ${id} is not approved any more: ${given} of ${required} approvals count for what is known by now`;
}

/** What becomes of a live promotion when another one takes its place. */
export function replaced(
  promotion: PromotionRecord,
  options: { by: PromotionRecord; at: string },
): PromotionRecord {
  const { by, at } = options;
  return revise(
    {
      ...promotion,
      state: by.kind === 'rollback' ? 'rolled_back' : 'superseded',
      execution: {
        ...promotion.execution,
        finishedAt: at,
        message: `The promotion ${by.id} ${
          by.kind === 'rollback' ? 'brought' : 'made'
        } version ${by.version} ${
          by.kind === 'rollback' ? 'back' : 'live'
        } in its place, asked for by ${by.requestedBy}: ${by.reason}`,
      },
    },
    at,
    `The promotion ${by.id} took its place`,
  );
}
