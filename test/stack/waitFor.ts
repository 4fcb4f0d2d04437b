import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks until the answer is neither undefined, null nor false. An error counts as "not yet"; the last one is the cause
 * of the failure when the deadline passes.
 */
export async function waitFor<T>(
  what: string,
  ask: () =>
    | Promise<T | undefined | null | false>
    | T
    | undefined
    | null
    | false,
  options: { deadlineMs: number; everyMs?: number },
): Promise<T> {
  const end = Date.now() + options.deadlineMs;
  let cause: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) {
        return answer;
      }
      cause = undefined;
    } catch (error) {
      if (error instanceof GivenUp) {
        throw error;
      }
      cause = error;
    }
    if (Date.now() >= end) {
      throw new Error(
        `Waited ${options.deadlineMs / 1000} s in vain for ${what}${
          cause instanceof Error ? `: ${cause.message}` : ''
        }`,
        { cause },
      );
    }
    await pause(options.everyMs ?? 100);
  }
}

/** Ends a wait early: what is waited for can't come any more. */
export class GivenUp extends Error {}

/** Waits until an address answers with a status below 400. */
export async function waitForAddress(
  url: string,
  options: {
    deadlineMs: number;
    headers?: Record<string, string>;
    /** Checked before every request; throws `GivenUp` where waiting is pointless. */
    stillAlive?: () => void;
  },
): Promise<void> {
  await waitFor(
    url,
    async () => {
      options.stillAlive?.();
      const response = await fetch(url, {
        headers: options.headers,
        signal: AbortSignal.timeout(5_000),
      });
      await response.arrayBuffer();
      if (response.status >= 400) {
        throw new Error(`it answers ${response.status}`);
      }
      return true;
    },
    options,
  );
}
