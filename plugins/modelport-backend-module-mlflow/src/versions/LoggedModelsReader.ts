import {
  LoggedModel,
  loggedModelAnswerSchema,
  loggedModelSchema,
  loggedModelsSchema,
  modelIdSchema,
} from '../answers';
import {
  AnswerTooLargeError,
  isForbidden,
  isMissing,
  isUnknownEndpoint,
  MlflowAnswerError,
  REFUSED,
  UnreadableItemError,
} from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { readAllPages } from '../listing/readAllPages';
import { readItem } from '../listing/readItem';
import { ExperimentIds } from './ExperimentIds';

const SEARCH = '/api/2.0/mlflow/logged-models/search';

/** As much more than what was asked for as a search may answer before it counts as one without an end. */
const MOST_OTHERS = 1000;

/** Logged models by id. */
export interface FoundLoggedModels {
  models: Map<string, LoggedModel>;
  /** Those that are there and can't be read, and why. */
  unreadable: Map<string, string>;
}

/** Reads MLflow 3's logged models many at a time; on a server that has none of them, finds none. */
export class LoggedModelsReader {
  constructor(
    private readonly client: MlflowClient,
    private readonly experiments: ExperimentIds,
  ) {}

  async read(
    modelIds: Iterable<string>,
    signal: AbortSignal,
  ): Promise<FoundLoggedModels> {
    const wanted = [...new Set(modelIds)];
    const found: FoundLoggedModels = {
      models: new Map(),
      unreadable: new Map(),
    };
    const left = () =>
      wanted.filter(id => !found.models.has(id) && !found.unreadable.has(id));
    const keep = async (id: string, read: () => Promise<unknown>) => {
      try {
        const raw = await read();
        if (raw !== undefined) {
          found.models.set(id, readItem(loggedModelSchema, raw));
        }
      } catch (error) {
        if (isForbidden(error)) {
          found.unreadable.set(id, REFUSED);
          return;
        }
        if (
          !(error instanceof UnreadableItemError) &&
          !(error instanceof AnswerTooLargeError)
        ) {
          throw error;
        }
        found.unreadable.set(id, error.message);
      }
    };
    if (wanted.length > 1) {
      for (const experimentIds of await this.experiments.chunks(signal)) {
        const models = await this.search(experimentIds, left(), signal);
        if (models === 'unknown endpoint') {
          return found;
        }
        for (const raw of models) {
          const id = modelIdSchema.safeParse(raw).data?.info.model_id;
          if (id !== undefined) {
            await keep(id, async () => raw);
          }
        }
      }
    }
    await Promise.all(
      left().map(async id => keep(id, () => this.fetch(id, signal))),
    );
    for (const model of found.models.values()) {
      await this.experiments.add(model.info.experiment_id);
    }
    return found;
  }

  /**
   * One logged model; undefined where the server has none of that id or does not show it.
   *
   * @throws `UnreadableItemError` where it is not what it should be
   */
  async get(
    modelId: string,
    signal: AbortSignal,
  ): Promise<LoggedModel | undefined> {
    try {
      const raw = await this.fetch(modelId, signal);
      return raw === undefined ? undefined : readItem(loggedModelSchema, raw);
    } catch (error) {
      if (isForbidden(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private async fetch(modelId: string, signal: AbortSignal): Promise<unknown> {
    try {
      const { model } = await this.client.get(
        loggedModelAnswerSchema,
        `/api/2.0/mlflow/logged-models/${encodeURIComponent(modelId)}`,
        { signal },
      );
      return model;
    } catch (error) {
      if (isMissing(error) || isUnknownEndpoint(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private async search(
    experimentIds: string[],
    modelIds: string[],
    signal: AbortSignal,
  ): Promise<unknown[] | 'unknown endpoint'> {
    if (modelIds.length === 0) {
      return [];
    }
    const list = modelIds.map(id => `'${id}'`).join(',');
    try {
      return await readAllPages(
        { where: `POST ${SEARCH}`, most: modelIds.length + MOST_OTHERS },
        async pageToken => {
          const answer = await this.client.post(loggedModelsSchema, SEARCH, {
            body: {
              experiment_ids: experimentIds,
              filter: `model_id IN (${list})`,
              max_results: modelIds.length,
              page_token: pageToken,
            },
            signal,
          });
          return {
            items: answer.models,
            nextPageToken: answer.next_page_token,
          };
        },
      );
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
