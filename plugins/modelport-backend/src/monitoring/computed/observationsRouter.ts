import { InputError } from '@backstage/errors';
import { ObservationBatch } from '@modelport/plugin-modelport-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { BodyDoor } from '../../BodyDoor';
import { asSentence, messageOf } from '../../messageOf';
import { ModelsVisibility } from '../../models/modelsFilter';
import { megabytes, wholeBody } from '../../openBody';
import { parseJson } from '../../parseJson';
import { ObservationCounts } from './ObservationCounts';

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_AT_ONCE = 8;

const rows = z.array(z.record(z.string(), z.unknown())).min(1).max(10_000);
const batchSchema: z.ZodType<ObservationBatch> = z
  .object({
    id: z.string().min(1).max(200).optional(),
    rows: rows.optional(),
    labels: rows.optional(),
  })
  .refine(batch => batch.rows || batch.labels, {
    message: 'expected rows, labels or both',
  });

/** The door for rows. Apart from the other routes, since it takes push tokens, which are no tokens of Backstage. */
export function createObservationsRouter(options: {
  observations: ObservationCounts;
  pusher: (
    req: Request,
  ) => Promise<{ visibility: ModelsVisibility; by: string }>;
}): Router {
  const { observations, pusher } = options;
  const door = new BodyDoor({
    mostAtOnce: MOST_AT_ONCE,
    mostBytes: MOST_BYTES,
    tooLarge: `The rows are larger than ${megabytes(
      MOST_BYTES,
    )}. Nothing was counted. Send them in several requests.`,
    kept: 'Nothing was counted.',
  });
  const router = PromiseRouter();
  router.post(
    '/models/:source/:name/versions/:version/observations',
    async (req, res) => {
      const { source, name, version } = req.params;
      const { visibility, by } = await pusher(req);
      const taken = await door.take(req, res, {
        by,
        receive: async content => batchOf(await wholeBody(content)),
        work: batch =>
          observations.take({ source, name, version, visibility }, batch),
      });
      res.status(202).json(taken);
    },
  );
  return router;
}

function batchOf(bytes: Buffer): ObservationBatch {
  let content: unknown;
  try {
    content = parseJson(bytes);
  } catch (error) {
    throw new InputError(
      `The rows can not be read: ${asSentence(
        messageOf(error),
      )} Nothing was counted.`,
    );
  }
  const batch = batchSchema.safeParse(content);
  if (!batch.success) {
    throw new InputError(
      `The rows can not be read: ${z
        .prettifyError(batch.error)
        .slice(0, 500)}. Nothing was counted.`,
    );
  }
  return batch.data;
}
