import {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { setTimeout } from 'node:timers/promises';
import { DatabaseLoad } from './DatabaseLoad';
import { messageOf } from './messageOf';

type ScheduledTask = Parameters<SchedulerService['scheduleTask']>[0];
type TaskFunction = ScheduledTask['fn'];

/** A task that does not heed its signal keeps the backend from ending for no longer than this. */
const WAIT_MS = 10_000;

/** Giving back locks takes a moment; requests that are still answered may keep the database busy for longer. */
const QUIET_MS = 2_000;

/**
 * A scheduler whose tasks end with the backend. Backstage's own aborts tasks when the backend ends but waits for none,
 * nor for one that it is about to begin or has just ended, so that their locks stay in the database until they time
 * out, and the next backend waits for that.
 */
export class StoppableScheduler implements SchedulerService {
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<unknown>>();
  /** Tasks whose lock was held at any time since the end began. */
  private readonly held = new Set<string>();
  private readonly waitMs: number;

  constructor(
    private readonly options: {
      scheduler: SchedulerService;
      logger: LoggerService;
      /** What the locks are read and written through. */
      load: Pick<DatabaseLoad, 'untilIdle'>;
      waitMs?: number;
    },
  ) {
    this.waitMs = options.waitMs ?? WAIT_MS;
  }

  async scheduleTask(task: ScheduledTask): Promise<void> {
    await this.options.scheduler.scheduleTask(this.stoppable(task));
  }

  createScheduledTaskRunner(
    ...schedule: Parameters<SchedulerService['createScheduledTaskRunner']>
  ): SchedulerServiceTaskRunner {
    const runner = this.options.scheduler.createScheduledTaskRunner(
      ...schedule,
    );
    return {
      run: async task => runner.run(this.stoppable(task)),
    };
  }

  async triggerTask(id: string): Promise<void> {
    await this.options.scheduler.triggerTask(id);
  }

  async cancelTask(id: string): Promise<void> {
    await this.options.scheduler.cancelTask(id);
  }

  async getScheduledTasks(): ReturnType<SchedulerService['getScheduledTasks']> {
    return this.options.scheduler.getScheduledTasks();
  }

  /** Begins nothing more, aborts what runs, waits until it has ended, and until all locks are given back. */
  async stop(): Promise<void> {
    for (const id of this.running.keys()) {
      this.held.add(id);
    }
    this.stopping.abort();
    await Promise.all(
      [...this.running].map(([id, ended]) => this.waitOrCancel(id, ended)),
    );
    if (!(await this.options.load.untilIdle(QUIET_MS))) {
      await Promise.all([...this.held].map(id => this.cancelQuietly(id)));
    }
  }

  private async waitOrCancel(
    id: string,
    ended: Promise<unknown>,
  ): Promise<void> {
    const waited = new AbortController();
    const inTime = await Promise.race([
      ended.then(() => true),
      setTimeout(this.waitMs, false, { signal: waited.signal }).catch(
        () => false,
      ),
    ]);
    waited.abort();
    if (!inTime) {
      await this.cancelQuietly(id);
    }
  }

  private async cancelQuietly(id: string): Promise<void> {
    const { scheduler, logger } = this.options;
    try {
      await scheduler.cancelTask(id);
    } catch (error) {
      // The scheduler has given it back by itself.
      logger.debug(`${id} needed no cancelling: ${messageOf(error)}`);
    }
  }

  /** Its worker asks for no lock any more once this stops, whichever of both hears of the end first. */
  private stoppable<T extends Pick<ScheduledTask, 'id' | 'fn' | 'signal'>>(
    task: T,
  ): T {
    const { signal } = this.stopping;
    return {
      ...task,
      signal: task.signal ? AbortSignal.any([task.signal, signal]) : signal,
      fn: this.tracked(task.id, task.fn),
    };
  }

  private tracked(id: string, fn: TaskFunction): TaskFunction {
    return async signal => {
      const both = AbortSignal.any([signal, this.stopping.signal]);
      if (both.aborted) {
        this.held.add(id);
        return;
      }
      const run = Promise.resolve(fn(both));
      const ended = run.catch(() => undefined);
      this.running.set(id, ended);
      try {
        await run;
      } finally {
        this.running.delete(id);
      }
    };
  }
}
