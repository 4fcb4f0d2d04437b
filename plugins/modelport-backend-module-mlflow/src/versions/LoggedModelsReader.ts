import {
  LoggedModel,
  loggedModelAnswerSchema,
  loggedModelsSchema,
} from '../answers';
import {
  AnswerTooLargeError,
  isForbidden,
  isMissing,
  isUnknownEndpoint,
  MlflowAnswerError,
} from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { readAllPages } from '../listing/readAllPages';
import { ExperimentIds } from './ExperimentIds';

const SEARCH = '/api/2.0/mlflow/logged-models/search';

/** Reads MLflow 3's logged models many at a time; on a server that has none of them, finds none. */
export class LoggedModelsReader {
  constructor(
    private readonly client: MlflowClient,
    private readonly experiments: ExperimentIds,
  ) {}

  async read(
    modelIds: Iterable<string>,
    signal: AbortSignal,
  ): Promise<Map<string, LoggedModel>> {
    const wanted = [...new Set(modelIds)];
    const found = new Map<string, LoggedModel>();
    if (wanted.length > 1) {
      for (const experimentIds of await this.experiments.chunks(signal)) {
        const left = wanted.filter(id => !found.has(id));
        const models = await this.search(experimentIds, left, signal);
        if (models === 'unknown endpoint') {
          return found;
        }
        for (const model of models) {
          found.set(model.info.model_id, model);
        }
      }
    }
    await Promise.all(
      wanted
        .filter(id => !found.has(id))
        .map(async id => {
          const model = await this.get(id, signal);
          if (model) {
            found.set(id, model);
          }
        }),
    );
    return found;
  }

  /** One logged model; undefined where the server has none of that id or does not show it. */
  async get(
    modelId: string,
    signal: AbortSignal,
  ): Promise<LoggedModel | undefined> {
    try {
      const { model } = await this.client.get(
        loggedModelAnswerSchema,
        `/api/2.0/mlflow/logged-models/${encodeURIComponent(modelId)}`,
        { signal },
      );
      await this.experiments.add(model.info.experiment_id);
      return model;
    } catch (error) {
      if (isMissing(error) || isForbidden(error) || isUnknownEndpoint(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private async search(
    experimentIds: string[],
    modelIds: string[],
    signal: AbortSignal,
  ): Promise<LoggedModel[] | 'unknown endpoint'> {
    if (modelIds.length === 0) {
      return [];
    }
    const list = modelIds.map(id => `'${id}'`).join(',');
    try {
      return await readAllPages(`POST ${SEARCH}`, async pageToken => {
        const answer = await this.client.post(loggedModelsSchema, SEARCH, {
          body: {
            experiment_ids: experimentIds,
            filter: `model_id IN (${list})`,
            max_results: modelIds.length,
            page_token: pageToken,
          },
          signal,
        });
        return { items: answer.models, nextPageToken: answer.next_page_token };
      });
    } catch (error) {
      if (isUnknownEndpoint(error)) {
        return 'unknown endpoint';
      }
      // Too much for one answer, or a filter that an older server does not know: they are read one by one.
      if (
        error instanceof AnswerTooLargeError ||
        (error instanceof MlflowAnswerError && error.status === 400)
      ) {
        return [];
      }
      throw error;
    }
  }
}
