import { LoggerService } from '@backstage/backend-plugin-api';
import { messageOf } from '../messageOf';
import { auditOf, stateAudit } from './auditOf';
import { PromotionChanges } from './PromotionChanges';
import { expire } from './promotionRules';
import { expireWaivers } from './waiverRules';
import { PromotionsStore } from './PromotionsStore';
import { Rollouts } from './rollout/Rollouts';

/** What goes on with promotions by itself. */
export class PromotionRounds {
  constructor(
    private readonly options: {
      store: PromotionsStore;
      changes: PromotionChanges;
      rollouts: Rollouts;
      logger: LoggerService;
      now: () => Date;
    },
  ) {}

  /** Lets expire what time alone ends, and goes on with what was approved. */
  async continueAll(options: { signal: AbortSignal }): Promise<void> {
    const { store, changes } = this.options;
    const at = this.now();
    for (const id of await store.due(at)) {
      const { promotion } = await store.get(id);
      await changes.change(promotion, before => {
        const waived = expireWaivers(before, at);
        const expired = expire(waived, at);
        return {
          promotion: expired,
          audit: [
            ...(waived === before
              ? []
              : [
                  auditOf(expired, {
                    actor: 'service:modelport',
                    action: 'promotion.waiver-expired',
                    at,
                    detail: {
                      gates: waived.waivers
                        .filter(({ expiredAt }) => expiredAt === at)
                        .map(({ gate }) => gate),
                    },
                  }),
                ]),
            ...stateAudit(before, expired, at, 'service:modelport'),
          ],
        };
      });
      if (promotion.ticketDue && promotion.ticketDue <= at) {
        await changes.openTicket(promotion);
      }
    }
    for (const id of await store.idsIn(['approved', 'executing'])) {
      options.signal.throwIfAborted();
      try {
        await this.options.rollouts.look((await store.get(id)).promotion);
        const { promotion: before } = await store.get(id);
        await changes.execute(before);
      } catch (error) {
        // One that can't go on holds no other up.
        this.options.logger.error(
          `The execution of the promotion ${id} stopped, and goes on later: ${messageOf(
            error,
          )}`,
        );
      }
    }
  }

  private now(): string {
    return this.options.now().toISOString();
  }
}
