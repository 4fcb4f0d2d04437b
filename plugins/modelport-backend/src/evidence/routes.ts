import { pipeline } from 'node:stream/promises';
import {
  EVIDENCE_KINDS,
  evidenceSchemaOf,
  modelportEvidenceEraseRowsPermission,
  modelportEvidenceManageTokensPermission,
  modelportEvidenceReadRowsPermission,
} from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsService } from '../models/ModelsService';
import { ApiRouter } from '../router';
import { attachmentOf, mayHoldRows } from './artefactRows';
import { EvidenceComparison } from './EvidenceComparison';
import { EvidenceContents } from './EvidenceContents';
import { EvidenceService } from './EvidenceService';
import { PushTokens } from './PushTokens';

const DEFAULT_LIMIT = 50;

/** Whatever a file says that it is, no browser may run it. */
function setFileHeaders(
  res: { setHeader(name: string, value: string | number): unknown },
  file: { name: string; size: number },
): void {
  res.setHeader('Content-Type', 'application/octet-stream');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  res.setHeader('Content-Disposition', attachmentOf(file.name));
  res.setHeader('Content-Length', file.size);
}

/** Routes of evidence and of the tokens that it is pushed with. */
export function addEvidenceRoutes(
  router: ApiRouter,
  options: {
    service: EvidenceService;
    evidenceComparison: EvidenceComparison;
    evidenceContents: EvidenceContents;
    tokens: PushTokens;
    models: ModelsService;
    access: ModelsAccess;
  },
): void {
  const { service, evidenceComparison, tokens, models, access } = options;
  const { evidenceContents: contents } = options;

  router.get(
    '/models/:source/:name/versions/:version/evidence',
    async (req, res) => {
      const visibility = await access.readable(req);
      const { limit = DEFAULT_LIMIT, ...query } = req.query;
      res.json(
        await service.list({ ...req.params, ...query, limit, visibility }),
      );
    },
  );

  router.get('/models/:source/:name/compare/evidence', async (req, res) => {
    const visibility = await access.readable(req);
    const { versions } = req.query;
    res.json(
      await evidenceComparison.compare({ ...req.params, versions, visibility }),
    );
  });

  router.get('/evidence/:digest', async (req, res) => {
    const visibility = await access.readable(req);
    const rows = await access.personIfAny(
      req,
      modelportEvidenceReadRowsPermission,
    );
    res.json(await contents.get(req.params.digest, { visibility, rows }));
  });

  router.get('/evidence/:digest/raw', async (req, res) => {
    const visibility = await access.readable(req);
    const { evidence, bytes } = await contents.raw(
      req.params.digest,
      visibility,
    );
    setFileHeaders(res, {
      name: `${evidence.kind}-${evidence.digest.slice(0, 12)}`,
      size: evidence.size,
    });
    await pipeline(Buffer.isBuffer(bytes) ? [bytes] : bytes, res);
  });

  router.get(
    '/models/:source/:name/versions/:version/artefacts/raw',
    async (req, res) => {
      const visibility = await access.readable(req);
      const { path } = req.query;
      const rows = mayHoldRows(path)
        ? await access.personIfAny(req, modelportEvidenceReadRowsPermission)
        : null;
      const { bytes, size } = await contents.artefact(
        { ...req.params, path },
        { visibility, rows },
      );
      setFileHeaders(res, { name: path, size });
      await pipeline(bytes, res);
    },
  );

  router.get('/evidence-schemas', async (req, res) => {
    await access.readable(req);
    res.json({
      items: EVIDENCE_KINDS.map(kind => ({
        kind: kind.kind,
        schemaVersion: kind.schemaVersion,
        description: kind.description,
        schema: evidenceSchemaOf(kind),
      })),
    });
  });

  const manager = async (
    req: Parameters<ModelsAccess['person']>[0],
    of: {
      source: string;
      name: string;
    },
  ) => {
    const { visibility, userEntityRef } = await access.person(
      req,
      modelportEvidenceManageTokensPermission,
    );
    await models.get(of.source, of.name, visibility);
    return userEntityRef;
  };

  router.get('/models/:source/:name/push-tokens', async (req, res) => {
    const { source, name } = req.params;
    await manager(req, req.params);
    res.json({ items: await tokens.list(source, name) });
  });

  router.post('/models/:source/:name/push-tokens', async (req, res) => {
    const { source, name } = req.params;
    const by = await manager(req, req.params);
    res.status(201).json(
      await tokens.create({
        source,
        model: name,
        name: req.body.name,
        expiresAt: req.body.expiresAt,
        by,
      }),
    );
  });

  router.delete('/models/:source/:name/push-tokens/:id', async (req, res) => {
    const { source, name, id } = req.params;
    const by = await manager(req, req.params);
    await tokens.revoke({ source, model: name, id, by });
    res.status(204).end();
  });

  router.post('/models/:source/:name/row-subjects/erase', async (req, res) => {
    const { visibility, userEntityRef } = await access.person(
      req,
      modelportEvidenceEraseRowsPermission,
    );
    res.json(
      await service.eraseSubject({
        ...req.params,
        subject: req.body.subject,
        visibility,
        by: userEntityRef,
      }),
    );
  });
}
