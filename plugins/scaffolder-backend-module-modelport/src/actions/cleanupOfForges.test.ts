import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../__testUtils__/runAction';
import { createRepoClaimAction } from './createRepoClaimAction';
import { createTaskCleanupAction } from './createTaskCleanupAction';

const OURS = 'a'.repeat(40);
const THEIRS = 'b'.repeat(40);
const GITEA = 'https://git.example.org/models/credit';
const AZURE = 'https://dev.azure.com/acme/ml/_git/credit';
const API = 'https://git.example.org/api/v1/repos/models/credit';
const AZURE_API = 'https://dev.azure.com/acme/ml/_apis/git/repositories/credit';

/** A repository that a host knows, with the commit of its main branch; null where nothing was pushed. */
interface Known {
  commit: string | null;
  refuses?: boolean;
}

describe('modelport:task:cleanup, of repositories that Backstage published', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let known: Known | undefined;
  let removed: string[];
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [{ host: 'git.example.org', username: 'ci', password: 'x' }],
        azure: [
          {
            host: 'dev.azure.com',
            credentials: [{ personalAccessToken: 'x' }],
          },
        ],
      },
    },
  });
  const integrations = ScmIntegrations.fromConfig(config);
  const claim = createRepoClaimAction({ config, integrations });
  const cleanup = createTaskCleanupAction({
    auth: mockServices.auth(),
    catalog: catalogServiceMock.mock({
      getLocations: async () => ({ items: [] }),
    }),
    config,
    discovery: mockServices.discovery(),
    integrations,
  });

  beforeEach(() => {
    known = undefined;
    removed = [];
    const find = () =>
      known
        ? HttpResponse.json({ id: 'an-id' })
        : HttpResponse.json({}, { status: 404 });
    const remove = ({ request }: { request: Request }) => {
      if (known?.refuses) {
        return HttpResponse.json({}, { status: 403 });
      }
      removed.push(request.url);
      return new HttpResponse(null, { status: 204 });
    };
    const refs = () => {
      const line = `${known?.commit} refs/heads/main\0 report-status\n`;
      return HttpResponse.text(
        `001f# service=git-receive-pack\n0000${
          known?.commit ? `003f${line}` : ''
        }0000`,
      );
    };
    server.use(
      http.get(API, find),
      http.get(AZURE_API, find),
      http.delete(API, remove),
      http.delete('https://dev.azure.com/acme/ml/_apis/*', remove),
      http.get(`${GITEA}/info/refs`, refs),
      http.get(`${AZURE}/info/refs`, refs),
    );
  });

  async function claimed(remoteUrl: string): Promise<string> {
    const input = { remoteUrl, sourcePath: 'repository' };
    const { workspacePath } = await runAction(claim, input);
    const git = join(workspacePath, 'repository/.git');
    mkdirSync(join(git, 'refs/heads'), { recursive: true });
    writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(git, 'refs/heads/main'), `${OURS}\n`);
    return workspacePath;
  }

  it.each([
    ['nothing was made', undefined, [], 'absent'],
    ['it was made, and the host died before the push', null, [API], 'removed'],
    ['what was pushed is all there is', OURS, [API], 'removed'],
    ['somebody else pushed meanwhile', THEIRS, [], 'left'],
  ])('removes them where %s', async (_, commit, urls, what) => {
    const workspacePath = await claimed(GITEA);
    known = commit === undefined ? undefined : { commit };
    const { output } = await runAction(cleanup, {}, { workspacePath });
    expect(removed).toEqual(urls);
    const name = `the repository ${GITEA}`;
    expect(output).toEqual({
      removed: what === 'removed' ? [name] : [],
      left:
        what === 'left'
          ? [`${name}: it holds something that this task did not push`]
          : [],
    });
  });

  it('names them where the host lets nobody remove them, or is down', async () => {
    const left = (why: string) => ({
      removed: [],
      left: [expect.stringContaining(`the repository ${GITEA}: ${why}`)],
    });
    const workspacePath = await claimed(GITEA);
    known = { commit: OURS, refuses: true };
    expect((await runAction(cleanup, {}, { workspacePath })).output).toEqual(
      left('The removal of'),
    );

    const other = await claimedAgain();
    server.use(http.get(API, () => HttpResponse.error()));
    expect(
      (await runAction(cleanup, {}, { workspacePath: other })).output,
    ).toEqual(left('The git host does not answer'));
  });

  async function claimedAgain(): Promise<string> {
    known = undefined;
    return claimed(GITEA);
  }

  it('removes them by their id on Azure', async () => {
    const workspacePath = await claimed(AZURE);
    known = { commit: OURS };
    await runAction(cleanup, {}, { workspacePath });
    expect(removed).toEqual([
      'https://dev.azure.com/acme/ml/_apis/git/repositories/an-id?api-version=7.1',
    ]);
  });
});
