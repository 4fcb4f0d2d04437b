import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Webhooks } from './Webhooks';

/** A registry's webhook is small; more is not read. */
const MAX_BODY = '256kb';

/**
 * Webhooks of registries. They carry no Backstage token: the source checks their signature over the raw bytes.
 */
export function createWebhookRouter(options: { webhooks: Webhooks }): Router {
  const router = PromiseRouter();
  router.post(
    '/:source',
    express.raw({ type: () => true, limit: MAX_BODY }),
    async (req, res) => {
      const headers = Object.fromEntries(
        Object.entries(req.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value[0] : value,
        ]),
      );
      const { models } = await options.webhooks.take(req.params.source, {
        headers,
        body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
      });
      res.status(202).json({ models });
    },
  );
  return router;
}
