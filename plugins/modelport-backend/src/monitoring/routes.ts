import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsRouter } from '../router';
import { MonitoringService } from './MonitoringService';

/** Routes of what tools say of versions over time. */
export function addMonitoringRoutes(
  router: ModelsRouter,
  options: { service: MonitoringService; access: ModelsAccess },
): void {
  const { service, access } = options;

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
}
