import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  emptyMlflow,
  fakeMlflow,
  WITH_MLFLOW,
} from '../__testUtils__/fakeMlflow';
import { runAction } from '../__testUtils__/runAction';
import { Journal } from '../journal/Journal';
import { createExperimentEnsureAction } from './createExperimentEnsureAction';
import { createRegistryEnsureAction } from './createRegistryEnsureAction';
import { createTaskCleanupAction } from './createTaskCleanupAction';

const OURS = 'a'.repeat(40);
const THEIRS = 'b'.repeat(40);
const HOST = 'http://localhost:7007/api/modelport/git';
const URL = `${HOST}/credit`;

describe('modelport:task:cleanup', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let state = emptyMlflow();

  beforeEach(() => {
    state = emptyMlflow();
    server.use(...fakeMlflow(state));
  });

  describe('of what is in MLflow', () => {
    const registry = createRegistryEnsureAction({ config: WITH_MLFLOW });
    const experiment = createExperimentEnsureAction({ config: WITH_MLFLOW });
    const action = createTaskCleanupAction({
      auth: mockServices.auth(),
      catalog: catalogServiceMock.mock(),
      config: WITH_MLFLOW,
      discovery: mockServices.discovery(),
      integrations: ScmIntegrations.fromConfig(WITH_MLFLOW),
    });

    it('removes what this task made and nobody used, and nothing else', async () => {
      state.models.set('of-another', [{ key: 'modelport.task', value: 'x' }]);
      state.experiments.set('of-another', []);
      const { workspacePath } = await runAction(registry, { name: 'credit' });
      const more = { workspacePath };
      for (const name of ['of-another', 'used']) {
        await runAction(registry, { name }, more);
        await runAction(experiment, { name }, more);
      }
      await runAction(experiment, { name: 'credit' }, more);
      state.used.add('used');

      const { output } = await runAction(action, {}, more);
      expect(output).toEqual({
        removed: ['the registered model credit', 'the experiment credit'],
        left: [
          'the registered model used: it has versions',
          'the experiment used: there are runs in it',
        ],
      });
      expect([...state.models.keys()]).toEqual(['of-another', 'used']);
      expect(state.experiments.has('of-another')).toBe(true);
      const again = await runAction(action, {}, more);
      expect(again.output).toEqual({ removed: [], left: [] });
    });

    it('leaves the name of an experiment to who tries again', async () => {
      const { workspacePath } = await runAction(experiment, { name: 'credit' });
      await runAction(action, {}, { workspacePath });
      expect([...state.deleted]).toEqual(['credit (removed, credit)']);
      const again = await runAction(experiment, { name: 'credit' });
      expect(again.output.created).toBe(true);
    });

    it('does not name what MLflow refused to make', async () => {
      server.use(
        http.post('*/experiments/create', () =>
          HttpResponse.json({ message: 'No' }, { status: 403 }),
        ),
      );
      const { workspacePath } = await runAction(registry, { name: 'credit' });
      await expect(
        runAction(experiment, { name: 'credit' }, { workspacePath }),
      ).rejects.toThrow('403: No');
      const { output } = await runAction(action, {}, { workspacePath });
      expect(output).toEqual({
        removed: ['the registered model credit'],
        left: [],
      });
    });

    it('names what is left where MLflow is down', async () => {
      const { workspacePath } = await runAction(registry, { name: 'credit' });
      server.use(
        http.get('*/registered-models/get', () => HttpResponse.error()),
      );
      const { output } = await runAction(action, {}, { workspacePath });
      expect(output).toEqual({
        removed: [],
        left: [
          expect.stringMatching(/^the registered model credit: MLflow .* not/),
        ],
      });
    });
  });

  describe("of what is on the demo's git host", () => {
    const config = mockServices.rootConfig({
      data: {
        backend: { baseUrl: 'http://localhost:7007' },
        modelport: { githost: { directory: 'repositories' } },
      },
    });
    const catalog = catalogServiceMock.mock({
      getLocations: async () => ({
        items: ['credit', 'credit-two'].map(name => ({
          id: `of-${name}`,
          entityRef: `location:default/${name}`,
          type: 'url',
          target: `${HOST}/${name}/blob/main/catalog-info.yaml`,
        })),
      }),
    });
    const actionOf = (of: typeof config) =>
      createTaskCleanupAction({
        auth: mockServices.auth(),
        catalog,
        config: of,
        discovery: mockServices.discovery(),
        integrations: ScmIntegrations.fromConfig(of),
      });
    const action = actionOf(config);
    const removed = jest.fn();

    beforeEach(() => {
      jest.clearAllMocks();
      server.use(
        http.delete('*/api/modelport/git/credit', ({ request }) => {
          removed(request.headers.get('authorization'));
          return new HttpResponse(null, { status: 204 });
        }),
      );
    });

    /** A workspace from which was pushed, and a host on which there is a commit, or nothing. */
    async function pushed(commit: string | null): Promise<string> {
      const workspacePath = mkdtempSync(join(tmpdir(), 'workspace-'));
      const git = join(workspacePath, 'repository/.git');
      mkdirSync(join(git, 'refs/heads'), { recursive: true });
      writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n');
      writeFileSync(join(git, 'refs/heads/main'), `${OURS}\n`);
      await new Journal(workspacePath).add({
        kind: 'repository',
        url: URL,
        source: 'repository',
        made: false,
      });
      server.use(
        http.get(`${URL}/info/refs`, () =>
          HttpResponse.text(
            `001f# service=git-receive-pack\n0000${
              commit ? `003f${commit} refs/heads/main\0 report-status\n` : ''
            }0000`,
          ),
        ),
      );
      return workspacePath;
    }

    it('removes a repository and takes it out of the catalog', async () => {
      const workspacePath = await pushed(OURS);
      const { output } = await runAction(action, {}, { workspacePath });
      expect(output).toEqual({ removed: [`the repository ${URL}`], left: [] });
      expect(removed).toHaveBeenCalledWith(
        expect.stringMatching(/^Bearer mock-service-token/),
      );
      expect(catalog.removeLocationById).toHaveBeenCalledTimes(1);
      expect(catalog.removeLocationById).toHaveBeenCalledWith(
        'of-credit',
        expect.anything(),
      );
    });

    it('touches nothing of who was faster with the same name', async () => {
      const workspacePath = await pushed(THEIRS);
      const { output } = await runAction(action, {}, { workspacePath });
      expect(output).toEqual({
        removed: [],
        left: [
          `the repository ${URL}: it holds something that this task did not push`,
        ],
      });
      expect(removed).not.toHaveBeenCalled();
      expect(catalog.removeLocationById).not.toHaveBeenCalled();
    });

    it('knows what the task pushed when it was tried before', async () => {
      const workspacePath = await pushed(THEIRS);
      const head = join(workspacePath, 'repository/.git/HEAD');
      writeFileSync(head, `${THEIRS}\n`);
      const { output } = await runAction(action, {}, { workspacePath });
      expect(output.removed).toEqual([`the repository ${URL}`]);
    });

    it.each([
      [
        'what it pushed',
        OURS,
        1,
        'no API is known here by which its host removes it',
      ],
      [
        'the work of somebody else',
        THEIRS,
        0,
        'it holds something that this task did not push',
      ],
    ])(
      'names %s on a host that removes nothing, and takes only its own out of the catalog',
      async (_, commit, times, why) => {
        const other = actionOf(mockServices.rootConfig());
        const { output } = await runAction(
          other,
          {},
          { workspacePath: await pushed(commit) },
        );
        expect(output.left).toEqual([`the repository ${URL}: ${why}`]);
        expect(catalog.removeLocationById).toHaveBeenCalledTimes(times);
      },
    );

    it('has nothing to do where nothing arrived', async () => {
      const workspacePath = await pushed(null);
      server.use(
        http.delete(
          '*/api/modelport/git/credit',
          () => new HttpResponse(null, { status: 404 }),
        ),
      );
      const { output } = await runAction(action, {}, { workspacePath });
      expect(output).toEqual({ removed: [], left: [] });
    });
  });
});
