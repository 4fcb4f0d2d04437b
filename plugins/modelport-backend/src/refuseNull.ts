import { InputError } from '@backstage/errors';

/** @throws `InputError` where a text that is looked for holds the null character, which PostgreSQL refuses. */
export function refuseNull(...texts: Array<string | undefined>): void {
  if (texts.some(text => text?.includes('\0'))) {
    throw new InputError('A filter holds the null character');
  }
}
