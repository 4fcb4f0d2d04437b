import {
  modelportSourcesReadPermission,
  modelportSourcesSyncPermission,
} from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { SourcesService } from './SourcesService';

/** Routes of sources. */
export function addSourcesRoutes(
  router: ApiRouter,
  options: { service: SourcesService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get('/sources', async (req, res) => {
    await access.require(req, modelportSourcesReadPermission);
    res.json({ items: await service.list(await access.readableIfAny(req)) });
  });

  router.post('/sources/:id/sync', async (req, res) => {
    await access.require(req, modelportSourcesSyncPermission);
    res.status(202).json(
      await service.requestPass(req.params.id, {
        acceptRetirement: req.body?.acceptRetirement ?? false,
        visibility: await access.readableIfAny(req),
      }),
    );
  });
}
