import { InputError } from '@backstage/errors';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AtMostAtOnce } from '../AtMostAtOnce';
import { ModelsAccess } from '../models/ModelsAccess';
import { DriftWorkers } from './DriftWorkers';

/** More is not read; some two million values. */
const MAX_BODY = '64mb';

/** Requests under way in one backend; more are told to come again. */
const MAX_REQUESTS = 8;

/**
 * Computes drift statistics of two samples. It stands apart from the generated router, which reads no more than is usual
 * for JSON and looks at every value twice.
 */
export function createDriftRouter(options: {
  workers: DriftWorkers;
  access: ModelsAccess;
}): Router {
  const { workers, access } = options;
  const readBody = express.raw({ type: () => true, limit: MAX_BODY });
  const atOnce = new AtMostAtOnce(MAX_REQUESTS);

  const router = PromiseRouter();
  router.post('/', async (req, res) => {
    await access.readable(req);
    const { convention } = req.query;
    if (convention !== undefined && typeof convention !== 'string') {
      throw new InputError('convention: expected one name, given once');
    }
    await atOnce.run(res, async () => {
      await new Promise<void>((resolve, reject) => {
        readBody(req, res, error => (error ? reject(error) : resolve()));
      });
      const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const json = await workers.compute({ bytes, convention });
      res.setHeader('content-type', 'application/json; charset=utf-8');
      res.end(json);
    });
  });
  return router;
}
