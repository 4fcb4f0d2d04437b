import { ChildProcess, fork } from 'node:child_process';
import { InputError } from '@backstage/errors';
import { ExactFigures } from '@modelport/plugin-modelport-common';
import {
  MonitoringEngine,
  MonitoringRow,
} from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { CHILD_FILE, DuckDbSettings, DuckDbTask } from './duckDbChild';
import { Tallied, TallyTask } from './NumberTallies';
import { ColumnShape } from './shapeOf';
import { withoutValues } from './withoutValues';

/** Of JavaScript, besides the memory that the database may take: values of two columns are sorted there. */
const HEAP_MEGABYTES = 128;
const YOUNG_MEGABYTES = 2;
const MOST_TEXT = 500;

const reply = z.object({
  modelport: z.union([
    z.object({ failed: z.string() }),
    z.object({ value: z.unknown() }),
  ]),
});
const rowsSchema = z.array(
  z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null()]),
  ),
);
const shapesSchema = z.array(
  z.object({
    n: z.number(),
    deciles: z.array(z.number()),
    masses: z.array(z.number()),
    distinct: z.array(z.number()).nullable(),
  }),
);
const known = z.number().nullable();
const talliedSchema = z.object({
  columns: z.array(
    z.array(
      z.object({
        n: z.number(),
        missing: z.number(),
        wrongType: z.number(),
        notFinite: z.number(),
        outside: z.number(),
        counts: z.array(z.number()),
        mean: known,
        standardDeviation: known,
        min: known,
        max: known,
      }),
    ),
  ),
  rows: z.array(z.number()),
  correlations: z.array(z.array(known)),
});
const exactSchema = z
  .object({
    n: z.number(),
    m: z.number(),
    ks: z.number(),
    wasserstein: z.number(),
    spread: z.number(),
  })
  .nullable();

/** How DuckDB is written. */
export const DUCKDB_DIALECT = {
  quote: '"',
  moment: 'TIMESTAMPTZ',
  wallTime: 'TIMESTAMP',
};

/**
 * DuckDB in a process of its own: what goes wrong in it ends that process and not the portal. It reads the files that it
 * was given, and nothing else.
 */
export class DuckDbEngine implements MonitoringEngine {
  readonly id = 'duckdb';
  readonly dialect = DUCKDB_DIALECT;
  private child: ChildProcess | undefined;
  /** Tasks are answered one after another. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: DuckDbSettings) {}

  async query(
    statement: string,
    options: { signal: AbortSignal },
  ): Promise<MonitoringRow[]> {
    return rowsSchema.parse(
      await this.ask({ op: 'query', statement }, options),
    );
  }

  /** What bins of some columns are made of, whose numbers a statement of `markedNumbersStatement` gives. */
  async shapes(
    statement: string,
    columns: number,
    options: { signal: AbortSignal },
  ): Promise<ColumnShape[]> {
    return shapesSchema.parse(
      await this.ask({ op: 'shapes', statement, columns }, options),
    );
  }

  /** Counts what a statement of `markedNumbersStatement` gives, which is read once. */
  async tally(
    statement: string,
    task: TallyTask,
    options: { signal: AbortSignal },
  ): Promise<Tallied> {
    return talliedSchema.parse(
      await this.ask({ op: 'tally', statement, task }, options),
    );
  }

  /** Figures on all values of two statements; null where one has none. */
  async compare(
    statements: { reference: string; current: string },
    options: { signal: AbortSignal },
  ): Promise<ExactFigures | null> {
    return exactSchema.parse(
      await this.ask({ op: 'compare', ...statements }, options),
    );
  }

  /** Ends the process. */
  close(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private async ask(
    task: DuckDbTask,
    options: { signal: AbortSignal },
  ): Promise<unknown> {
    const before = this.last;
    const answer = (async () => {
      await before.catch(() => undefined);
      if (!this.child) {
        this.child = startChild();
        await tell(
          this.child,
          { op: 'open', settings: this.settings },
          options,
        );
      }
      return tell(this.child, task, options);
    })();
    this.last = answer;
    return answer;
  }
}

function startChild(): ChildProcess {
  return fork(CHILD_FILE, {
    // Of the environment only what a process needs to start: the portal's own holds secrets.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MODELPORT_DUCKDB_CHILD: CHILD_FILE,
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    execArgv: [
      `--max-old-space-size=${HEAP_MEGABYTES}`,
      // What was read is let go of soon: of the database's memory behind it, the collector knows nothing.
      `--max-semi-space-size=${YOUNG_MEGABYTES}`,
      // Run from its sources, the process needs what turns TypeScript into JavaScript.
      ...(CHILD_FILE.endsWith('.ts')
        ? [
            '--require',
            require.resolve('@backstage/cli/config/nodeTransform.cjs'),
          ]
        : []),
    ],
  });
}

async function tell(
  child: ChildProcess,
  task: DuckDbTask,
  options: { signal: AbortSignal },
): Promise<unknown> {
  const { signal } = options;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const listening: Array<() => void> = [];
    const end = () => listening.forEach(stop => stop());
    const fail = (error: Error) => {
      end();
      reject(error);
    };
    const onMessage = (message: unknown) => {
      const read = reply.safeParse(message);
      if (!read.success) {
        // What turns TypeScript into JavaScript tells of the files that it loads.
        return;
      }
      const said = read.data.modelport;
      if ('failed' in said) {
        fail(new InputError(withoutValues(said.failed).slice(0, MOST_TEXT)));
        return;
      }
      end();
      resolve(said.value);
    };
    const onExit = (code: number | null) =>
      fail(
        new InputError(
          `Reading the data ended the process that reads them (${
            code ?? 'killed'
          }): they need more memory than monitors may take, or are no files of the kind`,
        ),
      );
    const onError = (error: Error) => fail(error);
    const onAbort = () => {
      child.kill('SIGKILL');
      fail(new InputError('Reading the data took too long and was given up'));
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.on('error', onError);
    signal.addEventListener('abort', onAbort);
    listening.push(
      () => child.off('message', onMessage),
      () => child.off('exit', onExit),
      () => child.off('error', onError),
      () => signal.removeEventListener('abort', onAbort),
    );
    child.send(task);
  });
}
