import { InputError } from '@backstage/errors';
import {
  LineageFormat,
  modelportLineageWritePermission,
} from '@modelport/plugin-modelport-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { BodyDoor } from '../BodyDoor';
import { ModelsAccess } from '../models/ModelsAccess';
import { megabytes } from '../openBody';
import { LineageDocuments } from './LineageDocuments';
import { LineageTurns } from './LineageTurns';
import { OpenLineageService } from './OpenLineageService';

/** More is not read. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Requests under way in one backend; more are told to come again. */
const MAX_REQUESTS = 16;

const FORMATS: LineageFormat[] = ['dbt', 'feast'];

const documentQuery = z.object({
  format: z.enum(FORMATS),
  namespace: z.string().min(1).max(500).optional(),
});

/**
 * Takes OpenLineage events as the clients' `http` transport sends them, and documents of other tools. It stands apart
 * from the generated router, which reads no more than is usual for JSON.
 */
export function createLineagePushRouter(options: {
  service: OpenLineageService;
  documents: LineageDocuments;
  access: ModelsAccess;
  maxRequests?: number;
}): Router {
  const { service, documents, access, maxRequests = MAX_REQUESTS } = options;
  const door = new BodyDoor({
    mostAtOnce: maxRequests,
    mostBytes: MOST_BYTES,
    tooLarge: `The body is larger than ${megabytes(
      MOST_BYTES,
    )}. Nothing was kept. Send its events in several requests.`,
    kept: 'Nothing was kept.',
  });

  const turns = new LineageTurns();
  const take = async <T>(
    req: Request,
    res: Response,
    work: (bytes: Buffer, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const signal = signalOf(res);
    const room = turns.enter(res);
    try {
      return await door.take(req, res, {
        by: senderOf(req),
        receive: room.receive,
        work: bytes => turns.take(bytes, signal, () => work(bytes, signal)),
      });
    } finally {
      room.leave();
    }
  };

  const router = PromiseRouter();
  router.post('/openlineage', async (req, res) => {
    await access.requireService(req, modelportLineageWritePermission);
    const taken = await take(req, res, (bytes, signal) =>
      service.take(bytes, signal),
    );
    res.status(201).json(taken);
  });
  router.post('/documents', async (req, res) => {
    await access.requireService(req, modelportLineageWritePermission);
    const query = documentQuery.safeParse(req.query);
    if (!query.success) {
      const [{ path, message }] = query.error.issues;
      throw new InputError(`The parameter ${path.join('.')}: ${message}`);
    }
    const { format, namespace } = query.data;
    const taken = await take(req, res, (bytes, signal) =>
      documents.take(bytes, { format, namespace, signal }),
    );
    res.status(201).json(taken);
  });
  return router;
}

/** What tells senders apart; it was checked before. */
function senderOf(req: Request): string {
  return req.headers.authorization ?? '';
}

/** Ends when who waits for the answer has gone. */
function signalOf(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) {
      gone.abort(new InputError('The request broke off. Nothing was kept.'));
    }
  });
  return gone.signal;
}
