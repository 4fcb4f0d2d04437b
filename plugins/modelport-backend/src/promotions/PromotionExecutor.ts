import { LoggerService } from '@backstage/backend-plugin-api';
import { AuditEvent } from '../audit/AuditLog';
import { messageOf } from '../messageOf';
import { auditOf } from './auditOf';
import { EnvironmentsStore } from './EnvironmentsStore';
import {
  claim,
  fail,
  finish,
  holds,
  mayClaim,
  pause,
  replaced,
  Step,
  stepDone,
} from './executionRules';
import { PromotionRecord } from './PromotionRecord';
import { PromotionsStore } from './PromotionsStore';
import { RegistryAliases, RegistryUnreachableError } from './RegistryAliases';

/** Longer than all that an execution asks of a registry between two of its notes. */
const LEASE_MS = 60_000;

/** When a registry that could not be asked is asked again. */
const AGAIN_MS = 15_000;

const ACTOR = 'service:modelport';

/** Another backend took the execution over. */
class LeaseLostError extends Error {}

/**
 * Executes what was approved, once, whoever dies: every step is noted, whoever goes on finds out what is true at the
 * registry first, and giving an alias to a version twice does no more than once.
 */
export class PromotionExecutor {
  constructor(
    private readonly options: {
      store: PromotionsStore;
      environments: EnvironmentsStore;
      aliases: RegistryAliases;
      logger: LoggerService;
      /** Names this backend among others. */
      holder: string;
      /** Told after something is live, to read its model again. */
      refresh: (model: { source: string; name: string }) => Promise<void>;
      now: () => Date;
    },
  ) {}

  /** Executes a promotion as far as it can be now, and gives it as it is then. */
  async run(id: string): Promise<PromotionRecord> {
    const { store, logger, holder } = this.options;
    const claimed = await this.claim(id);
    if (!claimed || !holds(claimed, holder)) {
      return (await store.get(id)).promotion;
    }
    try {
      const done = await this.steps(claimed);
      if (done.state === 'live') {
        await this.refresh(done);
      }
      return done;
    } catch (error) {
      if (error instanceof LeaseLostError) {
        return (await store.get(id)).promotion;
      }
      if (error instanceof RegistryUnreachableError) {
        logger.warn(`The promotion ${id} waits: ${error.message}`);
        return this.change(id, promotion => ({
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

  private async steps(promotion: PromotionRecord): Promise<PromotionRecord> {
    const { source, name, version, policy, execution, id } = promotion;
    const { aliases } = this.options;
    const createdAt = promotion.versionCreatedAt;
    const of = { name, version, createdAt, alias: policy.alias };

    const before = await aliases.read(source, of);
    if (!before.versionExists) {
      return this.fail(
        id,
        'check',
        `Version ${version} is no longer in the registry; nothing was changed there`,
      );
    }
    const isThere = before.current === version;
    if (!isThere && before.current !== execution.expected) {
      return this.fail(
        id,
        'check',
        `${policy.alias} was moved meanwhile: it is ${nameOf(
          before.current,
        )}, and was ${nameOf(
          execution.expected,
        )} at the request. Nothing was changed; look at it, and try again if it should be replaced`,
      );
    }
    await this.done(
      id,
      'check',
      isThere
        ? `${policy.alias} is version ${version} already`
        : `${policy.alias} is ${nameOf(before.current)}`,
    );

    if (!isThere) {
      try {
        await aliases.set(source, of);
      } catch (error) {
        if (error instanceof RegistryUnreachableError) {
          throw error;
        }
        return this.fail(id, 'set-alias', messageOf(error));
      }
    }
    await this.done(id, 'set-alias', null);

    const after = await aliases.read(source, of);
    return after.current === version && after.versionExists
      ? this.finish(id)
      : this.fail(
          id,
          'read-back',
          `The registry says that ${policy.alias} is ${nameOf(
            after.current,
          )}, not version ${version}: somebody else changed it at the same time`,
        );
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
          until: this.later(LEASE_MS),
          at,
        });
        return {
          promotion: claimed,
          audit: [
            auditOf(claimed, {
              actor: ACTOR,
              action:
                before.state === 'approved'
                  ? 'promotion.execution-started'
                  : 'promotion.execution-resumed',
              at,
              detail: { attempt: claimed.execution.attempts },
            }),
          ],
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
    await this.change(id, promotion => ({
      promotion: stepDone(promotion, {
        step,
        message,
        at: this.now(),
        until: this.later(LEASE_MS),
      }),
      audit: [],
    }));
  }

  private async fail(
    id: string,
    step: Step,
    message: string,
  ): Promise<PromotionRecord> {
    const at = this.now();
    return this.change(id, promotion => {
      const failed = fail(promotion, { step, message, at });
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
  private async finish(id: string): Promise<PromotionRecord> {
    const { store, environments } = this.options;
    const at = this.now();
    const { promotion: known } = await store.get(id);
    const earlier = await store.idsIn(['live'], {
      source: known.source,
      name: known.name,
      environment: known.environment,
    });
    return this.change(id, promotion => {
      const live = finish(promotion, at);
      return {
        promotion: live,
        audit: [
          auditOf(live, {
            actor: ACTOR,
            action:
              live.kind === 'rollback' ? 'rollback.live' : 'promotion.live',
            at,
            detail: { alias: live.policy.alias, from: live.execution.expected },
          }),
        ],
        also: async trx => {
          const of = {
            source: live.source,
            name: live.name,
            environment: live.environment,
          };
          const earliest = live.execution.expected;
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
          for (const other of earlier.filter(one => one !== id)) {
            const changed = await store.changeIn(trx, other, before =>
              before.state === 'live'
                ? { promotion: replaced(before, { by: live, at }), audit: [] }
                : undefined,
            );
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
          return audit;
        },
      };
    });
  }

  /** Changes a promotion while this backend has the lease. */
  private async change(
    id: string,
    change: Parameters<PromotionsStore['change']>[1],
  ): Promise<PromotionRecord> {
    const { store, holder } = this.options;
    return store.change(id, promotion => {
      if (!holds(promotion, holder)) {
        throw new LeaseLostError(
          `Another backend works on the promotion ${id} now`,
        );
      }
      return change(promotion);
    });
  }

  private async refresh(promotion: PromotionRecord): Promise<void> {
    try {
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
