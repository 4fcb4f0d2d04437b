import { modelportAuditReadPermission } from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { AuditService } from './AuditService';

const DEFAULT_LIMIT = 50;

/** Routes of the audit chain. */
export function addAuditRoutes(
  router: ApiRouter,
  options: { service: AuditService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get('/audit', async (req, res) => {
    await access.require(req, modelportAuditReadPermission);
    const visibility = await access.readable(req);
    const { limit, ...query } = req.query;
    res.json(
      await service.list({
        ...query,
        limit: Number(limit ?? DEFAULT_LIMIT),
        visibility,
      }),
    );
  });

  router.get('/audit/verify', async (req, res) => {
    await access.require(req, modelportAuditReadPermission);
    res.json(await service.verify());
  });
}
