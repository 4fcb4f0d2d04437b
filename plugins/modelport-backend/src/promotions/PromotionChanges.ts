import { setTimeout as delay } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { messageOf } from '../messageOf';
import { ModelStandings } from '../models/ModelStandings';
import { auditOf, judgementDetail } from './auditOf';
import { PromotionExecutor } from './PromotionExecutor';
import { PromotionNews } from './PromotionNews';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { PromotionTickets } from './PromotionTickets';
import { PromotionsStore } from './PromotionsStore';
import { isHeld } from './rollout/rolloutRules';

/** A ticket that is not open after this time is opened by whoever comes to it. */
const OPENING_MS = 60_000;
const OPEN_AGAIN_MS = 5 * 60_000;

/** How long somebody waits for the answer to a decision that copies files. */
const COPY_WAIT_MS = 20_000;

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
    const { tickets, now } = this.options;
    const { id: _none, ...rest } = draft;
    const record = {
      ...rest,
      // Where this backend dies before it is opened, another one opens it.
      ticketDue: tickets.opens(draft) ? later(now(), OPENING_MS) : null,
    };
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
            ...(promotion.rollout && {
              rollout: {
                kind: promotion.rollout.kind,
                next: promotion.rollout.next,
                steps: promotion.rollout.steps,
                abortOn: promotion.rollout.abortOn,
              },
            }),
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
    return this.after(undefined, await this.openTicket(created));
  }

  /**
   * Opens a ticket for a promotion that came without one, where there is a tracker. A failure holds nothing up: it is
   * shown, and tried again.
   */
  async openTicket(created: PromotionRecord): Promise<PromotionRecord> {
    const now = this.options.now();
    const at = now.toISOString();
    const changeTicket = await this.options.tickets.open(created, at);
    if (changeTicket === undefined) {
      return created;
    }
    return this.options.store.change(created.id, before => {
      if (before.ticket !== null) {
        return undefined;
      }
      const promotion = {
        ...before,
        ticket: changeTicket.reference || null,
        changeTicket,
        ticketDue: changeTicket.reference ? null : later(now, OPEN_AGAIN_MS),
      };
      const isNews =
        changeTicket.reference ||
        before.changeTicket?.message !== changeTicket.message;
      return {
        promotion,
        audit: (isNews ? [promotion] : []).map(told =>
          auditOf(told, {
            actor: 'service:modelport',
            action: changeTicket.reference
              ? 'promotion.ticket-opened'
              : 'promotion.ticket-not-opened',
            at,
            detail: { changeTicket },
          }),
        ),
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
    if (!isToExecute(changed)) {
      return changed;
    }
    return this.execute(changed);
  }

  /** Executes what was approved as far as it can be now; files that take long to be copied go on while nobody waits. */
  async execute(promotion: PromotionRecord): Promise<PromotionRecord> {
    const { store } = this.options;
    const running = this.executed(promotion);
    if (!promotion.policy.copy) {
      return running;
    }
    const enough = new AbortController();
    const { signal } = enough;
    const waited = delay(COPY_WAIT_MS, undefined, { ref: false, signal }).then(
      async () => (await store.get(promotion.id)).promotion,
    );
    // Whoever is not waited for any more is told of nothing.
    waited.catch(() => {});
    return Promise.race([running, waited]).finally(() => enough.abort());
  }

  private async executed(before: PromotionRecord): Promise<PromotionRecord> {
    try {
      const done = await this.options.executor.run(
        before.id,
        (replaced, after, by) => this.told(replaced, after, by),
      );
      await this.told(before, done);
      return done;
    } catch (error) {
      // The decision is kept; what is left of the execution goes on by itself.
      this.options.logger.error(
        `The execution of the promotion ${
          before.id
        } stopped, and goes on later: ${messageOf(error)}`,
      );
      return before;
    }
  }

  /**
   * Tells of a change.
   *
   * @param by - the promotion that took its place, where one did.
   */
  async told(
    before: PromotionRecord | undefined,
    after: PromotionRecord,
    by?: PromotionRecord,
  ): Promise<void> {
    if (!before || OPEN_STATES.includes(before.state) !== isOpen(after)) {
      const { source, name } = after;
      await this.options.standings.putOpenPromotions(
        { source, name },
        await this.options.store.openOf(after),
      );
    }
    await this.options.news.tell(before, after, by);
  }
}

function later(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}

/** Approved, or let go on from a step at which it waited. */
function isToExecute(promotion: PromotionRecord): boolean {
  return (
    promotion.state === 'approved' ||
    (promotion.state === 'executing' &&
      promotion.execution.lease === null &&
      !isHeld(promotion))
  );
}

function isOpen(promotion: PromotionRecord): boolean {
  return OPEN_STATES.includes(promotion.state);
}
