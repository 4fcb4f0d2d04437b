import {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { reservedOf } from '../model/columns';
import { readAnswers } from '../model/readAnswers';
import { TASK_FACTS, TASKS } from '../model/tasks';
import { templateValues } from '../model/templateValues';
import { renderLayers } from '../render/renderLayers';
import { repositoryHosts } from '../repository/repositoryHosts';
import { layersOf, newModelTemplate } from '../templates';

/** More than the answers with the largest sample of columns have. */
const MOST_BYTES = '1mb';

const previewRequest = z.strictObject({
  answers: z.record(z.string(), z.unknown()),
  path: z.string().max(500).optional(),
});

/**
 * What the form of "New ML model" asks while it is filled in: which metrics a task has, on which hosts a repository can
 * be made, and which files its answers make. Nothing is made, and nothing leaves the process.
 *
 * `GET modelport/hosts` answers `{hosts: [{host, type, title, owner, project, visibilities, missing}]}`;
 * `GET modelport/tasks/:task` answers `{metrics, gates, reserved}`; `POST modelport/preview` with `{answers, path?}` answers
 * `{files: [{path, bytes}], content}`, with the content of the file of `path`.
 */
export function createFormRouter(deps: {
  config: RootConfigService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  scaffolder: Pick<ScaffolderService, 'listActions'>;
}): express.Router {
  const router = Router();
  router.use(express.json({ limit: MOST_BYTES }));

  /** Who may start tasks may see what they would make. */
  async function authorise(
    request: express.Request,
  ): Promise<BackstageCredentials> {
    const credentials = await deps.httpAuth.credentials(request);
    const [{ result }] = await deps.permissions.authorize(
      [{ permission: taskCreatePermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not create from templates');
    }
    return credentials;
  }

  router.get('/modelport/tasks/:task', async (request, response) => {
    await authorise(request);
    const task = TASKS.find(each => each === request.params.task);
    if (task === undefined) {
      throw new InputError(`task: expected one of ${TASKS.join(', ')}`);
    }
    const { metrics, gates } = TASK_FACTS[task];
    response.json({ metrics, gates, reserved: reservedOf(task) });
  });

  router.get('/modelport/hosts', async (request, response) => {
    const credentials = await authorise(request);
    const actions = await deps.scaffolder.listActions({}, { credentials });
    const installed = new Set(actions.map(({ id }) => id));
    response.json({
      hosts: repositoryHosts(deps.config).map(
        ({ action, module, ...host }) => ({
          ...host,
          // what a person has to have installed before the host can be chosen
          missing: module === null || installed.has(action) ? null : module,
        }),
      ),
    });
  });

  router.post('/modelport/preview', async (request, response) => {
    await authorise(request);
    const given = previewRequest.safeParse(request.body);
    if (!given.success) {
      throw new InputError(
        'Expected an object with answers, and path where the content of a file is wanted',
      );
    }
    const values = templateValues(readAnswers(given.data.answers), 'mlflow');
    const tree = await renderLayers(
      newModelTemplate(),
      layersOf(values),
      values,
    );
    response.json({
      files: [...tree].map(([path, content]) => ({
        path,
        bytes: Buffer.byteLength(content),
      })),
      content:
        given.data.path === undefined
          ? null
          : tree.get(given.data.path) ?? null,
    });
  });
  return router;
}
