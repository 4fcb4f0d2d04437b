import { ServiceUnavailableError } from '@backstage/errors';
import { HumanDuration, durationToMilliseconds } from '@backstage/types';
import { Piscina } from 'piscina';
import { explainInWorker, WORKER_FILE } from './explainInWorker';
import { ExplainResult, ExplainTask } from './explainRows';

const MOST_MEGABYTES = 1024;
/** Requests that wait for their turn; more are sent away. */
const MOST_WAITING = 32;
const IDLE_MS = 60_000;

/**
 * Explains rows in a worker with limits of time and memory: models come from wherever registries are. Requests take turns;
 * the time that one waits for its turn is none of the time that it has.
 */
export class ExplainWorkers {
  private pool: Piscina | undefined;
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: { timeout: HumanDuration }) {}

  /** @throws `ServiceUnavailableError` where too many wait, or it takes too long. */
  async run(task: ExplainTask): Promise<ExplainResult> {
    if (this.waiting >= MOST_WAITING) {
      throw new ServiceUnavailableError(
        `${this.waiting} explanations wait to be computed already; this one was not taken on. Ask again in a minute.`,
      );
    }
    this.waiting += 1;
    const turn = this.last.then(() => {
      this.waiting -= 1;
      return this.explain(task);
    });
    this.last = turn.catch(() => {});
    return turn;
  }

  private async explain(task: ExplainTask): Promise<ExplainResult> {
    this.pool ??= startPool();
    const milliseconds = durationToMilliseconds(this.options.timeout);
    try {
      return await this.pool.run(task, {
        signal: AbortSignal.timeout(milliseconds),
      });
    } catch (error) {
      throw new ServiceUnavailableError(whyStopped(error, milliseconds));
    }
  }

  async stop(): Promise<void> {
    await this.pool?.destroy();
    this.pool = undefined;
  }
}

function startPool(): Piscina {
  return new Piscina({
    filename: WORKER_FILE,
    name: explainInWorker.name,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    // Run from its sources, a worker needs what turns TypeScript into JavaScript.
    ...(WORKER_FILE.endsWith('.ts') && {
      execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
    }),
  });
}

function whyStopped(error: unknown, milliseconds: number): string {
  if (error instanceof Error && error.name === 'AbortError') {
    return `Computing it took more than ${
      milliseconds / 1000
    } s and was given up. Ask for fewer rows, or a smaller background.`;
  }
  const code =
    error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? `Computing it needs more than ${MOST_MEGABYTES} MB of memory and was given up.`
    : `Computing it failed: ${error instanceof Error ? error.message : error}`;
}
