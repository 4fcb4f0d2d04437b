import { z } from 'zod';
import { AlertActionConfig } from './alertsConfig';
import { askRun, RunFound, RunState, StartedRun } from './RunState';

type GithubAction = Extract<AlertActionConfig, { type: 'github' }>;

/** When a run that was asked for is listed: clocks differ, and GitHub takes its time. */
const BEFORE_MS = 60_000;
const AFTER_MS = 600_000;

const listSchema = z.object({
  workflow_runs: z.array(
    z.object({
      html_url: z.url({ protocol: /^https?$/ }),
      display_title: z.string(),
      status: z.string().nullable(),
      conclusion: z.string().nullable(),
    }),
  ),
});

/** How GitHub is asked. */
export function githubHeaders({ token }: GithubAction): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
  };
}

/** The address of a workflow in GitHub's API. */
export function githubWorkflowUrl(action: GithubAction): string {
  const workflow = encodeURIComponent(action.workflow);
  return `${action.apiBaseUrl}/repos/${action.repository}/actions/workflows/${workflow}`;
}

/**
 * What became of the run of a workflow that an alert started. GitHub does not say which run it started, so it is the one
 * whose name holds the alert, or the only one that was dispatched at that time.
 */
export async function readGithubRun(
  action: GithubAction,
  started: StartedRun,
  now: number,
): Promise<RunState> {
  const { status, runs } = await dispatchedThen(action, started);
  if (runs === null) {
    return {
      text: `Its run could not be read: GitHub answered ${status}`,
      ended: false,
    };
  }
  const named = runs.filter(isNamedAfter(started.alert));
  // Who dispatched the only one may still be somebody else as long as that of the alert may come.
  const found =
    named.length === 0 && !mayCome(started, now) && runs.length === 1
      ? runs
      : named;
  return found.length === 1
    ? stateOf(found[0])
    : {
        text: `Its run is not known: of ${runs.length} that were dispatched then, ${found.length} have modelport-alert-${started.alert} in their name (run-name)`,
        ended: false,
      };
}

/** Whether GitHub has the run of an alert that may have been started. One without the alert's name may be another's. */
export async function findGithubRun(
  action: GithubAction,
  started: StartedRun,
  now: number,
): Promise<RunFound> {
  const { status, runs } = await dispatchedThen(action, started);
  if (runs === null) {
    return { is: 'unanswered', why: `GitHub answered ${status}` };
  }
  const named = runs.filter(isNamedAfter(started.alert));
  if (named.length === 1) {
    return { is: 'there', run: stateOf(named[0]) };
  }
  if (mayCome(started, now)) {
    return { is: 'unanswered', why: 'GitHub lists no such run yet' };
  }
  return runs.length === 0
    ? { is: 'absent', why: 'GitHub lists no run that was dispatched then' }
    : {
        is: 'unknown',
        why: `of ${runs.length} that were dispatched then at GitHub, ${named.length} have modelport-alert-${started.alert} in their name (run-name)`,
      };
}

type GithubRun = z.output<typeof listSchema>['workflow_runs'][number];

async function dispatchedThen(
  action: GithubAction,
  { at }: StartedRun,
): Promise<{ status: number; runs: GithubRun[] | null }> {
  const started = Date.parse(at);
  const time = (ms: number) =>
    new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
  const query = new URLSearchParams({
    event: 'workflow_dispatch',
    created: `${time(started - BEFORE_MS)}..${time(started + AFTER_MS)}`,
    per_page: '100',
  });
  const { status, body } = await askRun(
    `${githubWorkflowUrl(action)}/runs?${query}`,
    githubHeaders(action),
  );
  return {
    status,
    runs: body === null ? null : listSchema.parse(body).workflow_runs,
  };
}

function isNamedAfter(alert: string): (run: GithubRun) => boolean {
  const name = new RegExp(`(^|[^\\w-])modelport-alert-${alert}($|[^\\w-])`);
  return ({ display_title }) => name.test(display_title);
}

/** Whether a run that was asked for may still be listed. */
function mayCome({ at }: StartedRun, now: number): boolean {
  return now <= Date.parse(at) + AFTER_MS;
}

function stateOf({ status, conclusion, html_url: link }: GithubRun): RunState {
  return {
    text: `Its run: ${conclusion ?? status ?? 'unknown'}`,
    ended: status === 'completed',
    link,
  };
}
