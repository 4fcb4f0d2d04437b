import { holds, keep } from './executionRules';
import { PromotionRecord } from './PromotionRecord';
import { PromotionsStore } from './PromotionsStore';

/** Longer than all that an execution asks of a registry between two of its notes. */
const LEASE_MS = 60_000;

/** Another backend took the execution over. */
export class LeaseLostError extends Error {}

/** Changes promotions while this backend has the lease of their execution. */
export class ExecutionLease {
  constructor(
    private readonly options: {
      store: PromotionsStore;
      /** Names this backend among others. */
      holder: string;
      now: () => Date;
    },
  ) {}

  /** Till when a lease holds that is taken or kept now. */
  until(): string {
    return new Date(this.options.now().getTime() + LEASE_MS).toISOString();
  }

  /** @throws `LeaseLostError` where another backend has it. */
  async change(
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

  /**
   * Does what takes longer than a lease, and gives it up where another backend has it.
   *
   * @throws `LeaseLostError` then, and whatever `work` throws.
   */
  async keeping<T>(
    id: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const given = new AbortController();
    let lost: LeaseLostError | undefined;
    const timer = setInterval(() => {
      this.change(id, promotion => ({
        promotion: keep(promotion, this.until()),
        audit: [],
      })).catch((error: unknown) => {
        // A database that can't be asked just now is asked again before the lease is over.
        if (error instanceof LeaseLostError) {
          lost = error;
          given.abort();
        }
      });
    }, LEASE_MS / 4);
    try {
      return await work(given.signal);
    } catch (error) {
      throw lost ?? error;
    } finally {
      clearInterval(timer);
    }
  }
}
