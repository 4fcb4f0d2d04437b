import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { runAction } from '../__testUtils__/runAction';
import { Journal } from '../journal/Journal';
import { createRepoPublishAction } from './createRepoPublishAction';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  initRepoAndPush: jest.fn(),
}));

const URL = 'https://git.example.org/models/credit';
const REFS = `${URL}/info/refs`;

describe('modelport:repo:publish', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const push = jest.mocked(initRepoAndPush);
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [{ host: 'git.example.org', username: 'ci', password: 'pw' }],
      },
    },
  });
  const action = createRepoPublishAction({
    config,
    integrations: ScmIntegrations.fromConfig(config),
  });

  beforeEach(() => {
    push.mockReset();
    push.mockResolvedValue({ commitHash: 'c'.repeat(40) });
  });

  it('pushes to a repository that is not there or empty, as the integration says', async () => {
    let authorization: string | null = null;
    server.use(
      http.get(REFS, ({ request }) => {
        authorization = request.headers.get('authorization');
        return HttpResponse.text('', { status: 404 });
      }),
    );
    const { output, checkpoints, workspacePath } = await runAction(action, {
      remoteUrl: `${URL}/`,
    });
    expect(output).toEqual({
      remoteUrl: URL,
      catalogInfoUrl: `${URL}/src/branch/main/catalog-info.yaml`,
      repoContentsUrl: `${URL}/src/branch/main/`,
      commitHash: 'c'.repeat(40),
    });
    expect(checkpoints).toEqual([`push.${URL}`]);
    expect(authorization).toBe(
      `Basic ${Buffer.from('ci:pw').toString('base64')}`,
    );
    expect(push.mock.calls[0][0]).toMatchObject({
      dir: workspacePath,
      remoteUrl: URL,
      defaultBranch: 'main',
      auth: { username: 'ci', password: 'pw' },
      // else two tasks of the same moment take each other's commit for theirs
      commitMessage: 'Begin from template\n\nTask: task-1',
    });
    expect(await new Journal(workspacePath).read()).toEqual([
      { kind: 'repository', url: URL, source: '.', made: true },
    ]);
  });

  it('pushes once however often the task is tried, and again where cleaning up took it away', async () => {
    let there: string | null = null;
    server.use(
      http.get(REFS, () =>
        HttpResponse.text(
          `001f# service=git-receive-pack\n0000${
            there ? `003f${there} refs/heads/main\0 report-status\n` : ''
          }0000`,
        ),
      ),
    );
    const input = { remoteUrl: URL };
    const first = await runAction(action, input);
    there = 'c'.repeat(40);
    const again = await runAction(action, input, first);
    expect(again.output).toEqual(first.output);
    expect(push).toHaveBeenCalledTimes(1);

    there = null;
    push.mockResolvedValue({ commitHash: 'd'.repeat(40) });
    const after = await runAction(action, input, { kept: again.kept });
    expect(after.output.commitHash).toBe('d'.repeat(40));
    expect(await new Journal(after.workspacePath).read()).toHaveLength(1);
    there = 'd'.repeat(40);
    await runAction(action, input, { kept: after.kept });
    expect(push).toHaveBeenCalledTimes(2);

    there = 'e'.repeat(40);
    await expect(
      runAction(action, input, { kept: after.kept }),
    ).rejects.toThrow('There is something at');
  });

  it('touches no repository with anything in it', async () => {
    server.use(
      http.get(REFS, () =>
        HttpResponse.text(
          `001f# service=git-receive-pack\n0000003f${'a'.repeat(
            40,
          )} refs/heads/main\0 report-status\n0000`,
        ),
      ),
    );
    await expect(runAction(action, { remoteUrl: URL })).rejects.toThrow(
      'There is something at',
    );
    expect(push).not.toHaveBeenCalled();
  });

  it.each([
    [401, 'Configure an integration'],
    [403, 'refuses a push'],
    [502, 'answered 502'],
  ])('says what to do about %s', async (status, why) => {
    server.use(http.get(REFS, () => HttpResponse.text('', { status })));
    await expect(runAction(action, { remoteUrl: URL })).rejects.toThrow(why);
  });

  it('says so where the host dies half-way, and leaves a note for cleaning up', async () => {
    server.use(http.get(REFS, () => HttpResponse.text('', { status: 404 })));
    push.mockRejectedValue(new Error('socket hang up'));
    const workspacePath = (
      await runAction(action, { remoteUrl: URL }, { isDryRun: true })
    ).workspacePath;
    await expect(
      runAction(action, { remoteUrl: URL }, { workspacePath }),
    ).rejects.toThrow('The push to');
    expect(await new Journal(workspacePath).read()).toEqual([
      { kind: 'repository', url: URL, source: '.', made: true },
    ]);
  });

  it('says so where another task was faster', async () => {
    server.use(http.get(REFS, () => HttpResponse.text('', { status: 404 })));
    push.mockRejectedValue(
      new Error(
        'Push rejected because it was not a simple fast-forward. {data={"reason":"not-fast-forward"}}',
      ),
    );
    await expect(runAction(action, { remoteUrl: URL })).rejects.toThrow(
      /^Somebody else began a repository at .* nothing of this task is in it/,
    );
  });

  it('gives up on a host that accepts a push and then says nothing', async () => {
    server.use(http.get(REFS, () => HttpResponse.text('', { status: 404 })));
    push.mockReturnValue(new Promise(() => {}));
    const impatient = createRepoPublishAction({
      config,
      integrations: ScmIntegrations.fromConfig(config),
      ms: 20,
    });
    await expect(runAction(impatient, { remoteUrl: URL })).rejects.toThrow(
      'did not come to an end within 0.02 s',
    );
  });

  it.each([
    'git@example.org:models/credit',
    'file:///etc',
    'https://me:secret@example.org/x',
    'https://example.org/x?a=b',
    'nowhere',
  ])('takes no %s', async remoteUrl => {
    await expect(runAction(action, { remoteUrl })).rejects.toThrow('remoteUrl');
  });

  it('stays in the workspace', async () => {
    await expect(
      runAction(action, { remoteUrl: URL, sourcePath: '../..' }),
    ).rejects.toThrow(/outside|child path/);
  });
});
