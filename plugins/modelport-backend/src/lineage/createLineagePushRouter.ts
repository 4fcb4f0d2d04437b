import { InputError } from '@backstage/errors';
import {
  LineageFormat,
  modelportLineageWritePermission,
} from '@modelport/plugin-modelport-common';
import express, { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { AtMostAtOnce } from '../AtMostAtOnce';
import { ModelsAccess } from '../models/ModelsAccess';
import { LineageDocuments } from './LineageDocuments';
import { OpenLineageService } from './OpenLineageService';

/** More is not read. */
const MAX_BODY = '32mb';

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
  const readBody = express.raw({ type: () => true, limit: MAX_BODY });
  const atOnce = new AtMostAtOnce(maxRequests);
  const bytesOf = async (req: Request, res: Response): Promise<Buffer> => {
    await new Promise<void>((resolve, reject) => {
      readBody(req, res, error => (error ? reject(error) : resolve()));
    });
    return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  };

  const router = PromiseRouter();
  router.post('/openlineage', async (req, res) => {
    await access.requireService(req, modelportLineageWritePermission);
    await atOnce.run(res, async () => {
      res.status(201).json(await service.take(await bytesOf(req, res)));
    });
  });
  router.post('/documents', async (req, res) => {
    await access.requireService(req, modelportLineageWritePermission);
    const query = documentQuery.safeParse(req.query);
    if (!query.success) {
      const [{ path, message }] = query.error.issues;
      throw new InputError(`The parameter ${path.join('.')}: ${message}`);
    }
    const { format, namespace } = query.data;
    await atOnce.run(res, async () => {
      const bytes = await bytesOf(req, res);
      res.status(201).json(await documents.take(bytes, { format, namespace }));
    });
  });
  return router;
}
