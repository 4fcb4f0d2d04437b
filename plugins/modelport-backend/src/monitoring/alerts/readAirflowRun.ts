import { z } from 'zod';
import { AlertActionConfig } from './alertsConfig';
import { askRun, RunState, StartedRun } from './RunState';

type AirflowAction = Extract<AlertActionConfig, { type: 'airflow' }>;

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

/** What became of the run of Airflow that an alert started. */
export async function readAirflowRun(
  action: AirflowAction,
  { alert }: StartedRun,
): Promise<RunState> {
  const dag = encodeURIComponent(action.dag);
  const { status, body } = await askRun(
    `${action.url}/api/${action.apiVersion}/dags/${dag}/dagRuns/${airflowRunId(
      alert,
    )}`,
    airflowHeaders(action),
  );
  if (body === null) {
    return {
      text: `Its run could not be read: Airflow answered ${status}`,
      ended: status === 404,
    };
  }
  const { state } = run.parse(body);
  return { text: `Its run: ${state}`, ended: ENDED.includes(state) };
}
