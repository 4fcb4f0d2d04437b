import { NotFoundError } from '@backstage/errors';
import {
  SourceMetricPoint,
  SourceVersion,
} from '@modelport/plugin-modelport-node';
import { Metric, metricHistorySchema } from '../answers';
import { MlflowClient } from '../client/MlflowClient';
import { unlessMissing } from '../client/unlessMissing';
import { readAllPages } from '../listing/readAllPages';

const PATH = '/api/2.0/mlflow/metrics/get-history';

/** Reads a metric's history: page by page from MLflow 3, whole from MLflow 2, which knows no pages. */
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
      `The run of version ${version.version} of '${version.model}' has no metric '${key}'`,
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
  return readAllPages(`GET ${PATH}`, async pageToken => {
    const query = {
      run_id: runId,
      metric_key: key,
      max_results: 10_000,
      page_token: pageToken,
    };
    const answer = await unlessMissing(
      client.get(metricHistorySchema, PATH, { query, signal }),
    );
    return {
      items: answer?.metrics ?? [],
      nextPageToken: answer?.next_page_token,
    };
  });
}
