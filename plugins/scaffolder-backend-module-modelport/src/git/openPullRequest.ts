import { ScmIntegrations } from '@backstage/integration';
import { z } from 'zod';
import { refusalOf } from '../refusalOf';
import { Forge, forgeOf, versioned } from './forgeOf';
import { GitCredentials } from './gitCredentials';

const opened = z.union([
  z.object({ html_url: z.string() }).transform(each => each.html_url),
  z.object({ web_url: z.string() }).transform(each => each.web_url),
  z.object({ pullRequestId: z.number() }).transform(each => each.pullRequestId),
]);

/** A branch that was pushed, and what people are to read of it. */
export interface PullRequest {
  branch: string;
  into: string;
  title: string;
  body: string;
}

/**
 * Opens a pull request for a pushed branch, on hosts of which an integration is configured: GitHub, GitLab, Azure, Gitea.
 *
 * @returns its address; undefined on other hosts, where a person opens it
 * @throws an error with the host's reason where it refuses
 */
export async function openPullRequest(
  url: string,
  auth: GitCredentials,
  integrations: ScmIntegrations,
  request: PullRequest,
): Promise<string | undefined> {
  const forge = forgeOf(url, auth, integrations);
  if (!forge) {
    return undefined;
  }
  const { address, body } = wordsFor(forge, request);
  const answer = await forge.ask('POST', versioned(forge, address), body);
  if (!answer.ok) {
    throw await refusalOf(`A pull request for ${url}`, answer);
  }
  const found = opened.parse(await answer.json());
  return typeof found === 'number' ? `${url}/pullrequest/${found}` : found;
}

/** Each host names the parts of a pull request differently. */
function wordsFor({ type, repository }: Forge, request: PullRequest) {
  const { branch, into, title, body: description } = request;
  switch (type) {
    case 'gitlab':
      return {
        address: `${repository}/merge_requests`,
        body: {
          title,
          description,
          source_branch: branch,
          target_branch: into,
        },
      };
    case 'azure':
      return {
        address: `${repository}/pullrequests`,
        body: {
          title,
          description,
          sourceRefName: `refs/heads/${branch}`,
          targetRefName: `refs/heads/${into}`,
        },
      };
    default:
      return {
        address: `${repository}/pulls`,
        body: { title, body: description, head: branch, base: into },
      };
  }
}
