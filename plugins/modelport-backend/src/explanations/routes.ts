import { AuditorService } from '@backstage/backend-plugin-api';
import { isError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  modelportExplanationsGiveReasonsPermission,
  modelportExplanationsReadRowsPermission,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { AuditEvent, AuditLog } from '../audit/AuditLog';
import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsService } from '../models/ModelsService';
import { ApiRouter } from '../router';
import { addDictionaryRoutes } from './addDictionaryRoutes';
import { ComputeService } from './ComputeService';
import { ExplanationsService, RowsReader } from './ExplanationsService';
import { ReasonDictionaries } from './ReasonDictionaries';
import { ReasonFindings } from './ReasonFindings';
import { ReasonsService } from './ReasonsService';
import { VersionOf } from './TreeModels';

const VERSION = '/models/:source/:name/versions/:version';
const DEFAULT_LIMIT = 50;
const DEFAULT_MOST = 5_000;

/** The generated types call it `_class`, since `class` is a word of the language. */
const withClass = z.object({ class: z.string().optional() });

function classIn(query: object): string | undefined {
  return withClass.parse(query).class;
}

type Request = Parameters<ModelsAccess['readable']>[0] & {
  params: { source: string; name: string; version: string };
};

/** Routes of explanations and reason codes. */
export function addExplanationsRoutes(
  router: ApiRouter,
  options: {
    access: ModelsAccess;
    auditLog: Pick<AuditLog, 'record'>;
    auditor: AuditorService;
    compute: ComputeService;
    explanations: ExplanationsService;
    models: Pick<ModelsService, 'get'>;
    reasons: ReasonsService;
    dictionaries: ReasonDictionaries;
    findings: ReasonFindings;
  },
): void {
  const {
    access,
    auditLog,
    auditor,
    compute,
    explanations,
    findings,
    models,
    reasons,
  } = options;

  const versionOf = async (req: Request): Promise<VersionOf> => {
    const { source, name, version } = req.params;
    return { source, name, version, visibility: await access.readable(req) };
  };

  /** People with the permission, and services with it, of a model that they may read. */
  const allowed = async (
    req: Request,
    permission: Parameters<ModelsAccess['person']>[1],
  ): Promise<{ of: VersionOf; by: string; isPerson: boolean }> => {
    const of = await versionOf(req);
    await models.get(of.source, of.name, of.visibility);
    const person = await access.personIfAny(req, permission);
    try {
      const caller = person
        ? await access.person(req, permission)
        : await access.service(req, permission);
      await models.get(of.source, of.name, caller.visibility);
      return {
        of,
        by: 'userEntityRef' in caller ? caller.userEntityRef : caller.subject,
        isPerson: person !== null,
      };
    } catch (error) {
      if (
        isError(error) &&
        (error.name === 'NotAllowedError' || error instanceof NotFoundError)
      ) {
        throw new NotAllowedError(
          `You lack the permission ${permission.name} of this model`,
        );
      }
      throw error;
    }
  };

  /** What is not recorded is not shown. */
  const record = (
    of: VersionOf,
    event: { action: string; actor: string; detail: AuditEvent['detail'] },
  ) =>
    auditLog.record([
      { ...event, source: of.source, name: of.name, version: of.version },
    ]);

  const readRows = async <T>(
    req: Request,
    detail: AuditEvent['detail'],
    read: (of: VersionOf, reader: RowsReader) => Promise<T>,
  ): Promise<T> => {
    const { of, by, isPerson } = await allowed(
      req,
      modelportExplanationsReadRowsPermission,
    );
    const rows = await read(of, {
      sees: isPerson ? 'values' : 'contributions',
    });
    await record(of, { action: 'explanation.rows-read', actor: by, detail });
    return rows;
  };

  router.get(`${VERSION}/explanations`, async (req, res) => {
    res.json(await explanations.get(await versionOf(req), classIn(req.query)));
  });

  router.get(`${VERSION}/explanations/rows`, async (req, res) => {
    const { limit = DEFAULT_LIMIT, cursor } = req.query;
    const query = { limit, cursor, class: classIn(req.query) };
    res.json(
      await readRows(req, { rows: limit }, (of, reader) =>
        explanations.rows(of, reader, query),
      ),
    );
  });

  router.get(`${VERSION}/explanations/rows/:rowId`, async (req, res) => {
    const query = { rowId: req.params.rowId, class: classIn(req.query) };
    res.json(
      await readRows(req, { rows: 1 }, (of, reader) =>
        explanations.row(of, reader, query),
      ),
    );
  });

  router.get(`${VERSION}/explanations/columns`, async (req, res) => {
    const { most = DEFAULT_MOST } = req.query;
    const query = { most, class: classIn(req.query) };
    res.json(
      await readRows(req, { rows: most }, (of, reader) =>
        explanations.columns(of, reader, query),
      ),
    );
  });

  router.get(`${VERSION}/explanations/model`, async (req, res) => {
    const of = await versionOf(req);
    const reader = await access.personIfAny(
      req,
      modelportExplanationsReadRowsPermission,
    );
    const example =
      reader !== null &&
      (await models.get(of.source, of.name, reader.visibility).then(
        () => true,
        () => false,
      ));
    const model = await compute.model(of, { example });
    res.json({
      ...model,
      example:
        model.example &&
        (await explanations.maskValues(of, model.example, { sees: 'values' })),
    });
  });

  router.post(`${VERSION}/explanations/compute`, async (req, res) => {
    res.json(await compute.compute(await versionOf(req), req.body));
  });

  router.get('/models/:source/:name/explanations/compare', async (req, res) => {
    const { source, name } = req.params;
    const visibility = await access.readable(req);
    await models.get(source, name, visibility);
    res.json(
      await explanations.compare(
        { source, name, visibility },
        { versions: req.query.versions, class: classIn(req.query) },
      ),
    );
  });

  router.get('/models/:source/:name/explanations/trace', async (req, res) => {
    const { source, name } = req.params;
    const visibility = await access.readable(req);
    res.json(
      await explanations.trace(
        { source, name, visibility },
        classIn(req.query),
      ),
    );
  });

  router.get(`${VERSION}/reason-codes`, async (req, res) => {
    res.json(await reasons.dictionary(await versionOf(req)));
  });

  router.post(`${VERSION}/reason-codes`, async (req, res) => {
    const { of, by } = await allowed(
      req,
      modelportExplanationsGiveReasonsPermission,
    );
    const { answer, prohibited } = await reasons.give(of, req.body, by);
    if (prohibited > 0) {
      await findings.tell(of);
      const finding = await auditor.createEvent({
        eventId: 'prohibited-factor',
        severityLevel: 'critical',
        meta: { ...req.params, by, decisions: prohibited },
      });
      await finding.success();
    }
    res.json(answer);
  });

  router.post(`${VERSION}/reason-codes/preview`, async (req, res) => {
    const { of, by, isPerson } = await allowed(
      req,
      modelportExplanationsGiveReasonsPermission,
    );
    if (!isPerson) {
      throw new NotAllowedError(
        'Previews are for people who look at the model; a service that sends notices gives reasons with a record, by POST …/reason-codes',
      );
    }
    const preview = await reasons.preview(of, req.body);
    await record(of, {
      action: 'reasons.previewed',
      actor: by,
      detail: { rows: preview.rows.length },
    });
    res.json(preview);
  });

  router.get(`${VERSION}/reason-codes/records/:recordId`, async (req, res) => {
    const { of, by, isPerson } = await allowed(
      req,
      modelportExplanationsReadRowsPermission,
    );
    const found = await reasons.get(of, req.params.recordId, {
      values: values =>
        explanations.maskValues(of, values, {
          sees: isPerson ? 'values' : 'contributions',
        }),
      contributions: contributions =>
        explanations.maskContributions(of, contributions),
    });
    await record(of, {
      action: 'reasons.record-read',
      actor: by,
      detail: { record: found.recordId },
    });
    res.json(found);
  });

  router.post(
    `${VERSION}/reason-codes/records/:recordId/reproduce`,
    async (req, res) => {
      const { of, by } = await allowed(
        req,
        modelportExplanationsReadRowsPermission,
      );
      const { recordId } = req.params;
      const answer = await reasons.reproduce(of, recordId, req.body);
      await record(of, {
        action: 'reasons.reproduced',
        actor: by,
        detail: { record: recordId, same: answer.same },
      });
      res.json(answer);
    },
  );

  addDictionaryRoutes(router, options);
}
