import {
  SourceVersion,
  SourceVersionDocuments,
} from '@modelport/plugin-modelport-node';
import {
  AnswerTooLargeError,
  isMissing,
  MlflowAnswerError,
} from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { none, readMlmodel } from './readMlmodel';

const MAX_BYTES = 1024 * 1024;

/**
 * Reads a version's `MLmodel` through the registry, which also serves copies and external stores.
 *
 * What concerns the server (no connection, 401, 429, 502 and above) is thrown. Another refusal is a message, and certain
 * only where MLflow itself says that there is no such file: 403 may be a permission that comes and goes, 404 a proxy's,
 * and MLflow gives 400 and 500 for stores that it can't reach just now, MLflow 2 for every file that isn't there.
 */
export async function readDocuments(
  client: MlflowClient,
  version: SourceVersion,
  signal: AbortSignal,
): Promise<SourceVersionDocuments> {
  try {
    const bytes = await client.getBytes('/model-versions/get-artifact', {
      query: { name: version.model, version: version.version, path: 'MLmodel' },
      signal,
      maxBytes: MAX_BYTES,
    });
    return readMlmodel(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof AnswerTooLargeError) {
      return none(
        `The MLmodel file of this version is larger than ${MAX_BYTES} bytes and was not read.`,
      );
    }
    if (isMissing(error)) {
      return none('This version has no MLmodel file.');
    }
    if (error instanceof MlflowAnswerError && concernsVersion(error.status)) {
      return none(
        `MLflow answered ${error.status} when asked for the MLmodel file of this version: there is none, or the server can't read where it is just now.`,
        { certain: false },
      );
    }
    throw error;
  }
}

function concernsVersion(status: number): boolean {
  return [400, 403, 404, 500].includes(status);
}
