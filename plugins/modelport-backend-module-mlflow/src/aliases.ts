import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { isForbidden, isMissing, MlflowAnswerError } from './client/errors';

/** MLflow keeps these for itself: `latest`, and what looks like a version. */
const RESERVED = /^(latest|v\d+)$/i;

/** As MLflow has them: letters, digits, dashes and underscores. */
const ALIAS = /^[\w-]{1,255}$/;

/** @throws `InputError` where MLflow allows no such alias. */
export function refuseOddAlias(alias: string): void {
  if (RESERVED.test(alias)) {
    throw new InputError(
      `MLflow keeps the alias "${alias}" for itself; choose another for the environment`,
    );
  }
  if (!ALIAS.test(alias)) {
    throw new InputError(
      `MLflow takes no alias "${alias.slice(
        0,
        80,
      )}"; expected letters, digits, dashes and underscores`,
    );
  }
}

/** What MLflow refuses for good, as errors that say so; whether anything else was done stays open. */
export async function orRefused<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) {
      throw new NotFoundError(error instanceof Error ? error.message : '');
    }
    if (isForbidden(error)) {
      throw new NotAllowedError(
        'MLflow refused it (403): the user of the portal may not write this model',
      );
    }
    if (error instanceof MlflowAnswerError && error.status === 400) {
      throw new InputError(error.message);
    }
    throw error;
  }
}
