import { InputError } from '@backstage/errors';
import {
  LineageFormat,
  modelportLineageWritePermission,
} from '@modelport/plugin-modelport-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { BodyDoor } from '../BodyDoor';
import { ModelsAccess } from '../models/ModelsAccess';
import { megabytes, wholeBody } from '../openBody';
import { LineageDocuments } from './LineageDocuments';
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

  const router = PromiseRouter();
  router.post('/openlineage', async (req, res) => {
    await access.requireService(req, modelportLineageWritePermission);
    const taken = await door.take(req, res, {
      by: senderOf(req),
      receive: wholeBody,
      work: bytes => service.take(bytes),
    });
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
    const taken = await door.take(req, res, {
      by: senderOf(req),
      receive: wholeBody,
      work: bytes => documents.take(bytes, { format, namespace }),
    });
    res.status(201).json(taken);
  });
  return router;
}

/** What tells senders apart; it was checked before. */
function senderOf(req: Request): string {
  return req.headers.authorization ?? '';
}
