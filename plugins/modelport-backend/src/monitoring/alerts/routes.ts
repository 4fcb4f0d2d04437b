import { modelportAlertsAcknowledgePermission } from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../../models/ModelsAccess';
import { ApiRouter } from '../../router';
import { AlertsService } from './AlertsService';

const DEFAULT_LIMIT = 50;

/** Routes of alerts. */
export function addAlertsRoutes(
  router: ApiRouter,
  options: { service: AlertsService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get('/alerts', async (req, res) => {
    const visibility = await access.readable(req);
    const { limit = DEFAULT_LIMIT, ...query } = req.query;
    res.json(await service.list({ ...query, limit, visibility }));
  });

  router.post('/alerts/:id/acknowledge', async (req, res) => {
    const { visibility, userEntityRef } = await access.person(
      req,
      modelportAlertsAcknowledgePermission,
    );
    res.json(
      await service.acknowledge(
        req.params.id,
        userEntityRef,
        req.body,
        visibility,
      ),
    );
  });

  router.post('/alerts/:id/close', async (req, res) => {
    const { visibility, userEntityRef } = await access.person(
      req,
      modelportAlertsAcknowledgePermission,
    );
    res.json(
      await service.close(req.params.id, userEntityRef, req.body, visibility),
    );
  });
}
