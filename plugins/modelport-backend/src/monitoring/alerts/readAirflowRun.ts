import { z } from 'zod';
import { AlertActionConfig } from './alertsConfig';
import { askRun, MOST_MS, RunFound, RunState, StartedRun } from './RunState';

type AirflowAction = Extract<AlertActionConfig, { type: 'airflow' }>;

const run = z.object({ state: z.string() });
const tokenAnswer = z.object({ access_token: z.string().min(1) });

/** States after which a run changes no more. */
const ENDED = ['success', 'failed'];

/**
 * How Airflow is asked: with the token of the config; with one that Airflow 3 gives for a name and a password, whose own
 * last a day; or, Airflow 2, with the name and the password themselves.
 *
 * @throws Error that says why there is no token.
 */
export async function airflowHeaders(
  action: AirflowAction,
): Promise<Record<string, string>> {
  const { token, apiVersion, username = '', password = '' } = action;
  if (token === undefined && apiVersion === 'v1') {
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    return { authorization: `Basic ${pair}` };
  }
  return { authorization: `Bearer ${token ?? (await tokenOf(action))}` };
}

async function tokenOf({
  url,
  username,
  password,
}: AirflowAction): Promise<string> {
  const response = await fetch(`${url}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    redirect: 'error',
    signal: AbortSignal.timeout(MOST_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(
      `Airflow gives no token for the name and the password: it answered ${response.status}`,
    );
  }
  return tokenAnswer.parse(await response.json()).access_token;
}

/** The id of the run that an alert starts; the same in every try. */
export function airflowRunId(alert: string): string {
  return `modelport-alert-${alert}`;
}

/** Where the runs of a DAG are in Airflow's API. */
export function airflowRunsUrl(action: AirflowAction): string {
  const dag = encodeURIComponent(action.dag);
  return `${action.url}/api/${action.apiVersion}/dags/${dag}/dagRuns`;
}

/** Where people see the run that an alert starts. */
export function airflowRunLink(action: AirflowAction, alert: string): string {
  const dag = encodeURIComponent(action.dag);
  const id = airflowRunId(alert);
  return action.apiVersion === 'v2'
    ? `${action.url}/dags/${dag}/runs/${id}`
    : `${action.url}/dags/${dag}/grid?dag_run_id=${id}`;
}

/** What became of the run of Airflow that an alert started. */
export async function readAirflowRun(
  action: AirflowAction,
  { alert }: StartedRun,
): Promise<RunState> {
  const { status, body } = await ask(action, alert);
  return body === null
    ? {
        text: `Its run could not be read: Airflow answered ${status}`,
        ended: status === 404,
      }
    : stateOf(body);
}

/** Whether Airflow has the run of an alert that may have been started. */
export async function findAirflowRun(
  action: AirflowAction,
  { alert }: StartedRun,
): Promise<RunFound> {
  const { status, body } = await ask(action, alert);
  if (body !== null) {
    const link = airflowRunLink(action, alert);
    return { is: 'there', run: { ...stateOf(body), link } };
  }
  return status === 404
    ? { is: 'absent', why: 'Airflow has no such run' }
    : { is: 'unanswered', why: `Airflow answered ${status}` };
}

async function ask(action: AirflowAction, alert: string) {
  return askRun(
    `${airflowRunsUrl(action)}/${airflowRunId(alert)}`,
    await airflowHeaders(action),
  );
}

function stateOf(body: unknown): RunState {
  const { state } = run.parse(body);
  return { text: `Its run: ${state}`, ended: ENDED.includes(state) };
}
