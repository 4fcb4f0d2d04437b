import { HttpAuthService } from '@backstage/backend-plugin-api';
import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { RepositoriesService } from './RepositoriesService';

/** Routes of repositories. */
export function addRepositoriesRoutes(
  router: ApiRouter,
  options: {
    service: RepositoriesService;
    access: ModelsAccess;
    httpAuth: HttpAuthService;
  },
): void {
  const { service, access, httpAuth } = options;

  router.get('/models/:source/:name/repository', async (req, res) => {
    const visibility = await access.readable(req);
    res.json(
      await service.scorecard({
        ...req.params,
        visibility,
        credentials: await httpAuth.credentials(req),
        again: req.query.again ?? false,
      }),
    );
  });
}
