import { createHmac } from 'node:crypto';
import { AlertAction } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { messageOf } from '../../messageOf';
import { AlertActionConfig } from './alertsConfig';
import { MOST_MS } from './RunState';
import { StoredAlert } from './StoredAlert';
import {
  airflowHeaders,
  airflowRunId,
  airflowRunLink,
  airflowRunsUrl,
} from './readAirflowRun';
import { githubHeaders, githubWorkflowUrl } from './readGithubRun';
import { gitlabPipelineOf, gitlabProjectUrl } from './readGitlabRun';

const MOST_TEXT = 300;
const MOST_READ = 20_000;

/** Answers of what stands between, which may have passed the request on. */
const BETWEEN = [502, 504];
/** Codes of errors after which a request may have been heard. */
const MAY_BE_HEARD = [
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
];

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
 * Starts what an alert is configured to start. It throws nothing: what went wrong stands in the result. Where no answer
 * came, so that nobody knows yet whether it runs, its state is `running`.
 *
 * @param now - milliseconds.
 */
export async function startAction(
  action: AlertActionConfig,
  alert: StoredAlert,
  now: number,
): Promise<ActionResult> {
  let used: Record<string, string> = {};
  try {
    const start = await startOf(action, alert, now);
    used = start.headers;
    const response = await fetch(start.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...start.headers },
      body: start.body,
      redirect: 'error',
      signal: AbortSignal.timeout(MOST_MS),
    });
    const answer = await headOf(response);
    const text = withoutSecrets(answer, action, used).slice(0, MOST_TEXT);
    const isStarted = response.ok || response.status === start.already;
    const pipeline =
      isStarted && action.type === 'gitlab'
        ? gitlabPipelineOf(answer)
        : undefined;
    return {
      state: stateOf(isStarted, BETWEEN.includes(response.status)),
      message: isStarted
        ? null
        : `It answered ${response.status}${text ? `: ${text}` : ''}`,
      link: isStarted ? start.link : null,
      ...pipeline,
    };
  } catch (error) {
    const what = withoutSecrets(messageOf(error), action, used);
    const mayBeHeard = mayHaveBeenHeard(error);
    return {
      state: stateOf(false, mayBeHeard),
      message: mayBeHeard
        ? `No answer came: ${what}`
        : `It could not be reached: ${what}`,
      link: null,
    };
  }
}

function stateOf(
  isStarted: boolean,
  mayBeStarted: boolean,
): ActionResult['state'] {
  if (isStarted) {
    return 'started';
  }
  return mayBeStarted ? 'running' : 'failed';
}

function mayHaveBeenHeard(error: unknown): boolean {
  const { name, cause } = z
    .object({
      name: z.string().optional(),
      cause: z.object({ code: z.string().optional() }).optional(),
    })
    .catch({})
    .parse(error);
  return name === 'TimeoutError' || MAY_BE_HEARD.includes(cause?.code ?? '');
}

/** What an answer begins with; who answers without end is not listened to. */
async function headOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const reader = response.body?.getReader();
  try {
    while (reader && text.length < MOST_READ) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      text += decoder.decode(value, { stream: true });
    }
    await reader?.cancel();
  } catch {
    // Its status says what became of the request; the text is an extra.
  }
  return text;
}

/** What others answer is shown with the alert; some of them repeat what they were sent. */
function withoutSecrets(
  text: string,
  action: AlertActionConfig,
  headers: Record<string, string>,
): string {
  const secrets = [
    ...('secret' in action ? [action.secret] : []),
    ...('token' in action ? [action.token] : []),
    ...('readToken' in action ? [action.readToken] : []),
    ...('password' in action ? [action.password] : []),
    headers.authorization?.replace(/^\w+ /, ''),
  ];
  return secrets.reduce<string>(
    (left, secret) => (secret ? left.split(secret).join('…') : left),
    text,
  );
}

async function startOf(
  action: AlertActionConfig,
  alert: StoredAlert,
  now: number,
): Promise<Start> {
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
      return {
        url: airflowRunsUrl(action),
        headers: await airflowHeaders(action),
        body: JSON.stringify({
          dag_run_id: airflowRunId(alert.id),
          conf: about,
          ...(action.apiVersion === 'v2' && { logical_date: null }),
        }),
        link: airflowRunLink(action, alert.id),
        already: 409,
      };
    }
  }
}
