import {
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { ModelSource } from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { FindSource } from '../models/SourceReadings';

/** A registry that does not answer in this time is taken for unreachable. */
export const ANSWER_MS = 30_000;

/** The registry can't be asked just now: whether something was done there is open. */
export class RegistryUnreachableError extends Error {}

/** Whether a registry refused something for good. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof NotFoundError ||
    error instanceof InputError ||
    error instanceof NotAllowedError ||
    (isError(error) &&
      ['NotFoundError', 'InputError', 'NotAllowedError'].includes(error.name))
  );
}

/**
 * Asks a registry.
 *
 * @param isFinal - whether an error says that asking again is of no use.
 * @throws what is final as it is, anything else as `RegistryUnreachableError`.
 */
export async function askRegistry<T>(
  sourceId: string,
  ask: () => Promise<T>,
  isFinal: (error: unknown) => boolean = () => false,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RegistryUnreachableError || isFinal(error)) {
      throw error;
    }
    throw new RegistryUnreachableError(
      `The registry "${sourceId}" could not be asked just now: ${messageOf(
        error,
      )}`,
    );
  }
}

/** The source to ask. */
export async function sourceOf(
  findSource: FindSource,
  id: string,
  signal: AbortSignal,
): Promise<ModelSource> {
  const source = await findSource(id, { signal });
  if (!source) {
    throw new Error(`the source "${id}" is no longer configured`);
  }
  return source;
}
