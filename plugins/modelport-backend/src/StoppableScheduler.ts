import {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { setTimeout } from 'node:timers/promises';
import { messageOf } from './messageOf';

type ScheduledTask = Parameters<SchedulerService['scheduleTask']>[0];
type TaskFunction = ScheduledTask['fn'];

/** A task that does not heed its signal keeps the backend from ending for no longer than this. */
const WAIT_MS = 10_000;

/**
 * A scheduler whose tasks end with the backend. Backstage's own aborts tasks when the backend ends but waits for none,
 * so that their locks stay in the database until they time out, and the next backend waits for that.
 */
export class StoppableScheduler implements SchedulerService {
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly options: {
      scheduler: SchedulerService;
      logger: LoggerService;
    },
  ) {}

  async scheduleTask(task: ScheduledTask): Promise<void> {
    await this.options.scheduler.scheduleTask({
      ...task,
      fn: this.tracked(task.id, task.fn),
    });
  }

  createScheduledTaskRunner(
    ...schedule: Parameters<SchedulerService['createScheduledTaskRunner']>
  ): SchedulerServiceTaskRunner {
    const runner = this.options.scheduler.createScheduledTaskRunner(
      ...schedule,
    );
    return {
      run: async task =>
        runner.run({ ...task, fn: this.tracked(task.id, task.fn) }),
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

  /** Aborts what runs, waits until it has ended, and gives its locks back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { scheduler, logger } = this.options;
    await Promise.all(
      [...this.running].map(async ([id, ended]) => {
        const given = new AbortController();
        await Promise.race([
          ended,
          setTimeout(WAIT_MS, undefined, { signal: given.signal }).catch(
            () => undefined,
          ),
        ]);
        given.abort();
        try {
          await scheduler.cancelTask(id);
        } catch (error) {
          // The scheduler has given it back by itself.
          logger.debug(`${id} needed no cancelling: ${messageOf(error)}`);
        }
      }),
    );
  }

  private tracked(id: string, fn: TaskFunction): TaskFunction {
    return async signal => {
      const both = AbortSignal.any([signal, this.stopping.signal]);
      if (both.aborted) {
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
