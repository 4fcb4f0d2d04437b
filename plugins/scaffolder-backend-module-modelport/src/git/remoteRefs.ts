import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { GitCredentials } from './gitCredentials';

const TIMEOUT_MS = 30_000;
const REF = /^[0-9a-f]{4}([0-9a-f]{40}) ([^\0\n]+)/;

/**
 * The branches and tags of a repository, by git's smart HTTP: commit by name. Undefined where there is no such
 * repository, which some hosts make with the first push.
 */
export async function remoteRefs(
  url: string,
  credentials: GitCredentials,
): Promise<Map<string, string> | undefined> {
  const answer = await fetch(`${url}/info/refs?service=git-receive-pack`, {
    headers: authorization(credentials),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  }).catch(error => {
    throw new ServiceUnavailableError(
      `The git host of ${url} does not answer; nothing was pushed`,
      error,
    );
  });
  if (answer.status === 404) {
    return undefined;
  }
  if (answer.status === 401) {
    throw new AuthenticationError(
      `The git host wants to know who pushes to ${url}. Configure an integration for it, or give the step a token`,
    );
  }
  if (answer.status === 403) {
    throw new NotAllowedError(`The git host refuses a push to ${url}`);
  }
  if (!answer.ok) {
    throw new ServiceUnavailableError(
      `The git host answered ${answer.status} for ${url}; nothing was pushed`,
    );
  }
  const refs = new Map<string, string>();
  for (const line of (await answer.text()).split('\n')) {
    const [, commit, name] = REF.exec(line.replace(/^0000/, '')) ?? [];
    if (commit && name.startsWith('refs/')) {
      refs.set(name, commit);
    }
  }
  return refs;
}

function authorization(credentials: GitCredentials): Record<string, string> {
  if ('token' in credentials) {
    return { authorization: `Bearer ${credentials.token}` };
  }
  const { username, password } = credentials;
  return username
    ? {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString(
          'base64',
        )}`,
      }
    : {};
}
