import { InputError, NotFoundError } from '@backstage/errors';
import {
  SourceMetricPoint,
  SourceVersion,
} from '@modelport/plugin-modelport-node';
import { Metric, metricHistorySchema } from '../answers';
import { AnswerTooLargeError, TooManyItemsError } from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { oneLine } from '../client/oneLine';
import { unlessMissing } from '../client/unlessMissing';
import { readAllPages } from '../listing/readAllPages';

const PATH = '/api/2.0/mlflow/metrics/get-history';
const PAGE = 10_000;
const MOST_POINTS = 100_000;

/**
 * Reads a metric's history: page by page from MLflow 3, whole from MLflow 2, which knows no pages. It is read wholly or
 * not at all: the first points of a longer one would look like all of it.
 *
 * @throws `NotFoundError` where there is none; `InputError` where it has more than 100,000 points
 */
export async function readMetricHistory(
  client: MlflowClient,
  version: SourceVersion,
  key: string,
  signal: AbortSignal,
): Promise<SourceMetricPoint[]> {
  const metrics = version.runId
    ? await readRun(client, version.runId, key, signal)
    : [];
  if (metrics.length === 0) {
    throw new NotFoundError(
      `The run of version ${version.version} of '${oneLine(
        version.model,
      )}' has no metric '${oneLine(key)}'`,
    );
  }
  return metrics
    .map(({ step, timestamp, value }) => ({
      step,
      time: timestamp ?? null,
      value,
    }))
    .sort((a, b) => a.step - b.step || (a.time ?? 0) - (b.time ?? 0));
}

async function readRun(
  client: MlflowClient,
  runId: string,
  key: string,
  signal: AbortSignal,
): Promise<Metric[]> {
  try {
    return await readAllPages(
      { where: `GET ${PATH}`, most: MOST_POINTS },
      async pageToken => {
        const query = {
          run_id: runId,
          metric_key: key,
          max_results: PAGE,
          page_token: pageToken,
        };
        const answer = await unlessMissing(
          client.get(metricHistorySchema, PATH, { query, signal }),
        );
        return {
          items: answer?.metrics ?? [],
          nextPageToken: answer?.next_page_token,
        };
      },
    );
  } catch (error) {
    if (
      error instanceof TooManyItemsError ||
      error instanceof AnswerTooLargeError
    ) {
      throw new InputError(
        `The history of metric '${oneLine(
          key,
        )}' has more than the ${MOST_POINTS} points that are read at most; its last value is known, none of its history was read`,
      );
    }
    throw error;
  }
}
