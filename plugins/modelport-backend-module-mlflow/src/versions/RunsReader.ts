import {
  Run,
  runAnswerSchema,
  runIdSchema,
  runSchema,
  runsSchema,
} from '../answers';
import {
  AnswerTooLargeError,
  isForbidden,
  isMissing,
  MlflowAnswerError,
  UnreadableItemError,
} from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { readAllPages } from '../listing/readAllPages';
import { readItem } from '../listing/readItem';
import { ExperimentIds } from './ExperimentIds';

/** As much more than what was asked for as a search may answer before it counts as one without an end. */
const MOST_OTHERS = 1000;

/** A run that is there and can't be read, and why. */
export interface UnreadableRun {
  unreadable: string;
}

/** A run, or why there is none to see. */
export type FoundRun = Run | 'missing' | 'forbidden' | UnreadableRun;

/** The run itself, where it was read. */
export function runOf(found: FoundRun | undefined): Run | undefined {
  return typeof found === 'object' && 'info' in found ? found : undefined;
}

/** Reads runs many at a time, and one at a time what the search did not find. */
export class RunsReader {
  constructor(
    private readonly client: MlflowClient,
    private readonly experiments: ExperimentIds,
  ) {}

  async read(
    runIds: Iterable<string>,
    signal: AbortSignal,
  ): Promise<Map<string, FoundRun>> {
    const wanted = new Set(runIds);
    const found = new Map<string, FoundRun>();
    // An id is quoted in the filter, which knows no escape.
    const plain = [...wanted].filter(id => /^[\w-]+$/.test(id));
    if (plain.length > 1) {
      for (const experimentIds of await this.experiments.chunks(signal)) {
        const left = plain.filter(id => !found.has(id));
        for (const raw of await this.search(experimentIds, left, signal)) {
          const id = runIdSchema.safeParse(raw).data?.info.run_id;
          if (id !== undefined) {
            found.set(id, readRun(raw));
          }
        }
      }
    }
    await Promise.all(
      [...wanted]
        .filter(id => !found.has(id))
        .map(async id => found.set(id, await this.get(id, signal))),
    );
    return found;
  }

  private async search(
    experimentIds: string[],
    runIds: string[],
    signal: AbortSignal,
  ): Promise<unknown[]> {
    if (runIds.length === 0) {
      return [];
    }
    const path = '/api/2.0/mlflow/runs/search';
    try {
      return await readAllPages(
        { where: `POST ${path}`, most: runIds.length + MOST_OTHERS },
        async pageToken => {
          const answer = await this.client.post(runsSchema, path, {
            body: {
              experiment_ids: experimentIds,
              filter: `attributes.run_id IN (${runIds
                .map(id => `'${id}'`)
                .join(',')})`,
              run_view_type: 'ALL',
              max_results: 1000,
              page_token: pageToken,
            },
            signal,
          });
          return { items: answer.runs, nextPageToken: answer.next_page_token };
        },
      );
    } catch (error) {
      if (!(error instanceof AnswerTooLargeError)) {
        throw error;
      }
      if (runIds.length === 1) {
        // It is asked for once more, and told as one that can't be read.
        return [];
      }
      const half = Math.ceil(runIds.length / 2);
      return [
        ...(await this.search(experimentIds, runIds.slice(0, half), signal)),
        ...(await this.search(experimentIds, runIds.slice(half), signal)),
      ];
    }
  }

  private async get(runId: string, signal: AbortSignal): Promise<FoundRun> {
    let raw: unknown;
    try {
      const answer = await this.client.get(
        runAnswerSchema,
        '/api/2.0/mlflow/runs/get',
        { query: { run_id: runId }, signal },
      );
      raw = answer.run;
    } catch (error) {
      if (isMissing(error)) {
        return 'missing';
      }
      if (isForbidden(error)) {
        return 'forbidden';
      }
      if (error instanceof AnswerTooLargeError || concernsRun(error)) {
        return { unreadable: error.message };
      }
      throw error;
    }
    const run = readRun(raw);
    if ('info' in run) {
      await this.experiments.add(run.info.experiment_id);
    }
    return run;
  }
}

/** Whether MLflow stumbled over this run, as over a broken one; the server itself answers. */
function concernsRun(error: unknown): error is MlflowAnswerError {
  return (
    error instanceof MlflowAnswerError &&
    (error.status === 400 || error.status === 500)
  );
}

function readRun(raw: unknown): Run | UnreadableRun {
  try {
    return readItem(runSchema, raw);
  } catch (error) {
    if (error instanceof UnreadableItemError) {
      return { unreadable: error.message };
    }
    throw error;
  }
}
