import { Run, runAnswerSchema, runsSchema } from '../answers';
import { AnswerTooLargeError, isForbidden, isMissing } from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { readAllPages } from '../listing/readAllPages';
import { ExperimentIds } from './ExperimentIds';

/** A run, or why there is none to see. */
export type FoundRun = Run | 'missing' | 'forbidden';

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
        for (const run of await this.search(experimentIds, left, signal)) {
          found.set(run.info.run_id, run);
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
  ): Promise<Run[]> {
    if (runIds.length === 0) {
      return [];
    }
    const path = '/api/2.0/mlflow/runs/search';
    try {
      return await readAllPages(`POST ${path}`, async pageToken => {
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
      });
    } catch (error) {
      if (!(error instanceof AnswerTooLargeError) || runIds.length === 1) {
        throw error;
      }
      const half = Math.ceil(runIds.length / 2);
      return [
        ...(await this.search(experimentIds, runIds.slice(0, half), signal)),
        ...(await this.search(experimentIds, runIds.slice(half), signal)),
      ];
    }
  }

  private async get(runId: string, signal: AbortSignal): Promise<FoundRun> {
    try {
      const { run } = await this.client.get(
        runAnswerSchema,
        '/api/2.0/mlflow/runs/get',
        { query: { run_id: runId }, signal },
      );
      await this.experiments.add(run.info.experiment_id);
      return run;
    } catch (error) {
      if (isMissing(error)) {
        return 'missing';
      }
      if (isForbidden(error)) {
        return 'forbidden';
      }
      throw error;
    }
  }
}
