import {
  modelportPromotionsRequestPermission,
  modelportPromotionsRollbackPermission,
} from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsService } from '../models/ModelsService';
import { ModelsVisibility } from '../models/modelsFilter';
import { ApiRouter } from '../router';
import { ChangedMeasurements } from './ChangedMeasurements';
import { EvidencePack } from './EvidencePack';
import { PromotionTarget } from './permissionRules';
import { lackOf, stateOf } from './promotionActions';
import { PromotionAnswers } from './PromotionAnswers';
import { PromotionComments } from './PromotionComments';
import { PromotionDrafts } from './PromotionDrafts';
import { PromotionJudging } from './PromotionJudging';
import { PromotionRequests } from './PromotionRequests';
import { PromotionReviews } from './PromotionReviews';
import { PromotionsAccess } from './PromotionsAccess';
import { PromotionsReader } from './PromotionsReader';
import { QuorumReaches } from './QuorumReaches';
import { addReviewRoutes } from './reviewRoutes';
import { Rollbacks } from './Rollbacks';
import { Rollouts } from './rollout/Rollouts';

const DEFAULT_LIMIT = 50;

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
    promotionComments: PromotionComments;
    models: ModelsService;
    access: ModelsAccess;
    promotionsAccess: PromotionsAccess;
    now: () => Date;
  },
): void {
  const { promotions, rollbacks, models, access } = options;
  const { promotionJudging: judging, promotionRequests: requests } = options;
  const may = options.promotionsAccess;

  const answers = new PromotionAnswers(options);
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

  addReviewRoutes(router, { ...options, answers });

  router.get('/promotions', async (req, res) => {
    const visibility = await access.readable(req);
    const { state, environment, model, q, limit, cursor } = req.query;
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
        q,
        waitingFor: req.query.waitingFor && who,
        requestedBy: req.query.requestedBy && who?.entityRef,
      },
      { visibility, limit: Number(limit ?? DEFAULT_LIMIT), cursor },
    );
    res.json({
      items: page.items.map(record => answers.plain(record)),
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
    res.status(201).json(await answers.to(req, record));
  });

  router.get('/promotions/:id', async (req, res) => {
    const visibility = await access.readable(req);
    await readable(req.params.id, visibility);
    res.json(await answers.to(req, await judging.current(req.params.id)));
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
    await options.packs.write(record, await answers.forPack(record), res);
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
          allowed ? undefined : lackOf(modelportPromotionsRequestPermission),
        ),
      });
    },
  );

  router.get(
    '/models/:source/:name/environments/:environment/rollback',
    async (req, res) => {
      const visibility = await access.readable(req);
      const who = await may.whoAsks(req);
      const targets = await rollbacks.targets({
        ...req.params,
        by: who?.entityRef,
        visibility,
      });
      const [allowed] = await may.which(
        req,
        [modelportPromotionsRollbackPermission],
        await targetOf(req.params, visibility),
      );
      res.json({
        ...targets,
        rollback: stateOf(
          allowed ? undefined : lackOf(modelportPromotionsRollbackPermission),
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
      res.status(201).json(await answers.to(req, record));
    },
  );
}
