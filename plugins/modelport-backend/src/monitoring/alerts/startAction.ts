import { createHmac } from 'node:crypto';
import { AlertAction } from '@modelport/plugin-modelport-common';
import { messageOf } from '../../messageOf';
import { AlertActionConfig } from './alertsConfig';
import { StoredAlert } from './AlertsStore';
import { airflowHeaders, airflowRunId } from './readAirflowRun';
import { githubHeaders, githubWorkflowUrl } from './readGithubRun';
import { gitlabPipelineOf, gitlabProjectUrl } from './readGitlabRun';

const MOST_MS = 15_000;
const MOST_TEXT = 300;
const MOST_READ = 20_000;

/** What became of starting an action. */
export type ActionResult = Pick<AlertAction, 'state' | 'message' | 'link'> & {
  /** Id of what runs, where it was told. */
  run?: string;
};

/** A request that starts something, and where its run is seen. */
interface Start {
  url: string;
  headers: Record<string, string>;
  body: string;
  link: string | null;
  /** A status that says that it was started before. */
  already?: number;
}

/**
 * Starts what an alert is configured to start. It throws nothing: what went wrong stands in the result.
 *
 * @param now - milliseconds.
 */
export async function startAction(
  action: AlertActionConfig,
  alert: StoredAlert,
  now: number,
): Promise<ActionResult> {
  const start = startOf(action, alert, now);
  try {
    const response = await fetch(start.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...start.headers },
      body: start.body,
      redirect: 'error',
      signal: AbortSignal.timeout(MOST_MS),
    });
    const answer = await headOf(response);
    const text = withoutSecrets(answer, action).slice(0, MOST_TEXT);
    const isStarted = response.ok || response.status === start.already;
    const pipeline =
      isStarted && action.type === 'gitlab'
        ? gitlabPipelineOf(answer)
        : undefined;
    return {
      state: isStarted ? 'started' : 'failed',
      message: isStarted
        ? null
        : `It answered ${response.status}${text ? `: ${text}` : ''}`,
      link: isStarted ? start.link : null,
      ...pipeline,
    };
  } catch (error) {
    return {
      state: 'failed',
      message: `It could not be reached: ${withoutSecrets(
        messageOf(error),
        action,
      )}`,
      link: null,
    };
  }
}

/** What an answer begins with; who answers without end is not listened to. */
async function headOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const reader = response.body?.getReader();
  while (reader && text.length < MOST_READ) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

/** What others answer is shown with the alert; some of them repeat what they were sent. */
function withoutSecrets(text: string, action: AlertActionConfig): string {
  const secrets = [
    ...('secret' in action ? [action.secret] : []),
    ...('token' in action ? [action.token] : []),
    ...('readToken' in action ? [action.readToken] : []),
    ...('password' in action ? [action.password] : []),
    ...(action.type === 'airflow'
      ? [airflowHeaders(action).authorization.replace(/^Basic /, '')]
      : []),
  ];
  return secrets.reduce<string>(
    (left, secret) => (secret ? left.split(secret).join('…') : left),
    text,
  );
}

function startOf(
  action: AlertActionConfig,
  alert: StoredAlert,
  now: number,
): Start {
  const about = {
    alert: alert.id,
    source: alert.source,
    model: alert.name,
    version: alert.version,
    category: alert.category,
    severity: alert.severity,
  };
  switch (action.type) {
    case 'webhook': {
      const body = JSON.stringify({ ...about, findings: alert.findings });
      const timestamp = String(Math.floor(now / 1_000));
      return {
        url: action.url,
        headers: {
          'x-modelport-delivery': `alert-${alert.id}-${action.id}`,
          'x-modelport-timestamp': timestamp,
          'x-modelport-signature': `sha256=${createHmac('sha256', action.secret)
            .update(`${timestamp}.${body}`)
            .digest('hex')}`,
        },
        body,
        link: null,
      };
    }
    case 'github': {
      const web = action.apiBaseUrl
        .replace('https://api.github.com', 'https://github.com')
        .replace(/\/api\/v3\/?$/, '');
      const workflow = encodeURIComponent(action.workflow);
      return {
        url: `${githubWorkflowUrl(action)}/dispatches`,
        headers: githubHeaders(action),
        body: JSON.stringify({ ref: action.ref, inputs: about }),
        link: `${web}/${action.repository}/actions/workflows/${workflow}`,
      };
    }
    case 'gitlab':
      return {
        url: `${gitlabProjectUrl(action)}/trigger/pipeline`,
        headers: {},
        body: JSON.stringify({
          token: action.token,
          ref: action.ref,
          variables: Object.fromEntries(
            Object.entries(about).map(([key, value]) => [
              `MODELPORT_${key.toUpperCase()}`,
              value,
            ]),
          ),
        }),
        link: /^\d+$/.test(action.project)
          ? null
          : `${action.apiBaseUrl.replace(/\/api\/v4\/?$/, '')}/${
              action.project
            }/-/pipelines`,
      };
    default: {
      const dag = encodeURIComponent(action.dag);
      const run = airflowRunId(alert.id);
      return {
        url: `${action.url}/api/${action.apiVersion}/dags/${dag}/dagRuns`,
        headers: airflowHeaders(action),
        body: JSON.stringify({
          dag_run_id: run,
          conf: about,
          ...(action.apiVersion === 'v2' && { logical_date: null }),
        }),
        link:
          action.apiVersion === 'v2'
            ? `${action.url}/dags/${dag}/runs/${run}`
            : `${action.url}/dags/${dag}/grid?dag_run_id=${run}`,
        already: 409,
      };
    }
  }
}
