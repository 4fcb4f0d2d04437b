import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { openPullRequest } from './openPullRequest';

const REQUEST = {
  branch: 'modelport/adopt',
  into: 'main',
  title: 'Follow the standard',
  body: 'What was added.',
};
const AUTH = { username: 'ci', password: 'secret' };
const AT = '/pulls/7';

describe('openPullRequest', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const integrations = ScmIntegrations.fromConfig(
    mockServices.rootConfig({
      data: {
        integrations: {
          github: [{ host: 'github.com', token: 'x' }],
          gitlab: [
            {
              host: 'gitlab.example.org',
              token: 'x',
              apiBaseUrl: 'https://gitlab.example.org/api/v4',
            },
          ],
          azure: [
            {
              host: 'dev.azure.com',
              credentials: [{ personalAccessToken: 'x' }],
            },
          ],
          gitea: [{ host: 'git.example.org', username: 'ci', password: 'x' }],
        },
      },
    }),
  );

  it.each([
    [
      'https://github.com/team/credit',
      'https://api.github.com/repos/team/credit/pulls',
      { username: 'x-access-token', password: 'secret' },
      'Bearer secret',
      { html_url: AT },
      AT,
      { head: REQUEST.branch, base: 'main', body: REQUEST.body },
    ],
    [
      'https://gitlab.example.org/a/team/credit.git',
      'https://gitlab.example.org/api/v4/projects/a%2Fteam%2Fcredit/merge_requests',
      { username: 'oauth2', password: 'secret' },
      'Bearer secret',
      { web_url: AT },
      AT,
      { source_branch: REQUEST.branch, target_branch: 'main' },
    ],
    [
      'https://git.example.org/team/credit',
      'https://git.example.org/api/v1/repos/team/credit/pulls',
      AUTH,
      `Basic ${Buffer.from('ci:secret').toString('base64')}`,
      { html_url: AT },
      AT,
      { head: REQUEST.branch, base: 'main' },
    ],
    [
      'https://dev.azure.com/acme/My%20models/_git/credit',
      'https://dev.azure.com/acme/My%20models/_apis/git/repositories/credit/pullrequests',
      { username: 'token', password: 'secret' },
      `Basic ${Buffer.from('token:secret').toString('base64')}`,
      { pullRequestId: 7 },
      'https://dev.azure.com/acme/My%20models/_git/credit/pullrequest/7',
      {
        sourceRefName: `refs/heads/${REQUEST.branch}`,
        targetRefName: 'refs/heads/main',
        description: REQUEST.body,
      },
    ],
  ])(
    'asks the host of %s',
    async (url, address, auth, authorization, answer, at, body) => {
      const seen: unknown[] = [];
      server.use(
        http.post(address, async ({ request }) => {
          seen.push(request.headers.get('authorization'), await request.json());
          return HttpResponse.json(answer, { status: 201 });
        }),
      );
      expect(await openPullRequest(url, auth, integrations, REQUEST)).toBe(at);
      expect(seen).toEqual([authorization, expect.objectContaining(body)]);
    },
  );

  it('leaves it to a person on other hosts', async () => {
    const url = 'https://other.example.org/team/credit';
    expect(
      await openPullRequest(url, AUTH, integrations, REQUEST),
    ).toBeUndefined();
  });

  it('says what a host refused', async () => {
    server.use(
      http.post('https://git.example.org/*', () =>
        HttpResponse.json({ message: 'exists' }, { status: 409 }),
      ),
    );
    const url = 'https://git.example.org/team/credit';
    await expect(
      openPullRequest(url, AUTH, integrations, REQUEST),
    ).rejects.toThrow('409');
  });
});
