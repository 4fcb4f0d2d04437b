import {
  modelportExplanationsConfirmDictionaryPermission,
  modelportExplanationsEditDictionaryPermission,
} from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsService } from '../models/ModelsService';
import { ApiRouter } from '../router';
import { ReasonDictionaries } from './ReasonDictionaries';
import { ReasonFindings } from './ReasonFindings';

const MODEL = '/models/:source/:name';

type Request = Parameters<ModelsAccess['person']>[0] & {
  params: { source: string; name: string };
};

type Permission = Parameters<ModelsAccess['person']>[1];

/** Routes of dictionaries that people write in the portal, and of what was found by them. */
export function addDictionaryRoutes(
  router: ApiRouter,
  options: {
    access: ModelsAccess;
    dictionaries: ReasonDictionaries;
    findings: ReasonFindings;
    models: Pick<ModelsService, 'get'>;
  },
): void {
  const { access, dictionaries, findings, models } = options;

  const modelOf = async (req: Request) => {
    const { source, name } = req.params;
    const visibility = await access.readable(req);
    await models.get(source, name, visibility);
    return { source, name, visibility };
  };

  /** A person with a permission on a model that they may read. */
  const personOf = async (req: Request, permission: Permission) => {
    const of = await modelOf(req);
    const { visibility, userEntityRef } = await access.person(req, permission);
    await models.get(of.source, of.name, visibility);
    return { of, by: userEntityRef };
  };

  const may = async (req: Request, permission: Permission) => {
    const { source, name } = req.params;
    const person = await access.personIfAny(req, permission);
    return (
      person !== null &&
      models.get(source, name, person.visibility).then(
        () => true,
        () => false,
      )
    );
  };

  router.get(`${MODEL}/reason-codes`, async (req, res) => {
    const of = await modelOf(req);
    const [items, mayPropose, mayConfirm] = await Promise.all([
      dictionaries.list(of),
      may(req, modelportExplanationsEditDictionaryPermission),
      may(req, modelportExplanationsConfirmDictionaryPermission),
    ]);
    res.json({ items, mayPropose, mayConfirm });
  });

  router.post(`${MODEL}/reason-codes`, async (req, res) => {
    const { of, by } = await personOf(
      req,
      modelportExplanationsEditDictionaryPermission,
    );
    res.status(201).json(await dictionaries.propose(of, { ...req.body, by }));
  });

  router.post(`${MODEL}/reason-codes/:revision/decision`, async (req, res) => {
    const { of, by } = await personOf(
      req,
      req.body.decision === 'withdraw'
        ? modelportExplanationsEditDictionaryPermission
        : modelportExplanationsConfirmDictionaryPermission,
    );
    res.json(
      await dictionaries.decide(of, req.params.revision, { ...req.body, by }),
    );
  });

  router.post(
    `${MODEL}/versions/:version/reason-codes/findings/close`,
    async (req, res) => {
      const { of, by } = await personOf(
        req,
        modelportExplanationsConfirmDictionaryPermission,
      );
      const { version } = req.params;
      res.json(await findings.close({ ...of, version }, by, req.body.why));
    },
  );
}
