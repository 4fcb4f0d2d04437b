import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';

/** Databases' errors come with their statement, and may come with its values: these are for the log, and for no answer. */
export function hideStatements(logger: LoggerService): ErrorRequestHandler {
  return (error, req, _res, next) => {
    if (!isOfDatabase(error)) {
      next(error);
      return;
    }
    logger.error(`${req.method} ${req.path} failed in the database`, error);
    next(
      new Error(
        'The database refused what this request asked of it; the log of the portal says why.',
      ),
    );
  };
}

function isOfDatabase(error: unknown): error is Error {
  return (
    isError(error) &&
    (/^(SqliteError|DatabaseError|KnexTimeoutError)$/.test(
      error.constructor.name,
    ) ||
      ('code' in error && /^SQLITE_/.test(String(error.code))) ||
      ('severity' in error && 'routine' in error))
  );
}
