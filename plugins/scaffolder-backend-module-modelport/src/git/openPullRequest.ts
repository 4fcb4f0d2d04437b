import { ResponseError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { z } from 'zod';
import { GitCredentials } from './gitCredentials';

const opened = z.union([
  z.object({ html_url: z.string() }).transform(each => each.html_url),
  z.object({ web_url: z.string() }).transform(each => each.web_url),
]);

/** A branch that was pushed, and what people are to read of it. */
export interface PullRequest {
  branch: string;
  into: string;
  title: string;
  body: string;
}

/**
 * Opens a pull request for a pushed branch, on hosts of which an integration is configured: GitHub, GitLab, Gitea.
 *
 * @returns its address; undefined on other hosts, where a person opens it
 * @throws `ResponseError` where the host refuses
 */
export async function openPullRequest(
  url: string,
  auth: GitCredentials,
  integrations: ScmIntegrations,
  request: PullRequest,
): Promise<string | undefined> {
  const { branch, into, title, body } = request;
  const { host, pathname } = new URL(url);
  const path = pathname.replace(/^\/|\.git$|\/$/g, '');
  const token = 'token' in auth ? auth.token : auth.password;
  const forks = { title, body, head: branch, base: into };
  switch (integrations.byUrl(url)?.type) {
    case 'github': {
      const api =
        integrations.github.byUrl(url)?.config.apiBaseUrl ??
        `https://${host}/api/v3`;
      return post(`${api}/repos/${path}/pulls`, `Bearer ${token}`, forks);
    }
    case 'gitlab': {
      const api =
        integrations.gitlab.byUrl(url)?.config.apiBaseUrl ??
        `https://${host}/api/v4`;
      return post(
        `${api}/projects/${encodeURIComponent(path)}/merge_requests`,
        `Bearer ${token}`,
        {
          title,
          description: body,
          source_branch: branch,
          target_branch: into,
        },
      );
    }
    case 'gitea': {
      const base =
        integrations.gitea.byUrl(url)?.config.baseUrl ?? `https://${host}`;
      const user = 'username' in auth ? auth.username : '';
      const basic = Buffer.from(`${user}:${token}`).toString('base64');
      return post(
        `${base}/api/v1/repos/${path}/pulls`,
        `Basic ${basic}`,
        forks,
      );
    }
    default:
      return undefined;
  }
}

async function post(
  address: string,
  authorization: string,
  body: Record<string, string>,
): Promise<string> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      authorization,
      accept: 'application/json',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw await ResponseError.fromResponse(answer);
  }
  return opened.parse(await answer.json());
}
