import { ConflictError } from '@backstage/errors';
import { auditOf } from '../auditOf';
import { PromotionChanges } from '../PromotionChanges';
import { PromotionJudge } from '../PromotionJudge';
import { PromotionRecord } from '../PromotionRecord';
import { refuseStale } from '../refusals';
import { PromotionsStore } from '../PromotionsStore';
import { AbortConditions } from './AbortConditions';
import { abort, goOn, isHeld, whyNotNext } from './rolloutRules';

const ACTOR = 'service:modelport';

/** Lets promotions by steps go on and back: people do, and time and monitoring where the policy says so. */
export class Rollouts {
  constructor(
    private readonly options: {
      store: PromotionsStore;
      changes: PromotionChanges;
      conditions: AbortConditions;
      judge: Pick<PromotionJudge, 'whyNotApproved'>;
      now: () => Date;
    },
  ) {}

  /**
   * Lets a promotion go to its next step.
   *
   * @throws `ConflictError` where it waits at no step, has to wait longer, should be aborted, or was looked at before it
   * changed.
   */
  async next(command: {
    id: string;
    by: string;
    revision: number;
  }): Promise<PromotionRecord> {
    const { store, conditions } = this.options;
    const { promotion } = await store.get(command.id);
    refuseStale(promotion, command.revision);
    const { wrong } = isHeld(promotion)
      ? await conditions.judge(promotion)
      : { wrong: undefined };
    if (wrong !== undefined) {
      throw new ConflictError(
        `A condition aborts it: ${wrong}. Nothing was changed.`,
      );
    }
    return this.goOn(promotion, command);
  }

  /**
   * Gives everything back to the version before.
   *
   * @throws `ConflictError` where there is nothing to abort.
   */
  async abort(command: {
    id: string;
    by: string;
    reason: string;
  }): Promise<PromotionRecord> {
    const { promotion } = await this.options.store.get(command.id);
    const at = this.now();
    return this.options.changes.change(promotion, before => {
      const aborted = abort(before, { ...command, at });
      return {
        promotion: aborted,
        audit: [
          auditOf(aborted, {
            actor: command.by,
            action: 'promotion.aborted',
            at,
            detail: {
              reason: command.reason,
              step: aborted.rollout?.step ?? 0,
            },
          }),
        ],
      };
    });
  }

  /** Aborts what waits at a step where a condition says so, and lets it go on where its time is over. */
  async look(promotion: PromotionRecord): Promise<void> {
    const { rollout } = promotion;
    if (!rollout || !isHeld(promotion)) {
      return;
    }
    const { conditions, judge } = this.options;
    const judged = await conditions.judge(promotion);
    if (judged.wrong !== undefined) {
      await this.abort({ id: promotion.id, by: ACTOR, reason: judged.wrong });
      return;
    }
    const isDue =
      rollout.next === 'automatic' &&
      whyNotNext(promotion, this.now()) === undefined;
    // Nobody looks at it again: what would not be approved any more waits for a person.
    const unknown =
      judged.unknown ??
      (isDue
        ? (await judge.whyNotApproved(promotion)) ?? undefined
        : undefined);
    if (isDue && unknown === undefined) {
      await this.goOn(promotion, {
        by: 'policy',
        revision: promotion.revision,
      });
    } else if (isDue && rollout.problem !== unknown) {
      await this.options.changes.change(promotion, before =>
        before.rollout && isHeld(before)
          ? {
              promotion: {
                ...before,
                rollout: { ...before.rollout, problem: unknown ?? null },
              },
              audit: [],
            }
          : undefined,
      );
    }
  }

  private async goOn(
    promotion: PromotionRecord,
    command: { by: string; revision: number },
  ): Promise<PromotionRecord> {
    const at = this.now();
    return this.options.changes.change(promotion, before => {
      refuseStale(before, command.revision);
      const gone = goOn(before, { by: command.by, at });
      return {
        promotion: gone,
        audit: [
          auditOf(gone, {
            actor: command.by,
            action: 'promotion.step-let-go',
            at,
            detail: {
              step: gone.rollout?.go ?? 0,
              of: gone.rollout?.steps.length ?? 0,
            },
          }),
        ],
      };
    });
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}
