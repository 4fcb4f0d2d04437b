import { NotFoundError } from '@backstage/errors';
import { modelportEvidencePushPermission } from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { EnvironmentsService } from './EnvironmentsService';
import { Observations } from './Observations';

const DEFAULT_LIMIT = 50;

/** Routes of what is, was and really serves in environments. */
export function addEnvironmentRoutes(
  router: ApiRouter,
  options: {
    environments: EnvironmentsService;
    observations: Observations;
    access: ModelsAccess;
  },
): void {
  const { environments, access } = options;

  router.get('/models/:source/:name/environments', async (req, res) => {
    const visibility = await access.readable(req);
    res.json(
      await environments.at({ ...req.params, ...req.query, visibility }),
    );
  });

  router.put(
    '/models/:source/:name/environments/:environment/observed',
    async (req, res) => {
      const { source, name, environment } = req.params;
      const { visibility, subject } = await access.service(
        req,
        modelportEvidencePushPermission,
      );
      await options.observations.put({
        ...req.params,
        visibility,
        by: `service:${subject}`,
        items: req.body.items,
      });
      const { items } = await environments.at({ source, name, visibility });
      const now = items.find(item => item.environment === environment);
      if (!now) {
        throw new NotFoundError(`There is no environment ${environment}`);
      }
      res.json(now);
    },
  );

  router.get(
    '/models/:source/:name/environments/:environment/history',
    async (req, res) => {
      const visibility = await access.readable(req);
      const { limit, cursor } = req.query;
      res.json(
        await environments.history({
          ...req.params,
          visibility,
          limit: Number(limit ?? DEFAULT_LIMIT),
          cursor,
        }),
      );
    },
  );
}
