import { z } from 'zod';
import { AlertActionConfig } from './alertsConfig';
import { askRun, RunState, StartedRun } from './RunState';

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
  { alert, at }: StartedRun,
  now: number,
): Promise<RunState> {
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
  if (body === null) {
    return {
      text: `Its run could not be read: GitHub answered ${status}`,
      ended: false,
    };
  }
  const { workflow_runs: runs } = listSchema.parse(body);
  const name = new RegExp(`(^|[^\\w-])modelport-alert-${alert}($|[^\\w-])`);
  const named = runs.filter(({ display_title }) => name.test(display_title));
  // Who dispatched the only one may still be somebody else as long as that of the alert may come.
  const found =
    named.length === 0 && now > started + AFTER_MS && runs.length === 1
      ? runs
      : named;
  if (found.length !== 1) {
    return {
      text: `Its run is not known: of ${runs.length} that were dispatched then, ${found.length} have modelport-alert-${alert} in their name (run-name)`,
      ended: false,
    };
  }
  const [{ status: state, conclusion, html_url: link }] = found;
  return {
    text: `Its run: ${conclusion ?? state ?? 'unknown'}`,
    ended: state === 'completed',
    link,
  };
}
