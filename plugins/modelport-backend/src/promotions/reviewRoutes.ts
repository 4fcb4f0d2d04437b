import {
  modelportPromotionsDecidePermission,
  modelportPromotionsExecutePermission,
  modelportPromotionsRequestPermission,
  modelportPromotionsRollbackPermission,
  modelportPromotionsWaivePermission,
} from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { PromotionAnswers } from './PromotionAnswers';
import { PromotionRecord } from './PromotionRecord';
import { PromotionReviews } from './PromotionReviews';
import { PromotionsAccess } from './PromotionsAccess';
import { PromotionsReader } from './PromotionsReader';
import { Rollouts } from './rollout/Rollouts';

type Request = Parameters<PromotionsAccess['anyPerson']>[0];
type Permission = Parameters<PromotionsAccess['person']>[1];

/** Routes of what people do with a promotion that was asked for. */
export function addReviewRoutes(
  router: ApiRouter,
  options: {
    answers: PromotionAnswers;
    promotions: PromotionsReader;
    promotionReviews: PromotionReviews;
    rollouts: Rollouts;
    access: ModelsAccess;
    promotionsAccess: PromotionsAccess;
  },
): void {
  const { answers, rollouts, promotionReviews: reviews } = options;
  const may = options.promotionsAccess;

  /** The promotion, of a model that the caller may read. */
  const readable = async (
    req: Request & { params: { id: string } },
  ): Promise<PromotionRecord> =>
    options.promotions.get(req.params.id, await options.access.readable(req));
  /** Who may do something with a promotion, and nobody but people do. */
  const person = async (
    req: Request & { params: { id: string } },
    permission: Permission,
  ) => may.person(req, permission, await readable(req));

  router.post('/promotions/:id/decisions', async (req, res) => {
    const { id } = req.params;
    const { decision, comment, conditions, revision } = req.body;
    const decided = await reviews.decide({
      id,
      person: await person(req, modelportPromotionsDecidePermission),
      decision,
      comment: comment ?? null,
      conditions: conditions ?? [],
      revision,
    });
    res.status(201).json(await answers.to(req, decided));
  });

  router.post('/promotions/:id/waivers', async (req, res) => {
    const { id } = req.params;
    const waived = await reviews.waive({
      ...req.body,
      id,
      person: await person(req, modelportPromotionsWaivePermission),
    });
    res.status(201).json(await answers.to(req, waived));
  });

  router.post('/promotions/:id/comments', async (req, res) => {
    const { id } = await readable(req);
    const by = await may.anyPerson(req);
    const commented = await reviews.comment({ id, by, text: req.body.text });
    res.status(201).json(await answers.to(req, commented));
  });

  router.post(
    '/promotions/:id/conditions/:condition/close',
    async (req, res) => {
      const { id, condition } = req.params;
      const record = await readable(req);
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
      res.status(201).json(await answers.to(req, closed));
    },
  );

  router.post('/promotions/:id/withdraw', async (req, res) => {
    const { id } = req.params;
    const by = await may.caller(
      req,
      modelportPromotionsRequestPermission,
      await readable(req),
    );
    const withdrawn = await reviews.withdraw({ id, by });
    res.status(201).json(await answers.to(req, withdrawn));
  });

  router.post('/promotions/:id/execute', async (req, res) => {
    const { id } = req.params;
    const by = await person(req, modelportPromotionsExecutePermission);
    res
      .status(201)
      .json(await answers.to(req, await reviews.execute({ id, by })));
  });

  router.post('/promotions/:id/next', async (req, res) => {
    const { id } = req.params;
    const by = await person(req, modelportPromotionsExecutePermission);
    const gone = await rollouts.next({ id, by, revision: req.body.revision });
    res.status(201).json(await answers.to(req, gone));
  });

  router.post('/promotions/:id/abort', async (req, res) => {
    const { id } = req.params;
    const by = await person(req, modelportPromotionsRollbackPermission);
    const aborted = await rollouts.abort({ id, by, reason: req.body.reason });
    res.status(201).json(await answers.to(req, aborted));
  });
}
