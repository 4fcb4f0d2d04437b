import { z } from 'zod';
import { messageOf } from '../../messageOf';
import { AlertActionConfig } from './alertsConfig';

type AirflowAction = Extract<AlertActionConfig, { type: 'airflow' }>;

const MOST_MS = 15_000;
const run = z.object({ state: z.string() });

/** States after which a run changes no more. */
const ENDED = ['success', 'failed'];

/** How Airflow is asked. */
export function airflowHeaders(action: AirflowAction): Record<string, string> {
  const credentials =
    action.token === undefined
      ? `Basic ${Buffer.from(
          `${action.username ?? ''}:${action.password ?? ''}`,
        ).toString('base64')}`
      : `Bearer ${action.token}`;
  return { authorization: credentials };
}

/** The id of the run that an alert starts; the same in every try. */
export function airflowRunId(alert: string): string {
  return `modelport-alert-${alert}`;
}

/** What became of the run that an alert started, in words; it throws nothing. */
export async function readAirflowRun(
  action: AirflowAction,
  alert: string,
): Promise<{ text: string; ended: boolean }> {
  const dag = encodeURIComponent(action.dag);
  const url = `${action.url}/api/${
    action.apiVersion
  }/dags/${dag}/dagRuns/${airflowRunId(alert)}`;
  try {
    const response = await fetch(url, {
      headers: airflowHeaders(action),
      redirect: 'error',
      signal: AbortSignal.timeout(MOST_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return {
        text: `Its run could not be read: Airflow answered ${response.status}`,
        ended: response.status === 404,
      };
    }
    const { state } = run.parse(await response.json());
    return { text: `Its run: ${state}`, ended: ENDED.includes(state) };
  } catch (error) {
    return {
      text: `Its run could not be read: ${messageOf(error)}`,
      ended: false,
    };
  }
}
