import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';

/** How git signs in. */
export type GitCredentials =
  | { username: string; password: string }
  | { token: string };

/** What a host wants of git without anybody signing in. */
export const ANONYMOUS: GitCredentials = { username: '', password: '' };

/**
 * The credentials for a repository's address: a token that was given, else those of the configured integration for its
 * host, else none.
 */
export async function gitCredentials(
  url: string,
  token: string | undefined,
  integrations: ScmIntegrations,
): Promise<GitCredentials> {
  if (token) {
    return { username: 'oauth2', password: token };
  }
  const integration = integrations.byUrl(url);
  switch (integration?.type) {
    case 'github': {
      const provider =
        DefaultGithubCredentialsProvider.fromIntegrations(integrations);
      const found = await provider.getCredentials({ url });
      return found.token
        ? { username: 'x-access-token', password: found.token }
        : ANONYMOUS;
    }
    case 'gitlab': {
      const provider =
        DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
      const found = await provider.getCredentials({ url });
      return found.token
        ? { username: 'oauth2', password: found.token }
        : ANONYMOUS;
    }
    case 'azure': {
      const provider =
        DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
      const found = await provider.getCredentials({ url });
      if (found?.type === 'bearer') {
        return { token: found.token };
      }
      return found ? { username: 'token', password: found.token } : ANONYMOUS;
    }
    case 'gitea': {
      const { username, password } =
        integrations.gitea.byUrl(url)?.config ?? {};
      return password ? { username: username ?? 'git', password } : ANONYMOUS;
    }
    default:
      return ANONYMOUS;
  }
}
