import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitRepositories } from './git/GitRepositories';
import { serveGit } from './git/serveGit';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;
const SERVICE = /^(upload|receive)-pack$/;

/**
 * Smart HTTP below `/git`, for programs on this machine alone: nobody signs in here, so nothing that another machine
 * or a page in a browser sends is taken.
 */
export function createRouter({
  repositories,
  httpAuth,
  logger,
}: {
  repositories: GitRepositories;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): Router {
  const router = PromiseRouter();

  router.use('/git', (request, _response, next) => {
    checkCaller(request);
    next();
  });

  router.get('/git/:repository/info/refs', async (request, response) => {
    const name = nameOf(request);
    const service = String(request.query.service ?? '').replace(/^git-/, '');
    if (!SERVICE.test(service)) {
      throw new NotFoundError('This host speaks smart HTTP only');
    }
    const there = await repositories.has(name);
    if (!there && service === 'upload-pack') {
      throw new NotFoundError(`There is no repository ${name}`);
    }
    await serveGit(
      request,
      response,
      repositories.root,
      `/${there ? name : '.empty'}.git/info/refs`,
    );
  });

  router.post('/git/:repository/git-upload-pack', async (request, response) => {
    const name = nameOf(request);
    if (!(await repositories.has(name))) {
      throw new NotFoundError(`There is no repository ${name}`);
    }
    const path = `/${name}.git/git-upload-pack`;
    await serveGit(request, response, repositories.root, path);
  });

  router.post(
    '/git/:repository/git-receive-pack',
    async (request, response) => {
      if (
        request.get('content-type') !== 'application/x-git-receive-pack-request'
      ) {
        throw new NotAllowedError('Only git pushes');
      }
      const name = nameOf(request);
      if (!(await repositories.has(name))) {
        await repositories.create(name);
        logger.info(`The repository ${name} was made by a push`);
      }
      const path = `/${name}.git/git-receive-pack`;
      await serveGit(request, response, repositories.root, path, async () => {
        if (await repositories.isEmpty(name)) {
          await repositories.remove(name);
        } else {
          await repositories.checkOut(name);
        }
      });
    },
  );

  router.get(
    '/git/:repository/blob/:ref/:path(*)',
    async (request, response) => {
      const name = nameOf(request);
      const commit = await repositories.commitOf(name, request.params.ref);
      const bytes = await repositories.readFile(
        name,
        commit,
        request.params.path,
      );
      response
        .set({
          'content-type': 'text/plain; charset=utf-8',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(bytes);
    },
  );

  router.get('/git/:repository', async (request, response) => {
    const name = nameOf(request);
    const commit = await repositories.commitOf(name, 'main');
    const files = await repositories.listFiles(name, commit, '');
    response
      .type('text/plain')
      .send(
        `git clone ${request.protocol}://${request.get('host')}${
          request.originalUrl
        }\n\n${files.map(({ path }) => path).join('\n')}\n`,
      );
  });

  router.delete('/git/:repository', async (request, response) => {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['service'],
    });
    if (principal.subject !== 'plugin:scaffolder') {
      throw new NotAllowedError('Only a task of the scaffolder removes one');
    }
    await repositories.remove(nameOf(request));
    response.status(204).end();
  });

  return router;
}

function nameOf(request: Request): string {
  return request.params.repository.replace(/\.git$/, '');
}

function checkCaller(request: Request): void {
  const fromHere = LOOPBACK.test(request.socket.remoteAddress ?? '');
  const toHere = LOOPBACK_HOST.test(request.get('host') ?? '');
  if (!fromHere || !toHere) {
    throw new NotAllowedError('This git host is for its own machine alone');
  }
  const site = request.get('sec-fetch-site');
  const elsewhere = site === 'cross-site' || request.get('origin');
  if (elsewhere && !(request.method === 'GET' && site !== 'cross-site')) {
    throw new NotAllowedError('Pages of browsers do not push here');
  }
}
