import { LoggerService } from '@backstage/backend-plugin-api';
import { messageOf } from '../messageOf';
import { ModelStandings } from '../models/ModelStandings';
import { auditOf, judgementDetail } from './auditOf';
import { PromotionExecutor } from './PromotionExecutor';
import { PromotionNews } from './PromotionNews';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { PromotionTickets } from './PromotionTickets';
import { PromotionsStore } from './PromotionsStore';

/**
 * The one door through which promotions are made and changed: what is approved by a change is executed, and whoever has
 * to know of it is told.
 */
export class PromotionChanges {
  constructor(
    private readonly options: {
      standings: Pick<ModelStandings, 'putOpenPromotions'>;
      store: PromotionsStore;
      executor: PromotionExecutor;
      news: PromotionNews;
      tickets: PromotionTickets;
      now: () => Date;
      logger: LoggerService;
    },
  ) {}

  /** Keeps a new promotion, tells of it, and executes what needs no decision. */
  async create(
    draft: PromotionRecord,
    facts: string,
  ): Promise<PromotionRecord> {
    const { id: _none, ...record } = draft;
    const created = await this.options.store.create(record, {
      facts,
      audit: promotion => [
        auditOf(promotion, {
          actor: promotion.requestedBy,
          action:
            promotion.kind === 'rollback'
              ? 'rollback.requested'
              : 'promotion.requested',
          at: promotion.requestedAt,
          detail: {
            reason: promotion.reason,
            ticket: promotion.ticket,
            changeTicket: promotion.changeTicket,
            fromVersion: promotion.fromVersion,
            riskTier: promotion.riskTier,
            riskTierConfirmed: promotion.riskTierConfirmed,
            policy: promotion.policyDigest,
            excluded: promotion.excluded,
            ...judgementDetail(promotion.requested),
          },
        }),
        ...(promotion.state === 'approved'
          ? [
              auditOf(promotion, {
                actor:
                  promotion.kind === 'rollback'
                    ? promotion.requestedBy
                    : 'policy',
                action: 'promotion.approved',
                at: promotion.requestedAt,
                detail: { approvals: promotion.decisions.map(({ by }) => by) },
              }),
            ]
          : []),
      ],
    });
    return this.after(undefined, await this.withTicket(created));
  }

  /** Opens a ticket for a promotion that came without one, where there is a tracker; a failure is shown and no more. */
  private async withTicket(created: PromotionRecord): Promise<PromotionRecord> {
    const at = this.options.now().toISOString();
    const changeTicket = await this.options.tickets.open(created, at);
    return changeTicket === undefined
      ? created
      : this.options.store.change(created.id, before => {
          const promotion = {
            ...before,
            ticket: changeTicket.reference || null,
            changeTicket,
          };
          return {
            promotion,
            audit: [
              auditOf(promotion, {
                actor: 'service:modelport',
                action: changeTicket.reference
                  ? 'promotion.ticket-opened'
                  : 'promotion.ticket-not-opened',
                at,
                detail: { changeTicket },
              }),
            ],
          };
        });
  }

  /** Changes a promotion, executes it where that approved it, and tells of it. */
  async change(
    before: PromotionRecord,
    change: Parameters<PromotionsStore['change']>[1],
  ): Promise<PromotionRecord> {
    const changed = await this.options.store.change(before.id, change);
    return this.after(before, changed);
  }

  /** Executes what is approved, and tells of what changed. */
  private async after(
    before: PromotionRecord | undefined,
    changed: PromotionRecord,
  ): Promise<PromotionRecord> {
    await this.told(before, changed);
    if (changed.state !== 'approved') {
      return changed;
    }
    try {
      const done = await this.options.executor.run(changed.id);
      await this.told(changed, done);
      return done;
    } catch (error) {
      // The decision is kept; what is left of the execution goes on by itself.
      this.options.logger.error(
        `The execution of the promotion ${changed.id} stopped: ${messageOf(
          error,
        )}`,
      );
      return changed;
    }
  }

  /** Tells of a change. */
  async told(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
  ): Promise<void> {
    if (!before || OPEN_STATES.includes(before.state) !== isOpen(after)) {
      const { source, name } = after;
      await this.options.standings.putOpenPromotions(
        { source, name },
        await this.options.store.openOf(after),
      );
    }
    await this.options.news.tell(before, after);
  }
}

function isOpen(promotion: PromotionRecord): boolean {
  return OPEN_STATES.includes(promotion.state);
}
