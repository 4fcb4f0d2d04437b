import {
  ActionState,
  modelportPromotionsDecidePermission,
  modelportPromotionsExecutePermission,
  modelportPromotionsRequestPermission,
  modelportPromotionsRollbackPermission,
  modelportPromotionsWaivePermission,
  Promotion,
  PromotionActions,
} from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsService } from '../models/ModelsService';
import { ModelsVisibility } from '../models/modelsFilter';
import { ApiRouter } from '../router';
import { ChangedMeasurements } from './ChangedMeasurements';
import { EvidencePack } from './EvidencePack';
import { PromotionTarget } from './permissionRules';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { whyNotDecide } from './refusals';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionJudging } from './PromotionJudging';
import { PromotionRequests } from './PromotionRequests';
import { PromotionReviews } from './PromotionReviews';
import { PromotionsAccess } from './PromotionsAccess';
import { PromotionsReader } from './PromotionsReader';
import { Rollbacks } from './Rollbacks';
import { whyNotAbort, whyNotNext } from './rollout/rolloutRules';
import { Rollouts } from './rollout/Rollouts';
import { QuorumReaches } from './QuorumReaches';
import { toPromotion } from './toPromotion';

const DEFAULT_LIMIT = 50;

type Request = Parameters<PromotionsAccess['anyPerson']>[0];

/** Routes of promotions and rollbacks. */
export function addPromotionsRoutes(
  router: ApiRouter,
  options: {
    drafts: PromotionDrafts;
    promotions: PromotionsReader;
    promotionJudging: PromotionJudging;
    promotionRequests: PromotionRequests;
    promotionReviews: PromotionReviews;
    rollbacks: Rollbacks;
    rollouts: Rollouts;
    packs: EvidencePack;
    quorumReaches: QuorumReaches;
    changedMeasurements: ChangedMeasurements;
    models: ModelsService;
    access: ModelsAccess;
    promotionsAccess: PromotionsAccess;
    now: () => Date;
  },
): void {
  const { promotions, rollbacks, rollouts, models, access } = options;
  const {
    promotionJudging: judging,
    promotionRequests: requests,
    promotionReviews: reviews,
  } = options;
  const may = options.promotionsAccess;

  const answer = (
    record: PromotionRecord,
    more: Pick<Promotion, 'actions' | 'reach' | 'changedMeasurements'> = {
      actions: null,
      reach: null,
      changedMeasurements: null,
    },
  ): Promotion =>
    toPromotion(record, {
      at: options.now().toISOString(),
      policyDigest: options.drafts.policyDigestToday(record),
      ...more,
    });
  const answerTo = async (req: Request, record: PromotionRecord) => {
    const who = await may.whoAsks(req);
    const [actions, reach, changedMeasurements] = await Promise.all([
      actionsFor(may, req, record, options.now().toISOString()),
      options.quorumReaches.of(record, who?.entityRef),
      options.changedMeasurements.of(record),
    ]);
    return answer(record, { actions, reach, changedMeasurements });
  };
  const readable = async (id: string, visibility: ModelsVisibility) =>
    promotions.get(id, visibility);
  const targetOf = async (
    of: { source: string; name: string; environment: string },
    visibility: ModelsVisibility,
  ): Promise<PromotionTarget> => {
    const { source, name, environment } = of;
    const { owner, riskTier } = await models.get(source, name, visibility);
    return { source, name, owner, riskTier, environment };
  };

  router.get('/promotions', async (req, res) => {
    const visibility = await access.readable(req);
    const { state, environment, model, limit, cursor } = req.query;
    const asksForOwn =
      req.query.waitingFor !== undefined || req.query.requestedBy !== undefined;
    const who = asksForOwn ? await may.whoAsks(req) : undefined;
    if (asksForOwn && !who) {
      // Nothing waits for a service, and it is nobody who could look for what it asked for by itself.
      res.json({ items: [], totalItems: 0, nextCursor: null });
      return;
    }
    const page = await promotions.list(
      {
        state,
        environment,
        model,
        waitingFor: req.query.waitingFor && who,
        requestedBy: req.query.requestedBy && who?.entityRef,
      },
      { visibility, limit: Number(limit ?? DEFAULT_LIMIT), cursor },
    );
    res.json({
      items: page.items.map(record => answer(record)),
      totalItems: page.total,
      nextCursor: page.nextCursor,
    });
  });

  router.get('/promotion-counts', async (req, res) => {
    const visibility = await access.readable(req);
    res.json(await promotions.counts(await may.whoAsks(req), visibility));
  });

  router.post('/promotions', async (req, res) => {
    const visibility = await access.readable(req);
    const { source, name, version, environment, reason, ticket, rollout } =
      req.body;
    const of = { source, name, version, environment };
    const requestedBy = await may.caller(
      req,
      modelportPromotionsRequestPermission,
      await targetOf(of, visibility),
    );
    const record = await requests.request({
      ...of,
      visibility,
      requestedBy,
      reason,
      ticket: ticket ?? null,
      rollout,
    });
    res.status(201).json(await answerTo(req, record));
  });

  router.get('/promotions/:id', async (req, res) => {
    const visibility = await access.readable(req);
    await readable(req.params.id, visibility);
    res.json(await answerTo(req, await judging.current(req.params.id)));
  });

  router.post('/promotions/:id/decisions', async (req, res) => {
    const visibility = await access.readable(req);
    const { id } = req.params;
    const record = await readable(id, visibility);
    const person = await may.person(
      req,
      modelportPromotionsDecidePermission,
      record,
    );
    const { decision, comment, conditions, revision } = req.body;
    const decided = await reviews.decide({
      id,
      person,
      decision,
      comment: comment ?? null,
      conditions: conditions ?? [],
      revision,
    });
    res.status(201).json(await answerTo(req, decided));
  });

  router.post('/promotions/:id/waivers', async (req, res) => {
    const visibility = await access.readable(req);
    const { id } = req.params;
    const record = await readable(id, visibility);
    const person = await may.person(
      req,
      modelportPromotionsWaivePermission,
      record,
    );
    const waived = await reviews.waive({ id, person, ...req.body });
    res.status(201).json(await answerTo(req, waived));
  });

  router.post('/promotions/:id/comments', async (req, res) => {
    const visibility = await access.readable(req);
    const { id } = req.params;
    await readable(id, visibility);
    const by = await may.anyPerson(req);
    const commented = await reviews.comment({ id, by, text: req.body.text });
    res.status(201).json(await answerTo(req, commented));
  });

  router.post(
    '/promotions/:id/conditions/:condition/close',
    async (req, res) => {
      const visibility = await access.readable(req);
      const { id, condition } = req.params;
      const record = await readable(id, visibility);
      const by = await may.anyPerson(req);
      const who = await may.whoAsks(req);
      const owner = record.conditions.find(one => one.id === condition)?.owner;
      if (!owner || !who?.refs.includes(owner)) {
        await may.person(req, modelportPromotionsDecidePermission, record);
      }
      const closed = await reviews.closeCondition({
        id,
        condition,
        by,
        comment: req.body.text,
      });
      res.status(201).json(await answerTo(req, closed));
    },
  );

  router.post('/promotions/:id/withdraw', async (req, res) => {
    const visibility = await access.readable(req);
    const { id } = req.params;
    const record = await readable(id, visibility);
    const by = await may.caller(
      req,
      modelportPromotionsRequestPermission,
      record,
    );
    const withdrawn = await reviews.withdraw({ id, by });
    res.status(201).json(await answerTo(req, withdrawn));
  });

  router.post('/promotions/:id/execute', async (req, res) => {
    const visibility = await access.readable(req);
    const { id } = req.params;
    const record = await readable(id, visibility);
    const by = await may.person(
      req,
      modelportPromotionsExecutePermission,
      record,
    );
    const executed = await reviews.execute({ id, by });
    res.status(201).json(await answerTo(req, executed));
  });

  router.post('/promotions/:id/next', async (req, res) => {
    const visibility = await access.readable(req);
    const { id } = req.params;
    const record = await readable(id, visibility);
    const by = await may.person(
      req,
      modelportPromotionsExecutePermission,
      record,
    );
    const gone = await rollouts.next({ id, by, revision: req.body.revision });
    res.status(201).json(await answerTo(req, gone));
  });

  router.post('/promotions/:id/abort', async (req, res) => {
    const visibility = await access.readable(req);
    const { id } = req.params;
    const record = await readable(id, visibility);
    const by = await may.person(
      req,
      modelportPromotionsRollbackPermission,
      record,
    );
    const aborted = await rollouts.abort({ id, by, reason: req.body.reason });
    res.status(201).json(await answerTo(req, aborted));
  });

  router.get('/promotions/:id/evidence-pack', async (req, res) => {
    const visibility = await access.readable(req);
    const record = await readable(req.params.id, visibility);
    res.setHeader('Content-Type', 'application/gzip');
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader(
      'Content-Disposition',
      `attachment; filename="promotion-${record.id}.tar.gz"`,
    );
    await options.packs.write(record, answer(record), res);
  });

  router.get(
    '/models/:source/:name/versions/:version/promotion-preview',
    async (req, res) => {
      const visibility = await access.readable(req);
      const of = { ...req.params, environment: req.query.environment };
      const target = await targetOf(of, visibility);
      const who = await may.whoAsks(req);
      const preview = await requests.preview({
        ...of,
        visibility,
        requestedBy: who?.entityRef ?? 'service:nobody',
      });
      const [allowed] = await may.which(
        req,
        [modelportPromotionsRequestPermission],
        target,
      );
      res.json({
        ...preview,
        request: stateOf(
          allowed
            ? undefined
            : `You lack the permission ${modelportPromotionsRequestPermission.name}`,
        ),
      });
    },
  );

  router.get(
    '/models/:source/:name/environments/:environment/rollback',
    async (req, res) => {
      const visibility = await access.readable(req);
      const targets = await rollbacks.targets({ ...req.params, visibility });
      const [allowed] = await may.which(
        req,
        [modelportPromotionsRollbackPermission],
        await targetOf(req.params, visibility),
      );
      res.json({
        ...targets,
        rollback: stateOf(
          allowed
            ? undefined
            : `You lack the permission ${modelportPromotionsRollbackPermission.name}`,
        ),
      });
    },
  );

  router.post(
    '/models/:source/:name/environments/:environment/rollback',
    async (req, res) => {
      const visibility = await access.readable(req);
      const by = await may.person(
        req,
        modelportPromotionsRollbackPermission,
        await targetOf(req.params, visibility),
      );
      const { toVersion, reason, ticket } = req.body;
      const record = await rollbacks.request({
        ...req.params,
        toVersion,
        reason,
        ticket: ticket ?? null,
        by,
        visibility,
      });
      res.status(201).json(await answerTo(req, record));
    },
  );
}

/** What the caller may do with a promotion now, and why not what not. */
async function actionsFor(
  may: PromotionsAccess,
  req: Request,
  record: PromotionRecord,
  at: string,
): Promise<PromotionActions> {
  const who = await may.whoAsks(req);
  const [decide, waive, execute, request, rollback] = await may.which(
    req,
    [
      modelportPromotionsDecidePermission,
      modelportPromotionsWaivePermission,
      modelportPromotionsExecutePermission,
      modelportPromotionsRequestPermission,
      modelportPromotionsRollbackPermission,
    ],
    record,
  );
  const nobody = who ? undefined : 'Only people do this';
  const lacks = (allowed: boolean, name: string) =>
    nobody ?? (allowed ? undefined : `You lack the permission ${name}`);
  const decideName = modelportPromotionsDecidePermission.name;
  const whyNot = who && whyNotDecide(record, who);
  const isOpen = OPEN_STATES.includes(record.state);
  const notOpen = isOpen ? undefined : `It is ${record.state}`;
  const own = record.excluded.find(one => one.entityRef === who?.entityRef);
  const has = record.decisions.some(({ by }) => by === who?.entityRef);
  return {
    approve: stateOf(lacks(decide, decideName) ?? whyNot),
    refuse: stateOf(lacks(decide, decideName) ?? whyNot),
    recuse: stateOf(
      lacks(decide, decideName) ??
        notOpen ??
        (has ? 'You decided already' : undefined) ??
        (own ? 'It is your own work; you decide nothing anyway' : undefined),
    ),
    waive: stateOf(
      lacks(waive, modelportPromotionsWaivePermission.name) ??
        notOpen ??
        (own ? `You are the ${own.why} of it` : undefined) ??
        (who?.isKnown ? undefined : 'The catalog does not know you'),
    ),
    withdraw: stateOf(
      lacks(request, modelportPromotionsRequestPermission.name) ??
        notOpen ??
        (record.requestedBy === who?.entityRef
          ? undefined
          : 'Only who requested it takes it back'),
    ),
    execute: stateOf(
      lacks(execute, modelportPromotionsExecutePermission.name) ??
        (record.state === 'failed'
          ? undefined
          : 'Only a failed execution is tried again'),
    ),
    next: stateOf(
      lacks(execute, modelportPromotionsExecutePermission.name) ??
        whyNotNext(record, at),
    ),
    abort: stateOf(
      lacks(rollback, modelportPromotionsRollbackPermission.name) ??
        whyNotAbort(record),
    ),
    comment: stateOf(nobody),
  };
}

function stateOf(reason: string | undefined): ActionState {
  return { allowed: reason === undefined, reason: reason ?? null };
}
