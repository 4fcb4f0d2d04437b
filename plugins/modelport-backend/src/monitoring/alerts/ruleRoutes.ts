import { modelportMonitoringConfigurePermission } from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../../models/ModelsAccess';
import { ApiRouter } from '../../router';
import { AlertRulesService } from './AlertRulesService';

/** Routes of the rules that open alerts. */
export function addAlertRulesRoutes(
  router: ApiRouter,
  options: { service: AlertRulesService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get('/models/:source/:name/alert-rules', async (req, res) => {
    const visibility = await access.readable(req);
    const person = await access.personIfAny(
      req,
      modelportMonitoringConfigurePermission,
    );
    const { source, name } = req.params;
    res.json(
      await service.get(
        { source, name, visibility },
        { mayEdit: person !== null },
      ),
    );
  });

  router.put('/models/:source/:name/alert-rules', async (req, res) => {
    const { visibility, userEntityRef } = await access.person(
      req,
      modelportMonitoringConfigurePermission,
    );
    const { source, name } = req.params;
    res.json(
      await service.put(
        { source, name, visibility },
        req.body.items,
        userEntityRef,
      ),
    );
  });

  router.delete('/models/:source/:name/alert-rules', async (req, res) => {
    const { visibility } = await access.person(
      req,
      modelportMonitoringConfigurePermission,
    );
    const { source, name } = req.params;
    res.json(await service.delete({ source, name, visibility }));
  });

  router.post('/models/:source/:name/alert-rules/preview', async (req, res) => {
    const visibility = await access.readable(req);
    const { source, name } = req.params;
    res.json(
      await service.preview({ source, name, visibility }, req.body.items),
    );
  });
}
