import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { StoppableScheduler } from './StoppableScheduler';

type Run = (signal: AbortSignal) => void | Promise<void>;

function aScheduler() {
  const scheduler = mockServices.scheduler.mock();
  const runs = new Map<string, Run>();
  scheduler.scheduleTask.mockImplementation(async task => {
    runs.set(task.id, task.fn);
  });
  scheduler.createScheduledTaskRunner.mockReturnValue({
    run: async task => {
      runs.set(task.id, task.fn);
    },
  });
  const stoppable = new StoppableScheduler({
    scheduler,
    logger: mockServices.logger.mock(),
  });
  const schedule = async (id: string, fn: Run) =>
    stoppable.scheduleTask({
      id,
      fn,
      frequency: { minutes: 1 },
      timeout: { minutes: 1 },
    });
  const run = async (id: string) =>
    runs.get(id)?.(new AbortController().signal);
  return { scheduler, stoppable, schedule, run };
}

/** Runs until its signal says that it should not, and then for a little longer. */
function work() {
  const ends: string[] = [];
  const fn: Run = signal =>
    new Promise(resolve => {
      signal.addEventListener('abort', () => {
        setImmediate(() => {
          ends.push('ended');
          resolve();
        });
      });
    });
  return { fn, ends };
}

describe('StoppableScheduler', () => {
  it('aborts what runs, waits for its end, and gives its lock back', async () => {
    const { scheduler, stoppable, schedule, run } = aScheduler();
    const { fn, ends } = work();
    await schedule('runs', fn);
    await schedule('idle', async () => {});
    const other = work();
    await stoppable
      .createScheduledTaskRunner({
        frequency: { minutes: 1 },
        timeout: { minutes: 1 },
      })
      .run({ id: 'runs too', fn: other.fn });
    const running = [run('runs'), run('runs too')];
    scheduler.cancelTask.mockImplementation(async id => {
      ends.push(`cancelled ${id}`);
    });

    await stoppable.stop();

    await Promise.all(running);
    expect(other.ends).toEqual(['ended']);
    expect(ends.sort()).toEqual([
      'cancelled runs',
      'cancelled runs too',
      'ended',
    ]);
  });

  it('takes a lock that the scheduler gave back already for given back', async () => {
    const { scheduler, stoppable, schedule, run } = aScheduler();
    await schedule('runs', work().fn);
    const running = run('runs');
    scheduler.cancelTask.mockRejectedValue(new ConflictError('not running'));
    await expect(stoppable.stop()).resolves.toBeUndefined();
    await running;
  });

  it('starts nothing any more once it was stopped', async () => {
    const { stoppable, schedule, run } = aScheduler();
    const fn = jest.fn();
    await schedule('late', fn);
    await stoppable.stop();
    await run('late');
    expect(fn).not.toHaveBeenCalled();
  });

  it('lets the scheduler know where a task failed', async () => {
    const { stoppable, schedule, run } = aScheduler();
    await schedule('fails', async () => {
      throw new Error('no');
    });
    await expect(run('fails')).rejects.toThrow('no');
    await stoppable.stop();
  });
});
