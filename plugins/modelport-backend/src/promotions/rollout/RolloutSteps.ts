import { Knex } from 'knex';
import { TrafficShare } from '@modelport/plugin-modelport-node';
import { messageOf } from '../../messageOf';
import { auditOf } from '../auditOf';
import { EnvironmentsStore } from '../EnvironmentsStore';
import { PromotionRecord } from '../PromotionRecord';
import { PromotionsStore } from '../PromotionsStore';
import { RegistryUnreachableError } from '../askRegistry';
import { RegistryTraffic } from './RegistryTraffic';
import {
  RESTORE,
  restored,
  sharesAt,
  splitStep,
  stepLive,
} from './rolloutRules';
import { isSameSplit, sharesInWords } from './shares';

const ACTOR = 'service:modelport';

/** What an execution does for its steps while this backend has its lease. */
export interface Hold {
  change(
    id: string,
    change: Parameters<PromotionsStore['change']>[1],
  ): Promise<PromotionRecord>;
  fail(
    promotion: PromotionRecord,
    step: `split-${number}` | typeof RESTORE,
    message: string,
  ): Promise<PromotionRecord>;
  /** Version that the registry says has the environment's alias. */
  current(promotion: PromotionRecord): Promise<string | null>;
  /** Gives the alias to a version. */
  setAlias(promotion: PromotionRecord, version: string): Promise<void>;
}

/**
 * The steps of an execution that split what comes to an environment. Each is set, read back and noted once; whoever goes
 * on after a backend died finds at the registry what was set last.
 */
export class RolloutSteps {
  constructor(
    private readonly options: {
      traffic: RegistryTraffic;
      environments: EnvironmentsStore;
      now: () => Date;
    },
  ) {}

  /** Goes as far as it was let go; undefined where the version may have everything now. */
  async go(
    promotion: PromotionRecord,
    hold: Hold,
  ): Promise<PromotionRecord | undefined> {
    const { traffic } = this.options;
    let now = promotion;
    for (;;) {
      const { rollout } = now;
      if (!rollout) {
        return undefined;
      }
      if (rollout.abort) {
        return this.restore(now, hold);
      }
      const split = await traffic.read(now);
      if (
        rollout.go > rollout.steps.length &&
        rollout.step >= rollout.steps.length
      ) {
        return split.length === 0 || isSameSplit(split, rollout.expected)
          ? undefined
          : hold.fail(now, splitStep(rollout.step), movedMessage(now, split));
      }
      if (rollout.step >= rollout.go) {
        return now;
      }
      const step = rollout.step + 1;
      const wanted = sharesAt(now, step);
      if (!isSameSplit(split, wanted)) {
        if (!isSameSplit(split, rollout.expected)) {
          return hold.fail(now, splitStep(step), movedMessage(now, split));
        }
        const refused = await this.set(now, wanted);
        if (refused !== undefined) {
          return hold.fail(now, splitStep(step), refused);
        }
        const after = await traffic.read(now);
        if (!isSameSplit(after, wanted)) {
          return hold.fail(
            now,
            splitStep(step),
            `The registry says that ${sharesInWords(
              after,
            )}, not that ${sharesInWords(
              wanted,
            )}: somebody else changed it at the same time`,
          );
        }
      }
      now = await this.note(now, step, wanted, hold);
    }
  }

  /** Gives everything back to the version before. */
  async restore(
    promotion: PromotionRecord,
    hold: Hold,
  ): Promise<PromotionRecord> {
    const { traffic } = this.options;
    const { id, version, execution } = promotion;
    const before = execution.expected;
    const current = await hold.current(promotion);
    if (before === null || (current !== before && current !== version)) {
      return hold.fail(
        promotion,
        RESTORE,
        `The environment was moved meanwhile to ${
          current === null ? 'no version' : `version ${current}`
        }, and was version ${before} before. Nothing was changed; look at it, and try again if it should be replaced`,
      );
    }
    if (current !== before) {
      try {
        await hold.setAlias(promotion, before);
      } catch (error) {
        if (error instanceof RegistryUnreachableError) {
          throw error;
        }
        return hold.fail(promotion, RESTORE, messageOf(error));
      }
    }
    const refused = await this.set(promotion, []);
    if (refused !== undefined) {
      return hold.fail(promotion, RESTORE, refused);
    }
    const [split, after] = [
      await traffic.read(promotion),
      await hold.current(promotion),
    ];
    if (split.length > 0 || after !== before) {
      return hold.fail(
        promotion,
        RESTORE,
        'The registry does not say that the version before has everything: somebody else changed it at the same time',
      );
    }
    const at = this.options.now().toISOString();
    return hold.change(id, known => {
      const back = restored(known, at);
      return {
        promotion: back,
        audit: [
          auditOf(back, {
            actor: ACTOR,
            action: 'promotion.restored',
            at,
            detail: { to: before, step: known.rollout?.step ?? 0 },
          }),
        ],
        also: async trx => {
          await this.period(trx, back, {
            shares: [],
            at,
            by: back.rollout?.abort?.by ?? ACTOR,
          });
          return [];
        },
      };
    });
  }

  /** Takes what is split back into one where the source splits; says why where it refuses. */
  async clear(promotion: PromotionRecord): Promise<string | undefined> {
    return (await this.options.traffic.read(promotion)).length === 0
      ? undefined
      : this.set(promotion, []);
  }

  /** Whether the registry says that nothing is split. */
  async isWhole(promotion: PromotionRecord): Promise<boolean> {
    return (await this.options.traffic.read(promotion)).length === 0;
  }

  private async note(
    promotion: PromotionRecord,
    step: number,
    shares: TrafficShare[],
    hold: Hold,
  ): Promise<PromotionRecord> {
    const at = this.options.now().toISOString();
    return hold.change(promotion.id, known => {
      const live = stepLive(known, { step, at });
      return {
        promotion: live,
        audit: [
          auditOf(live, {
            actor: ACTOR,
            action: 'promotion.step-live',
            at,
            detail: { step, of: live.rollout?.steps.length, shares },
          }),
        ],
        also: async trx => {
          await this.period(trx, live, { shares, at, by: live.requestedBy });
          return [];
        },
      };
    });
  }

  private async period(
    trx: Knex.Transaction,
    promotion: PromotionRecord,
    change: { shares: TrafficShare[]; at: string; by: string },
  ): Promise<void> {
    const { environments } = this.options;
    const { source, name, environment, execution } = promotion;
    const of = { source, name, environment };
    const version = execution.expected;
    if (version !== null && !(await environments.current(of, trx))) {
      // It was live before anybody watched.
      await environments.put(trx, of, {
        version,
        from: null,
        at: promotion.requestedAt,
        by: null,
        promotion: null,
        behindPortal: false,
      });
    }
    await environments.put(trx, of, {
      ...change,
      version,
      from: change.at,
      promotion: promotion.id,
      behindPortal: false,
    });
  }

  private async set(
    promotion: PromotionRecord,
    shares: TrafficShare[],
  ): Promise<string | undefined> {
    try {
      await this.options.traffic.set(promotion, shares);
      return undefined;
    } catch (error) {
      if (error instanceof RegistryUnreachableError) {
        throw error;
      }
      return messageOf(error);
    }
  }
}

function movedMessage(
  promotion: PromotionRecord,
  split: TrafficShare[],
): string {
  const expected = promotion.rollout?.expected ?? [];
  return `What comes to ${
    promotion.environment
  } was split otherwise meanwhile: ${sharesInWords(
    split,
  )}, where it was that ${sharesInWords(
    expected,
  )}. Nothing was changed; look at it, and try again if it should be replaced`;
}
