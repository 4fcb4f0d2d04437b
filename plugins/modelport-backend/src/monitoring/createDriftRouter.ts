import { InputError } from '@backstage/errors';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { BodyDoor } from '../BodyDoor';
import { ModelsAccess } from '../models/ModelsAccess';
import { megabytes, wholeBody } from '../openBody';
import { DriftWorkers } from './DriftWorkers';

/** More is not read; some two million values. */
const MOST_BYTES = 64 * 1024 * 1024;

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
  const door = new BodyDoor({
    mostAtOnce: MAX_REQUESTS,
    mostBytes: MOST_BYTES,
    tooLarge: `The samples are larger than ${megabytes(
      MOST_BYTES,
    )}; nothing was computed. Send a part of them.`,
    kept: 'Nothing was computed.',
  });

  const router = PromiseRouter();
  router.post('/', async (req, res) => {
    await access.readable(req);
    const { convention } = req.query;
    if (convention !== undefined && typeof convention !== 'string') {
      throw new InputError('convention: expected one name, given once');
    }
    const json = await door.take(req, res, {
      by: req.headers.authorization ?? '',
      receive: wholeBody,
      work: bytes => workers.compute({ bytes, convention }),
    });
    res.setHeader('content-type', 'application/json; charset=utf-8');
    res.end(json);
  });
  return router;
}
