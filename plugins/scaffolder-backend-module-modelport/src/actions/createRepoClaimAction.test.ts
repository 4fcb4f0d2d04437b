import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { runAction } from '../__testUtils__/runAction';
import { Journal } from '../journal/Journal';
import { createRepoClaimAction } from './createRepoClaimAction';

const GITEA = 'https://git.example.org/models/credit';
const API = 'https://git.example.org/api/v1/repos/models/credit';

describe('modelport:repo:claim', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [{ host: 'git.example.org', username: 'ci', password: 'x' }],
      },
    },
  });
  const action = createRepoClaimAction({
    config,
    integrations: ScmIntegrations.fromConfig(config),
  });
  const isThere = (status: number) =>
    server.use(http.get(API, () => HttpResponse.json({ id: 1 }, { status })));

  it('notes what the task is about to make, where there is nothing yet', async () => {
    isThere(404);
    const { workspacePath } = await runAction(action, {
      remoteUrl: `${GITEA}/`,
      sourcePath: 'repository',
    });
    expect(await new Journal(workspacePath).read()).toEqual([
      { kind: 'repository', url: GITEA, source: 'repository', made: true },
    ]);
  });

  it('refuses where there is a repository, unless this task claimed it when it was tried before', async () => {
    isThere(404);
    const { kept } = await runAction(action, { remoteUrl: GITEA });
    isThere(200);
    await expect(runAction(action, { remoteUrl: GITEA })).rejects.toThrow(
      /There is a repository at .* already; nothing was made/,
    );
    const again = await runAction(action, { remoteUrl: GITEA }, { kept });
    expect(await new Journal(again.workspacePath).read()).toHaveLength(1);
  });

  it('looks only, in a dry run', async () => {
    isThere(200);
    const dry = { isDryRun: true };
    await expect(runAction(action, { remoteUrl: GITEA }, dry)).rejects.toThrow(
      'There is a repository',
    );
    isThere(404);
    const run = await runAction(action, { remoteUrl: GITEA }, dry);
    expect(run.checkpoints).toEqual([]);
    expect(await new Journal(run.workspacePath).read()).toEqual([]);
  });

  it('says so where the host does not answer, or refuses', async () => {
    server.use(http.get(API, () => HttpResponse.error()));
    await expect(runAction(action, { remoteUrl: GITEA })).rejects.toThrow(
      'The git host does not answer',
    );
    server.use(
      http.get(API, () =>
        HttpResponse.json({ message: 'token is out of date' }, { status: 401 }),
      ),
    );
    await expect(runAction(action, { remoteUrl: GITEA })).rejects.toThrow(
      'was refused with 401: token is out of date',
    );
    await expect(
      runAction(action, { remoteUrl: 'git@example.org:models/credit' }),
    ).rejects.toThrow('remoteUrl');
  });
});
