import { ServiceUnavailableError } from '@backstage/errors';

/** How long a host may take for a clone or a push. */
export const GIT_MS = 300_000;

/**
 * Gives up on what takes too long: git over HTTP waits without end for a host that accepts a connection and then says
 * nothing.
 *
 * @param what - whose fault it is, and what was asked of it
 */
export async function withDeadline<T>(
  what: string,
  work: Promise<T>,
  ms: number = GIT_MS,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new ServiceUnavailableError(
            `${what} did not come to an end within ${ms / 1000} s`,
          ),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
