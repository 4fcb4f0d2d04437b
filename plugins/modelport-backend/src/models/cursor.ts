import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Writes a cursor: what the next page starts after, so that it stays right while rows come and go.
 */
export function encodeCursor(content: unknown): string {
  return Buffer.from(JSON.stringify(content), 'utf8').toString('base64url');
}

/**
 * Reads a cursor back.
 *
 * @throws `InputError` where it is not one that this list gave.
 */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    content = undefined;
  }
  const result = schema.safeParse(content);
  if (!result.success) {
    throw new InputError(
      'The cursor is not one that this list gave; start again without it',
    );
  }
  return result.data;
}

/** An id as databases give it, in a cursor that anyone may have written. */
export const rowId = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);
