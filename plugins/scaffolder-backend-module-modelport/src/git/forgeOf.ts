import { ServiceUnavailableError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { refusalOf } from '../refusalOf';
import { GitCredentials } from './gitCredentials';

const TIMEOUT_MS = 30_000;

/** A host of repositories with an API besides git's, by the integration that is configured for it. */
export interface Forge {
  type: 'github' | 'gitlab' | 'azure' | 'gitea';
  /** Address of the repository in the host's API. */
  repository: string;
  /** Calls the host's API in the name of the integration. */
  ask(method: string, address: string, body?: unknown): Promise<Response>;
}

/**
 * The host of a repository, where an integration with GitHub, GitLab, Azure or Gitea is configured for it.
 *
 * @param url - address from which the repository can be cloned
 */
export function forgeOf(
  url: string,
  auth: GitCredentials,
  integrations: ScmIntegrations,
): Forge | undefined {
  const { origin, pathname } = new URL(url);
  const path = pathname.replace(/^\/|\.git$|\/$/g, '');
  const type = integrations.byUrl(url)?.type;
  const ask = asking(authorization(auth, type));
  switch (type) {
    case 'github': {
      const api =
        integrations.github.byUrl(url)?.config.apiBaseUrl ?? `${origin}/api/v3`;
      return { type, repository: `${api}/repos/${path}`, ask };
    }
    case 'gitlab': {
      const api =
        integrations.gitlab.byUrl(url)?.config.apiBaseUrl ?? `${origin}/api/v4`;
      const id = encodeURIComponent(path);
      return { type, repository: `${api}/projects/${id}`, ask };
    }
    case 'azure': {
      const [project, name] = path.split('/_git/');
      const repository = `${origin}/${project}/_apis/git/repositories/${name}`;
      return { type, repository, ask };
    }
    case 'gitea': {
      const base = integrations.gitea.byUrl(url)?.config.baseUrl ?? origin;
      return { type, repository: `${base}/api/v1/repos/${path}`, ask };
    }
    default:
      return undefined;
  }
}

/**
 * What the host's API says of the repository; undefined where it is not there.
 *
 * @throws an error with the host's reason where it refuses to say
 */
export async function findRepository(
  forge: Forge,
): Promise<unknown | undefined> {
  const answer = await forge.ask('GET', versioned(forge, forge.repository));
  if (answer.status === 404) {
    return undefined;
  }
  if (!answer.ok) {
    throw await refusalOf(`A look at ${forge.repository}`, answer);
  }
  return answer.json();
}

/** Azure wants the version of its API with every request. */
export function versioned(forge: Forge, address: string): string {
  return forge.type === 'azure' ? `${address}?api-version=7.1` : address;
}

function asking(headers: Record<string, string>): Forge['ask'] {
  return async (method, address, body) => {
    try {
      return await fetch(address, {
        method,
        headers: {
          ...headers,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `The git host does not answer at ${new URL(address).origin}`,
        error,
      );
    }
  };
}

/** All take git's password for basic authorisation, but for the APIs of GitHub and GitLab. */
function authorization(
  auth: GitCredentials,
  type: string | undefined,
): Record<string, string> {
  const token = 'token' in auth ? auth.token : auth.password;
  if (!token) {
    return {};
  }
  if ('token' in auth || type === 'github' || type === 'gitlab') {
    return { authorization: `Bearer ${token}` };
  }
  const basic = Buffer.from(`${auth.username}:${token}`).toString('base64');
  return { authorization: `Basic ${basic}` };
}
