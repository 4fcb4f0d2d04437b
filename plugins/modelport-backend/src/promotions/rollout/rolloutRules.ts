import { ConflictError } from '@backstage/errors';
import { TrafficShare } from '@modelport/plugin-modelport-node';
import { PromotionRecord } from '../PromotionRecord';
import { revise } from '../revise';
import { RolloutRecord } from './RolloutRecord';
import { sharesInWords } from './shares';

/** The step of an execution that returns to the version before. */
export const RESTORE = 'restore';

/** Name of the step of an execution that splits traffic, counted from 1. */
export function splitStep(step: number): `split-${number}` {
  return `split-${step}`;
}

/** Shares while a step holds; none before the first, where the version before has everything. */
export function sharesAt(
  promotion: Pick<PromotionRecord, 'version' | 'rollout' | 'execution'>,
  step: number,
): TrafficShare[] {
  const planned = promotion.rollout?.steps[step - 1];
  const before = promotion.execution.expected;
  if (!planned || before === null) {
    return [];
  }
  const { percent, mode } = planned;
  return [
    {
      version: before,
      percent: mode === 'shadow' ? 100 : rounded(100 - percent),
      mode: 'live',
    },
    { version: promotion.version, percent, mode },
  ];
}

/** Whether it waits at a step, for time or for a person. */
export function isHeld(promotion: PromotionRecord): boolean {
  const { rollout, state } = promotion;
  return (
    state === 'executing' &&
    rollout !== undefined &&
    rollout.abort === null &&
    rollout.step > 0 &&
    rollout.step === rollout.go
  );
}

/** Till when a step holds at least; null where none does. */
export function heldUntil(rollout: RolloutRecord): string | null {
  const step = rollout.steps[rollout.step - 1];
  return step && rollout.since !== null
    ? new Date(Date.parse(rollout.since) + step.holdMs).toISOString()
    : null;
}

/** Notes a step that the registry was read back for; it waits from then on. */
export function stepLive(
  promotion: PromotionRecord,
  options: { step: number; at: string },
): PromotionRecord {
  const { step, at } = options;
  const { rollout, execution } = promotion;
  if (!rollout) {
    return promotion;
  }
  const message = `The registry says that ${sharesInWords(
    sharesAt(promotion, step),
  )}`;
  return revise(
    {
      ...promotion,
      rollout: {
        ...rollout,
        step,
        since: at,
        expected: sharesAt(promotion, step),
        problem: null,
      },
      execution: {
        ...execution,
        message,
        lease: null,
        steps: execution.steps.map(other =>
          other.name === splitStep(step)
            ? { ...other, state: 'done', message, at }
            : other,
        ),
      },
    },
    at,
    `Step ${step} of ${rollout.steps.length}: ${message}`,
  );
}

/** Why it can't go to the next step; undefined where it can. */
export function whyNotNext(
  promotion: PromotionRecord,
  at: string,
): string | undefined {
  const { rollout, id } = promotion;
  if (!rollout || !isHeld(promotion)) {
    return `The promotion ${id} waits at no step: it is ${promotion.state}`;
  }
  const until = heldUntil(rollout);
  return until !== null && until > at
    ? `Step ${rollout.step} holds till ${until}`
    : undefined;
}

/** @throws `ConflictError` where it waits at no step, or this one has to hold longer. */
export function goOn(
  promotion: PromotionRecord,
  options: { by: string; at: string },
): PromotionRecord {
  const { by, at } = options;
  const reason = whyNotNext(promotion, at);
  const { rollout } = promotion;
  if (reason !== undefined || !rollout) {
    throw new ConflictError(`${reason}. Nothing was changed.`);
  }
  return revise(
    {
      ...promotion,
      rollout: { ...rollout, go: rollout.go + 1, problem: null },
    },
    at,
    rollout.go === rollout.steps.length
      ? `${by} let it have everything`
      : `${by} let it go to step ${rollout.go + 1}`,
  );
}

/** Why it can't be aborted; undefined where it can. */
export function whyNotAbort(promotion: PromotionRecord): string | undefined {
  const { rollout, state, id, execution } = promotion;
  if (!rollout) {
    return `The promotion ${id} goes by no steps; what it brought is rolled back`;
  }
  if (rollout.abort !== null) {
    return `The promotion ${id} was aborted by ${rollout.abort.by} at ${rollout.abort.at}`;
  }
  // What was let have everything is finished first, and rolled back then.
  const isFinishing = rollout.go > rollout.steps.length && state !== 'failed';
  return !['executing', 'failed'].includes(state) ||
    isFinishing ||
    execution.steps.length === 0
    ? `The promotion ${id} is ${
        isFinishing ? 'having everything' : state
      }; nothing can be aborted`
    : undefined;
}

/**
 * Has the version before given back what it had; the execution does it.
 *
 * @throws `ConflictError` where nothing can be aborted.
 */
export function abort(
  promotion: PromotionRecord,
  options: { by: string; reason: string; at: string },
): PromotionRecord {
  const { by, reason, at } = options;
  const refused = whyNotAbort(promotion);
  const { rollout, execution } = promotion;
  if (refused !== undefined || !rollout) {
    throw new ConflictError(`${refused}. Nothing was changed.`);
  }
  return revise(
    {
      ...promotion,
      // What failed is claimed anew, as another one may be executed there meanwhile.
      state: promotion.state === 'failed' ? 'approved' : 'executing',
      rollout: { ...rollout, abort: { by, reason, at } },
      execution: {
        ...execution,
        message: null,
        finishedAt: null,
        steps: [
          ...execution.steps.filter(({ state }) => state !== 'pending'),
          { name: RESTORE, state: 'pending', message: null, at: null },
        ],
      },
    },
    at,
    `${by} aborted it: ${reason}`,
  );
}

/** The version before has everything again: the registry says so. */
export function restored(
  promotion: PromotionRecord,
  at: string,
): PromotionRecord {
  const { rollout, execution } = promotion;
  const message = `Aborted: ${
    rollout?.abort?.reason ?? ''
  }. The registry says that version ${execution.expected} has everything`;
  return revise(
    {
      ...promotion,
      state: 'rolled_back',
      execution: {
        ...execution,
        state: 'failed',
        message,
        finishedAt: at,
        lease: null,
        steps: execution.steps.map(step =>
          step.name === RESTORE ? { ...step, state: 'done', at } : step,
        ),
      },
    },
    at,
    message,
  );
}

/** Percentages as people write them. */
function rounded(percent: number): number {
  return Number(percent.toFixed(6));
}
