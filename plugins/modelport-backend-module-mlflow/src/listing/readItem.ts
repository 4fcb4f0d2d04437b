import { z } from 'zod';
import { UnreadableItemError } from '../client/errors';
import { oneLine } from '../client/oneLine';

/**
 * Checks one thing of an answer.
 *
 * @throws `UnreadableItemError` that says where in it what is wrong; not what stands there
 */
export function readItem<T>(schema: z.ZodType<T>, raw: unknown): T {
  const result = schema.safeParse(raw);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  const path = issue.path.map(String).join('.') || 'its root';
  throw new UnreadableItemError(
    `MLflow's answer for it is not what it should be, at ${oneLine(
      path,
    )}: ${oneLine(issue.message)}.`,
  );
}
