import { InputError } from '@backstage/errors';
import { ObservationBatch } from '@modelport/plugin-modelport-common';
import express, { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { AtMostAtOnce } from '../../AtMostAtOnce';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ObservationCounts } from './ObservationCounts';

const MAX_BODY = '16mb';
const MOST_AT_ONCE = 8;

const batchSchema: z.ZodType<ObservationBatch> = z.object({
  id: z.string().min(1).max(200).optional(),
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(10_000),
});

/** The door for rows. Apart from the other routes, since it takes push tokens, which are no tokens of Backstage. */
export function createObservationsRouter(options: {
  observations: ObservationCounts;
  pusher: (req: Request) => Promise<{ visibility: ModelsVisibility }>;
}): Router {
  const { observations, pusher } = options;
  const atOnce = new AtMostAtOnce(MOST_AT_ONCE);
  const readBody = express.json({ limit: MAX_BODY });
  const router = PromiseRouter();
  router.post(
    '/models/:source/:name/versions/:version/observations',
    async (req, res) => {
      const { source, name, version } = req.params;
      const { visibility } = await pusher(req);
      await atOnce.run(res, async () => {
        await new Promise<void>((resolve, reject) => {
          readBody(req, res, error => (error ? reject(error) : resolve()));
        });
        const batch = batchSchema.safeParse(req.body);
        if (!batch.success) {
          throw new InputError(
            `The rows can not be read: ${z
              .prettifyError(batch.error)
              .slice(0, 500)}. Nothing was counted.`,
          );
        }
        res
          .status(202)
          .json(
            await observations.take(
              { source, name, version, visibility },
              batch.data,
            ),
          );
      });
    },
  );
  return router;
}
