import { InputError } from '@backstage/errors';
import { Piscina } from 'piscina';
import { computeDrift, DriftTask } from './computeDrift';
import { computeInWorker, WORKER_FILE } from './computeInWorker';

/** Smaller requests are answered at once: they take a few milliseconds. */
const MOST_BYTES_HERE = 32 * 1024;
const MOST_MS = 60_000;
const MOST_MEGABYTES = 1_024;
const IDLE_MS = 30_000;

/** Computes drift statistics; what takes long, beside the thread that answers requests. */
export class DriftWorkers {
  private pool: Piscina | undefined;

  /**
   * The figures, as JSON.
   *
   * @throws `InputError` that says what is wrong with the request.
   */
  async compute(task: DriftTask): Promise<string> {
    const result =
      task.bytes.length <= MOST_BYTES_HERE
        ? computeDrift(task)
        : await this.inWorker(task);
    if ('refused' in result) {
      throw new InputError(result.refused);
    }
    return result.json;
  }

  async stop(): Promise<void> {
    await this.pool?.destroy();
    this.pool = undefined;
  }

  private async inWorker(task: DriftTask) {
    this.pool ??= startPool();
    try {
      return await this.pool.run(task, {
        name: computeInWorker.name,
        signal: AbortSignal.timeout(MOST_MS),
      });
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'AbortError';
      throw new InputError(
        isLate
          ? `Comparing so many values took more than ${
              MOST_MS / 1000
            } s and was given up; send a sample of them`
          : `Comparing so many values needs too much time or memory; send a sample of them. ${error}`,
      );
    }
  }
}

function startPool(): Piscina {
  return new Piscina({
    filename: WORKER_FILE,
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
