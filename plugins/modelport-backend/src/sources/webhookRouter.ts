import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { FindSource } from '../models/ModelsService';
import { SourcesService } from './SourcesService';

/** A registry's webhook is small; more is not read. */
const MAX_BODY = '256kb';

/**
 * Webhooks of registries. They carry no Backstage token: the source checks their signature over the raw bytes.
 */
export function createWebhookRouter(options: {
  service: SourcesService;
  findSource: FindSource;
}): Router {
  const router = PromiseRouter();
  router.post(
    '/:source',
    express.raw({ type: () => true, limit: MAX_BODY }),
    async (req, res) => {
      // PostgreSQL refuses the null character, and no source has it.
      const source = req.params.source.includes('\0')
        ? undefined
        : await options.findSource(req.params.source, {
            signal: AbortSignal.timeout(10_000),
          });
      const headers = Object.fromEntries(
        Object.entries(req.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value[0] : value,
        ]),
      );
      const { models } = await options.service.takeWebhook(source, {
        headers,
        body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
      });
      res.status(202).json({ models });
    },
  );
  return router;
}
