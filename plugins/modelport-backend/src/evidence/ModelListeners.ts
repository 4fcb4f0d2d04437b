import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { messageOf } from '../messageOf';

/** A model by its names. */
export interface ModelName {
  source: string;
  name: string;
}

/** How long the first waiting is; each next one is twice as long. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 3_600_000;
const MOST_DOUBLINGS = 20;
const MODELS_A_ROUND = 100;

/**
 * Who wants to know of models about which something new is known. What is known is kept whether or not somebody can take
 * it in just now: that is told again later, and hinders neither others nor other models.
 */
export class ModelListeners {
  private readonly listeners: Array<(model: ModelName) => Promise<void>> = [];

  constructor(
    private readonly options: {
      knex: Knex;
      logger: LoggerService;
      now?: () => Date;
    },
  ) {}

  add(listener: (model: ModelName) => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Tells all of a model; one that has gone meanwhile is no news. Whoever fails is told again later. */
  async tell(model: ModelName): Promise<void> {
    const problem = await this.problemOf(model);
    if (problem !== undefined) {
      await this.postpone(model, 0, problem);
    }
  }

  /** Tells again what somebody failed at, where that is due. */
  async tellAgain(options: { signal: AbortSignal }): Promise<void> {
    const { knex } = this.options;
    const due: Array<ModelName & { attempts: number }> = await knex(
      'evidence_untold',
    )
      .where('due_at', '<=', this.now().toISOString())
      .orderBy('due_at')
      .limit(MODELS_A_ROUND)
      .select('source', 'name', 'attempts');
    for (const { attempts, ...model } of due) {
      if (options.signal.aborted) {
        return;
      }
      const problem = await this.problemOf(model);
      if (problem === undefined) {
        await knex('evidence_untold').where(model).delete();
      } else {
        await this.postpone(model, attempts, problem);
      }
    }
  }

  /** What the first that failed says; undefined where everybody was told. */
  private async problemOf({
    source,
    name,
  }: ModelName): Promise<string | undefined> {
    let problem: string | undefined;
    for (const listener of this.listeners) {
      try {
        // Nothing but the names, whatever else the caller knows of it.
        await listener({ source, name });
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          problem ??= messageOf(error);
        }
      }
    }
    return problem;
  }

  private async postpone(
    { source, name }: ModelName,
    attempts: number,
    problem: string,
  ): Promise<void> {
    const { knex, logger } = this.options;
    const wait = Math.min(
      LONGEST_WAIT_MS,
      FIRST_WAIT_MS * 2 ** Math.min(attempts, MOST_DOUBLINGS),
    );
    logger.warn(
      `What is new of ${source}/${name} was kept, but not all that follows from it could be computed; it is tried again in ${
        wait / 1000
      } s. ${problem}`,
    );
    try {
      await knex('evidence_untold')
        .insert({
          source,
          name,
          attempts: attempts + 1,
          due_at: new Date(this.now().getTime() + wait).toISOString(),
        })
        .onConflict(['source', 'name'])
        .merge();
    } catch (error) {
      logger.warn(
        `It could not be noted that ${source}/${name} is to be tried again; the next change of the model does it. ${messageOf(
          error,
        )}`,
      );
    }
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }
}
