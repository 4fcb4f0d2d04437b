import { Promotion } from '@modelport/plugin-modelport-common';

/** Seconds that the periods of a promotion took, as far as they are over and known. */
export interface TookTimes {
  /** From the request to its end without or with a decision. */
  decision?: { how: 'decided' | 'withdrawn' | 'expired'; seconds: number };
  /** From the decision until the registry said that it is live. */
  live?: number;
}

/** How long each period of a promotion took. */
export function tookTimes(promotion: Promotion): TookTimes {
  const { state, requestedAt, decidedAt, expiresAt, execution } = promotion;
  if (state === 'expired') {
    return expiresAt
      ? {
          decision: {
            how: 'expired',
            seconds: between(requestedAt, expiresAt),
          },
        }
      : {};
  }
  if (!decidedAt) {
    return {};
  }
  const { finishedAt } = execution;
  return {
    decision: {
      how: state === 'withdrawn' ? 'withdrawn' : 'decided',
      seconds: between(requestedAt, decidedAt),
    },
    ...(execution.state === 'succeeded' &&
      finishedAt && { live: between(decidedAt, finishedAt) }),
  };
}

function between(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
