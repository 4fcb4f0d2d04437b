import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { MonitoringService } from './MonitoringService';
import { ServingService } from './serving/ServingService';

const DEFAULT_HOURS = 24;

/** Routes of what tools say of versions over time. */
export function addMonitoringRoutes(
  router: ApiRouter,
  options: {
    service: MonitoringService;
    serving: ServingService;
    access: ModelsAccess;
  },
): void {
  const { service, serving, access } = options;

  router.get(
    '/models/:source/:name/versions/:version/monitoring',
    async (req, res) => {
      const visibility = await access.readable(req);
      res.json(await service.get({ ...req.params, ...req.query, visibility }));
    },
  );

  router.get(
    '/models/:source/:name/versions/:version/monitoring/heatmap',
    async (req, res) => {
      const visibility = await access.readable(req);
      res.json(
        await service.heatMap({ ...req.params, ...req.query, visibility }),
      );
    },
  );

  router.get('/models/:source/:name/serving', async (req, res) => {
    const visibility = await access.readable(req);
    const { source, name } = req.params;
    const { hours = DEFAULT_HOURS } = req.query;
    res.json(await serving.get({ source, name, visibility, hours }));
  });
}
