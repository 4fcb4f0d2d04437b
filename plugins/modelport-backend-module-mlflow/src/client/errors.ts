import { CustomErrorBase } from '@backstage/errors';

/** The server answered, but not with what was asked for. */
export class MlflowAnswerError extends CustomErrorBase {
  name = 'MlflowAnswerError' as const;

  constructor(
    message: string,
    readonly status: number,
    /** MLflow's own code; undefined where the answer is none of its JSON errors. */
    readonly errorCode?: string,
    /** MLflow's own words. */
    readonly detail?: string,
  ) {
    super(message);
  }
}

/** No whole answer came: the connection failed or the time ran out. */
export class MlflowConnectionError extends CustomErrorBase {
  name = 'MlflowConnectionError' as const;

  constructor(message: string, readonly timedOut: boolean, cause?: unknown) {
    super(message, cause);
  }
}

/** The answer is larger than what is taken. */
export class AnswerTooLargeError extends CustomErrorBase {
  name = 'AnswerTooLargeError' as const;
}

/** A list goes on beyond what is read of it. */
export class TooManyItemsError extends CustomErrorBase {
  name = 'TooManyItemsError' as const;
}

/** One thing in an answer is not what it should be; the rest of the answer is. */
export class UnreadableItemError extends CustomErrorBase {
  name = 'UnreadableItemError' as const;
}

/** Whether MLflow itself says that the thing asked for does not exist; a proxy's 404 or a missing workspace is no such word. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof MlflowAnswerError &&
    error.status === 404 &&
    error.errorCode === 'RESOURCE_DOES_NOT_EXIST' &&
    !/^Workspace\b/.test(error.detail ?? '')
  );
}

/** Whether what was to be made is there. */
export function isAlreadyThere(error: unknown): boolean {
  return (
    error instanceof MlflowAnswerError &&
    error.errorCode === 'RESOURCE_ALREADY_EXISTS'
  );
}

/** Whether the server does not know the endpoint, as an older one does not know newer endpoints. */
export function isUnknownEndpoint(error: unknown): boolean {
  return (
    error instanceof MlflowAnswerError &&
    (((error.status === 404 || error.status === 405) &&
      (error.errorCode === undefined ||
        error.errorCode === 'ENDPOINT_NOT_FOUND')) ||
      error.errorCode === 'NOT_IMPLEMENTED')
  );
}

/** What a person reads where the server refused. */
export const REFUSED = 'MLflow refused to show it (403)';

/** Whether the server refused for lack of permission. MLflow's own sign-in says so in plain text, as any proxy does. */
export function isForbidden(error: unknown): boolean {
  return error instanceof MlflowAnswerError && error.status === 403;
}
