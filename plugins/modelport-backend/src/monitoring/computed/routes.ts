import { modelportMonitoringConfigurePermission } from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../../models/ModelsAccess';
import { ApiRouter } from '../../router';
import { MonitorsService } from './MonitorsService';

/** Routes of monitors. */
export function addMonitorsRoutes(
  router: ApiRouter,
  options: { service: MonitorsService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get('/models/:source/:name/monitor', async (req, res) => {
    const visibility = await access.readable(req);
    const person = await access.personIfAny(
      req,
      modelportMonitoringConfigurePermission,
    );
    const { source, name } = req.params;
    res.json(
      await service.get(
        { source, name, visibility },
        { mayConfigure: person !== null },
      ),
    );
  });

  router.put('/models/:source/:name/monitor', async (req, res) => {
    const { visibility, userEntityRef } = await access.person(
      req,
      modelportMonitoringConfigurePermission,
    );
    const { source, name } = req.params;
    res.json(
      await service.declare(
        { source, name, visibility },
        req.body.definition,
        userEntityRef,
      ),
    );
  });

  router.delete('/models/:source/:name/monitor', async (req, res) => {
    const { visibility } = await access.person(
      req,
      modelportMonitoringConfigurePermission,
    );
    const { source, name } = req.params;
    res.json(await service.withdraw({ source, name, visibility }));
  });

  router.post('/models/:source/:name/monitor/run', async (req, res) => {
    const { visibility } = await access.person(
      req,
      modelportMonitoringConfigurePermission,
    );
    const { source, name } = req.params;
    res.status(202).json(await service.runAgain({ source, name, visibility }));
  });
}
