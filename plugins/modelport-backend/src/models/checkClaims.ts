import { InputError } from '@backstage/errors';
import { EntityClaim } from '@modelport/plugin-modelport-common';
import { z } from 'zod';

const MAX_SOURCE = 255;
const MAX_NAME = 512;
/** Kind, namespace and name have at most 63 characters each unless a catalog has rules of its own. */
const MAX_REF = 255;

const text = (maxLength: number) =>
  z
    .string()
    .refine(
      value =>
        value.length > 0 && value.length <= maxLength && isStorable(value),
      `expected 1 to ${maxLength} characters without the null character or half of a pair`,
    );

const claimSchema = z.object({
  source: text(MAX_SOURCE).nullable(),
  name: text(MAX_NAME),
  entityRef: z
    .string()
    .max(MAX_REF, `expected at most ${MAX_REF} characters`)
    .refine(isStorable, 'expected no half of a pair of characters')
    .regex(
      /^[^\s:/\0]+:[^\s:/\0]+\/[^\s:/\0]+$/,
      'expected the full ref of an entity, such as resource:default/credit-risk',
    ),
});

/** PostgreSQL takes neither the null character nor a surrogate alone. */
function isStorable(value: string): boolean {
  return !/[\0\p{Cs}]/u.test(value);
}

/**
 * Checks claims of hand-written entities.
 *
 * @throws `InputError` with the first claim that cannot be one, and what was expected there.
 */
export function checkClaims(claims: EntityClaim[]): void {
  for (const [index, claim] of claims.entries()) {
    const issue = claimSchema.safeParse(claim).error?.issues[0];
    if (issue) {
      throw new InputError(
        `Claim ${index}, ${issue.path.join('.')}: ${
          issue.message
        }; the claims told before are kept`,
      );
    }
  }
}
