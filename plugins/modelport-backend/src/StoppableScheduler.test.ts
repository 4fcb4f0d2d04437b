import { DefaultSchedulerService } from '@backstage/backend-defaults/scheduler';
import {
  mockServices,
  TestDatabases,
  TestDatabaseId,
} from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { ConflictError } from '@backstage/errors';
import { createDeferred } from '@backstage/types';
import { Knex } from 'knex';
import { DatabaseLoad } from './DatabaseLoad';
import { StoppableScheduler } from './StoppableScheduler';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const TASKS = 'backstage_backend_tasks__tasks';
const TASK_IDS = ['one', 'two', 'three'];

type Run = (signal: AbortSignal) => void | Promise<void>;

/** A database of which nothing is asked, or something all the time. */
function aLoad(idle = true) {
  return { untilIdle: jest.fn(async () => idle) };
}

function aScheduler({ idle = true, waitMs = 5_000 } = {}) {
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
    load: aLoad(idle),
    waitMs,
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
  it('aborts what runs and waits for its end, cancelling nothing that ended by itself', async () => {
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

    await stoppable.stop();

    expect([ends, other.ends]).toEqual([['ended'], ['ended']]);
    expect(scheduler.cancelTask).not.toHaveBeenCalled();
    await Promise.all(running);
  });

  it('gives back the lock of a task that does not end in time', async () => {
    const { scheduler, stoppable, schedule, run } = aScheduler({ waitMs: 1 });
    const deaf = createDeferred();
    await schedule('deaf', () => deaf);
    const running = run('deaf');
    await stoppable.stop();
    expect(scheduler.cancelTask).toHaveBeenCalledWith('deaf');
    deaf.resolve();
    await running;
  });

  it('gives all locks back that were held since the end began where the database is too busy to tell', async () => {
    const { scheduler, stoppable, schedule, run } = aScheduler({ idle: false });
    await schedule('runs', work().fn);
    const running = run('runs');
    scheduler.cancelTask.mockRejectedValue(new ConflictError('not running'));
    await expect(stoppable.stop()).resolves.toBeUndefined();
    expect(scheduler.cancelTask.mock.calls).toEqual([['runs']]);
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

describe.each(databases.eachSupportedId())(
  'StoppableScheduler over the scheduler of Backstage on %s',
  id => {
    it.each([
      ['is about to begin', isClaim],
      ['looks for work', (sql: string) => sql.includes('case')],
    ])(
      'leaves no lock of a task that %s when the end begins',
      async (_, isTime) => {
        const { knex, stoppable, held } = await aRealScheduler(id);
        const stopped = createDeferred<string[]>();
        knex.on('query', query => {
          if (isTime(plain(query))) {
            stoppable
              .stop()
              .then(() => stopped.resolve([...held]), stopped.reject);
          }
        });
        await scheduleThree(stoppable);

        expect(await stopped).toEqual([]);
        expect(await heldLocks(knex)).toEqual([]);
      },
    );

    it('leaves no lock of a task that has just ended when the end begins', async () => {
      const { knex, stoppable, held } = await aRealScheduler(id);
      const stopped = createDeferred<string[]>();
      let ended = 0;
      await scheduleThree(stoppable, async () => {
        ended += 1;
        if (ended === 3) {
          process.nextTick(() =>
            stoppable
              .stop()
              .then(() => stopped.resolve([...held]), stopped.reject),
          );
        }
      });

      expect(await stopped).toEqual([]);
      expect(await heldLocks(knex)).toEqual([]);
    });
  },
);

function plain({ sql }: { sql: string }): string {
  return sql.replaceAll(/["`]/g, '').toLowerCase();
}

function isClaim(sql: string): boolean {
  return sql.startsWith(`update ${TASKS} set current_run_ticket = `);
}

function isRelease(sql: string): boolean {
  return sql.startsWith(`update ${TASKS} set next_run_start_at = `);
}

/** With the locks that are being taken or held, known without asking the database, which would wait its turn. */
async function aRealScheduler(id: TestDatabaseId) {
  const knex = await databases.init(id);
  const held = new Set<string>();
  const taskOf = ({ bindings }: { bindings: unknown[] }) =>
    bindings.map(String).find(binding => TASK_IDS.includes(binding)) ?? '?';
  knex.on('query', query => {
    if (isClaim(plain(query))) {
      held.add(taskOf(query));
    }
  });
  knex.on('query-response', (_, query) => {
    if (isRelease(plain(query))) {
      held.delete(taskOf(query));
    }
  });
  const scheduler = DefaultSchedulerService.create({
    database: mockServices.database({ knex }),
    logger: mockServices.logger.mock(),
    metrics: metricsServiceMock.mock(),
    rootLifecycle: mockServices.rootLifecycle.mock(),
    httpRouter: mockServices.httpRouter.mock(),
    pluginMetadata: { getId: () => 'modelport' },
  });
  const stoppable = new StoppableScheduler({
    scheduler,
    logger: mockServices.logger.mock(),
    load: new DatabaseLoad(knex),
  });
  return { knex, stoppable, held };
}

async function scheduleThree(
  scheduler: StoppableScheduler,
  fn: Run = async () => {},
) {
  for (const id of TASK_IDS) {
    await scheduler.scheduleTask({
      id,
      fn,
      frequency: { minutes: 1 },
      timeout: { minutes: 1 },
    });
  }
}

async function heldLocks(knex: Knex): Promise<string[]> {
  return knex(TASKS).whereNotNull('current_run_ticket').pluck('id');
}
