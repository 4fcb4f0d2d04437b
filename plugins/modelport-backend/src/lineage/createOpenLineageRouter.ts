import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AtMostAtOnce } from '../AtMostAtOnce';
import { ModelsAccess } from '../models/ModelsAccess';
import { OpenLineageService } from './OpenLineageService';

/** More is not read. */
const MAX_BODY = '32mb';

/** Requests under way in one backend; more are told to come again. */
const MAX_REQUESTS = 16;

/**
 * Takes OpenLineage events as the clients' `http` transport sends them. It stands apart from the generated router, which
 * reads no more than is usual for JSON.
 */
export function createOpenLineageRouter(options: {
  service: OpenLineageService;
  access: ModelsAccess;
  maxRequests?: number;
}): Router {
  const { service, access, maxRequests = MAX_REQUESTS } = options;
  const readBody = express.raw({ type: () => true, limit: MAX_BODY });
  const atOnce = new AtMostAtOnce(maxRequests);

  const router = PromiseRouter();
  router.post('/', async (req, res) => {
    await access.requireService(req);
    await atOnce.run(res, async () => {
      await new Promise<void>((resolve, reject) => {
        readBody(req, res, error => (error ? reject(error) : resolve()));
      });
      const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      res.status(201).json(await service.take(bytes));
    });
  });
  return router;
}
