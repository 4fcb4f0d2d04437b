import { TrafficShare } from '@modelport/plugin-modelport-node';
import { AbortRule, RolloutPlan } from './rolloutConfig';

/**
 * How far a version has come that is brought into its environment by steps. It waits at a step while `step` is `go`:
 * whoever lets it go on raises `go`, and the execution follows. One more than there are steps lets it be live.
 */
export interface RolloutRecord extends RolloutPlan {
  /** Steps that the registry was read back for. */
  step: number;
  /** Steps that it may go to. */
  go: number;
  /** Shares that the registry must have for a step to be made. */
  expected: TrafficShare[];
  /** Since when the last step is at the registry. */
  since: string | null;
  /** Who returns to the version before, and why; null where nobody does. */
  abort: { by: string; reason: string; at: string } | null;
  /** Why it does not go on by itself though its time is over; null where that is not so. */
  problem: string | null;
}

export type { AbortRule, RolloutPlan };
