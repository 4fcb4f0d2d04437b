import { InputError } from '@backstage/errors';
import { messageOf } from '../messageOf';
import { parseJson } from '../parseJson';

/**
 * Reads JSON that may be anything.
 *
 * @throws `InputError` saying what is wrong with it and where.
 */
export function readJson(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    throw new InputError(
      `The body can't be taken, and nothing of it was kept. ${messageOf(
        error,
      )}`,
    );
  }
}
