import { LoggerService } from '@backstage/backend-plugin-api';
import { AuditEvent } from '../audit/AuditLog';
import { messageOf } from '../messageOf';
import { isRefusal, RegistryUnreachableError } from './askRegistry';
import { auditOf, stateAudit } from './auditOf';
import { CopyStep } from './CopyStep';
import { EnvironmentsStore } from './EnvironmentsStore';
import { ExecutionLease, LeaseLostError } from './ExecutionLease';
import {
  claim,
  copied,
  fail,
  finish,
  holds,
  mayClaim,
  pause,
  PAUSED,
  placeName,
  replaced,
  Step,
  stepDone,
} from './executionRules';
import { PromotionJudge } from './PromotionJudge';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { overtake } from './promotionRules';
import { PromotionsStore } from './PromotionsStore';
import { PromotionTickets } from './PromotionTickets';
import { RegistryAliases } from './RegistryAliases';
import { MadeCopy, RegistryPlaces } from './RegistryPlaces';
import { isHeld } from './rollout/rolloutRules';
import { Hold, RolloutSteps } from './rollout/RolloutSteps';

/** Told of a promotion that another one took the place of. */
export type WhenReplaced = (
  before: PromotionRecord,
  after: PromotionRecord,
  by: PromotionRecord,
) => Promise<void>;

/** When a registry that could not be asked is asked again. */
const AGAIN_MS = 15_000;

const ACTOR = 'service:modelport';

/**
 * Executes what was approved, once, whoever dies: every step is noted, whoever goes on finds out what is true at the
 * registry first, and giving an alias to a version twice does no more than once.
 */
export class PromotionExecutor {
  private readonly lease: ExecutionLease;
  private readonly copies: CopyStep;
  private readonly running = new Map<string, Promise<PromotionRecord>>();

  constructor(
    private readonly options: {
      store: PromotionsStore;
      environments: EnvironmentsStore;
      aliases: RegistryAliases;
      places: RegistryPlaces;
      rollouts: RolloutSteps;
      tickets: Pick<PromotionTickets, 'lookAgain'>;
      judge: Pick<PromotionJudge, 'whyNotApproved'>;
      logger: LoggerService;
      /** Names this backend among others. */
      holder: string;
      /** Told after something is live, to read its model again. */
      refresh: (model: { source: string; name: string }) => Promise<void>;
      now: () => Date;
    },
  ) {
    this.lease = new ExecutionLease(options);
    this.copies = new CopyStep({ ...options, lease: this.lease });
  }

  /**
   * Executes a promotion as far as it can be now, and gives it as it is then. Who asks again while this backend is at it
   * gets the same answer.
   */
  async run(id: string, whenReplaced: WhenReplaced): Promise<PromotionRecord> {
    const known = this.running.get(id);
    if (known) {
      return known;
    }
    const run = this.runOnce(id, whenReplaced).finally(() =>
      this.running.delete(id),
    );
    this.running.set(id, run);
    return run;
  }

  private async runOnce(
    id: string,
    whenReplaced: WhenReplaced,
  ): Promise<PromotionRecord> {
    const { store, logger, holder } = this.options;
    const claimed = await this.claim(id);
    if (!claimed || !holds(claimed, holder)) {
      return (await store.get(id)).promotion;
    }
    try {
      const done = await this.steps(claimed, whenReplaced);
      if (['live', 'rolled_back'].includes(done.state) || isHeld(done)) {
        await this.refresh(done);
      }
      return done;
    } catch (error) {
      if (error instanceof LeaseLostError) {
        return (await store.get(id)).promotion;
      }
      if (error instanceof RegistryUnreachableError) {
        logger.warn(`The promotion ${id} waits: ${error.message}`);
        return this.lease.change(id, promotion => ({
          promotion: pause(promotion, {
            message: `${error.message}. It is tried again.`,
            until: this.later(AGAIN_MS),
          }),
          audit: [],
        }));
      }
      throw error;
    }
  }

  private async steps(
    promotion: PromotionRecord,
    whenReplaced: WhenReplaced,
  ): Promise<PromotionRecord> {
    const { source, name, version, policy, execution, id } = promotion;
    const { places } = this.options;
    const createdAt = promotion.versionCreatedAt;
    const { alias, copy } = policy;
    const of = { name, version, createdAt, alias, copy };
    const place = placeName(promotion);
    const { rollouts } = this.options;

    if (promotion.rollout?.abort) {
      return rollouts.restore(promotion, this.hold());
    }
    await this.copies.recover(promotion);
    const before = await places.read(source, of);
    if (!before.versionExists) {
      return this.fail(
        promotion,
        'check',
        `Version ${version} is no longer in the registry; nothing was changed there`,
      );
    }
    const isThere = before.current === version;
    if (!isThere && before.current !== execution.expected) {
      return this.fail(
        promotion,
        'check',
        `${place} was moved meanwhile: it is ${nameOf(
          before.current,
        )}, and was ${nameOf(
          execution.expected,
        )} at the request. Nothing was changed; look at it, and try again if it should be replaced`,
      );
    }
    const refusal =
      copy && !isThere ? await places.refusal(source, policy) : null;
    if (refusal !== null) {
      return this.fail(promotion, 'check', `${refusal}. Nothing was changed`);
    }
    const doubt = isThere ? null : await this.whyNotApproved(promotion);
    if (doubt !== null) {
      return this.fail(
        promotion,
        'check',
        `${doubt}. Nothing was changed; ask for it anew`,
      );
    }
    const ticket = isThere ? null : await this.checkTicket(promotion);
    if (ticket !== null) {
      return this.fail(
        promotion,
        'check',
        `${ticket}. Nothing was changed; try again when the ticket is in order`,
      );
    }
    await this.done(
      id,
      'check',
      isThere
        ? `${place} is version ${version} already`
        : `${place} is ${nameOf(before.current)}`,
    );

    if (promotion.rollout && !isThere) {
      const waiting = await rollouts.go(promotion, this.hold());
      if (waiting) {
        return waiting;
      }
    }
    if (!isThere) {
      let step: Step = copy ? 'copy' : 'set-alias';
      try {
        const made = copy && (await this.copies.make(promotion, copy));
        step = 'set-alias';
        if (alias !== null) {
          await this.options.aliases.set(copy?.source ?? source, {
            name: copy?.name ?? name,
            version: made?.version ?? version,
            alias,
          });
        }
      } catch (error) {
        if (!isRefusal(error)) {
          throw error;
        }
        return this.fail(promotion, step, messageOf(error));
      }
    }
    if (!copy) {
      // What was split moves as a whole.
      const refused = await rollouts.clear(promotion);
      if (refused !== undefined) {
        return this.fail(promotion, 'set-alias', refused);
      }
    }
    await this.done(id, 'set-alias', null);

    const after = await places.read(source, of);
    if (!copy && !(await rollouts.isWhole(promotion))) {
      return this.fail(
        promotion,
        'read-back',
        `The registry says that ${place} is ${nameOf(
          after.current,
        )}, and splits what comes there: somebody else changed it at the same time`,
      );
    }
    return after.current === version && after.versionExists
      ? this.finish(id, after.copy ?? undefined, whenReplaced)
      : this.fail(
          promotion,
          'read-back',
          `The registry says that ${place} is ${nameOf(
            after.current,
          )}, not version ${version}: somebody else changed it at the same time`,
        );
  }

  /** What the steps of a rollout need while this backend has the lease. */
  private hold(): Hold {
    const { places, aliases } = this.options;
    return {
      change: (id, change) => this.lease.change(id, change),
      fail: (promotion, step, message) => this.fail(promotion, step, message),
      current: async ({ source, name, policy }) =>
        (await places.read(source, { ...policy, name, version: null })).current,
      setAlias: async ({ source, name, policy }, version) => {
        if (policy.alias !== null) {
          await aliases.set(source, { name, version, alias: policy.alias });
        }
      },
    };
  }

  /** Why it would not be approved as things are now; null where it would, or where part of it is live by now. */
  private async whyNotApproved(
    promotion: PromotionRecord,
  ): Promise<string | null> {
    return promotion.rollout && promotion.rollout.step > 0
      ? null
      : this.options.judge.whyNotApproved(promotion);
  }

  /** What the tracker says against the change ticket now; null where nothing. */
  private async checkTicket(
    promotion: PromotionRecord,
  ): Promise<string | null> {
    if (promotion.rollout && promotion.rollout.step > 0) {
      return null;
    }
    const at = this.now();
    const ticket = await this.options.tickets.lookAgain(promotion, at);
    const check = ticket?.checks.at(-1);
    if (!ticket || !check) {
      return null;
    }
    await this.lease.change(promotion.id, before => ({
      promotion: { ...before, changeTicket: ticket },
      audit: [
        auditOf(before, {
          actor: ACTOR,
          action: 'promotion.ticket-checked',
          at,
          detail: { ticket: ticket.reference, check },
        }),
      ],
    }));
    return check.allowed
      ? null
      : `The change ticket ${ticket.reference} may not be used: ${check.message}`;
  }

  private async claim(id: string): Promise<PromotionRecord | undefined> {
    const { store, holder, logger } = this.options;
    const at = this.now();
    const { promotion } = await store.get(id);
    const others = await store.idsIn(['executing'], {
      source: promotion.source,
      name: promotion.name,
      environment: promotion.environment,
    });
    if (others.some(other => other !== id)) {
      return undefined;
    }
    try {
      return await store.change(id, before => {
        if (!mayClaim(before, holder, at)) {
          return undefined;
        }
        const claimed = claim(before, {
          holder,
          until: this.lease.until(),
          at,
        });
        // Who let one that waited go on stands in the chain already.
        const { lease } = before.execution;
        const isNews =
          before.state === 'approved' ||
          (lease !== null && lease.holder !== PAUSED);
        return {
          promotion: claimed,
          audit: (isNews ? [claimed] : []).map(started =>
            auditOf(started, {
              actor: ACTOR,
              action:
                before.state === 'approved'
                  ? 'promotion.execution-started'
                  : 'promotion.execution-resumed',
              at,
              detail: { attempt: claimed.execution.attempts },
            }),
          ),
        };
      });
    } catch (error) {
      if (await this.isBusy(promotion)) {
        logger.debug(`The promotion ${id} waits for another: ${error}`);
        return undefined;
      }
      throw error;
    }
  }

  /** Whether another promotion into the same environment got ahead of this one, which the database lets only one do. */
  private async isBusy(promotion: PromotionRecord): Promise<boolean> {
    const { source, name, environment, id } = promotion;
    const others = await this.options.store.idsIn(['executing'], {
      source,
      name,
      environment,
    });
    return others.some(other => other !== id);
  }

  private async done(
    id: string,
    step: Step,
    message: string | null,
  ): Promise<void> {
    await this.lease.change(id, promotion => ({
      promotion: stepDone(promotion, {
        step,
        message,
        at: this.now(),
        until: this.lease.until(),
      }),
      audit: [],
    }));
  }

  private async fail(
    promotion: PromotionRecord,
    step: Step,
    message: string,
  ): Promise<PromotionRecord> {
    await this.copies.discard(promotion);
    const at = this.now();
    return this.lease.change(promotion.id, before => {
      const failed = fail(before, { step, message, at });
      return {
        promotion: failed,
        audit: [
          auditOf(failed, {
            actor: ACTOR,
            action: 'promotion.failed',
            at,
            detail: { step, message },
          }),
        ],
      };
    });
  }

  /** Notes all at once: that it is live, what it took the place of, and since when. */
  private async finish(
    id: string,
    made: MadeCopy | undefined,
    whenReplaced: WhenReplaced,
  ): Promise<PromotionRecord> {
    const { store, environments } = this.options;
    const at = this.now();
    const { promotion: known } = await store.get(id);
    const { source, name, environment } = known;
    const of = { source, name, environment };
    const earlier = await store.idsIn(['live'], of);
    const asked = await store.idsIn(OPEN_STATES, of);
    const ended: Array<{ before: PromotionRecord; after: PromotionRecord }> =
      [];
    const done = await this.lease.change(id, promotion => {
      const live = finish(made ? copied(promotion, made) : promotion, at);
      return {
        promotion: live,
        audit: [
          auditOf(live, {
            actor: ACTOR,
            action:
              live.kind === 'rollback' ? 'rollback.live' : 'promotion.live',
            at,
            detail: {
              alias: live.policy.alias,
              from: live.execution.expected,
              ...(made && { copy: { ...live.policy.copy, ...made } }),
            },
          }),
        ],
        also: async trx => {
          const earliest = live.policy.copy
            ? live.fromVersion
            : live.execution.expected;
          if (earliest !== null && !(await environments.current(of, trx))) {
            // It was live before anybody watched.
            await environments.put(trx, of, {
              version: earliest,
              from: null,
              at: live.requestedAt,
              by: null,
              promotion: null,
              behindPortal: false,
            });
          }
          await environments.put(trx, of, {
            version: live.version,
            from: at,
            at,
            by: live.requestedBy,
            promotion: live.id,
            behindPortal: false,
          });
          const audit: AuditEvent[] = [];
          ended.length = 0;
          for (const other of earlier.filter(one => one !== id)) {
            const changed = await store.changeIn(trx, other, before => {
              if (before.state !== 'live') {
                return undefined;
              }
              const after = replaced(before, { by: live, at });
              ended.push({ before, after });
              return { promotion: after, audit: [] };
            });
            audit.push(
              auditOf(changed.promotion, {
                actor: ACTOR,
                action: `promotion.${changed.promotion.state.replace(
                  '_',
                  '-',
                )}`,
                at,
                detail: { by: live.id },
              }),
            );
          }
          for (const other of asked.filter(one => one !== id)) {
            const changed = await store.changeIn(trx, other, before => {
              const after =
                before.version === live.version
                  ? overtake(before, { by: live, at })
                  : before;
              if (after === before) {
                return undefined;
              }
              ended.push({ before, after });
              return {
                promotion: after,
                audit: stateAudit(before, after, at, ACTOR),
              };
            });
            audit.push(...changed.audit);
          }
          return audit;
        },
      };
    });
    for (const { before, after } of ended) {
      await whenReplaced(before, after, done);
    }
    return done;
  }

  private async refresh(promotion: PromotionRecord): Promise<void> {
    try {
      const { copy } = promotion.policy;
      if (copy) {
        await this.options.refresh(copy);
      }
      await this.options.refresh(promotion);
    } catch (error) {
      this.options.logger.warn(
        `${promotion.name} is shown as it was till the next pass: ${messageOf(
          error,
        )}`,
      );
    }
  }

  private now(): string {
    return this.options.now().toISOString();
  }

  private later(ms: number): string {
    return new Date(this.options.now().getTime() + ms).toISOString();
  }
}

function nameOf(version: string | null): string {
  return version === null ? 'of no version' : `version ${version}`;
}
