import { Knex } from 'knex';
import { setImmediate, setTimeout } from 'node:timers/promises';

const LOOKS_AGAIN_MS = 10;

/** What a pool of connections says of itself. */
type Pool = { numUsed(): number; numPendingAcquires(): number };

/** Tells whether anything is being asked of a database. */
export class DatabaseLoad {
  constructor(private readonly knex: Knex) {}

  /**
   * Waits until no query runs and what follows an answer has asked for nothing further.
   *
   * @returns whether that came within the time.
   */
  async untilIdle(atMostMs: number): Promise<boolean> {
    const end = Date.now() + atMostMs;
    let idle = 0;
    while (idle < 2) {
      if (this.isIdle()) {
        idle += 1;
        await setImmediate();
      } else if (Date.now() >= end) {
        return false;
      } else {
        idle = 0;
        await setTimeout(LOOKS_AGAIN_MS);
      }
    }
    return true;
  }

  private isIdle(): boolean {
    const pool: Pool = this.knex.client.pool;
    return pool.numUsed() === 0 && pool.numPendingAcquires() === 0;
  }
}
