import { z } from 'zod';
import { AlertActionConfig } from './alertsConfig';
import { askRun, RunState, StartedRun } from './RunState';

type GitlabAction = Extract<AlertActionConfig, { type: 'gitlab' }>;

/** States after which a pipeline changes no more. */
const ENDED = ['success', 'failed', 'canceled', 'skipped'];

const pipelineSchema = z.object({
  id: z.number().int(),
  status: z.string(),
  web_url: z.url({ protocol: /^https?$/ }),
});

/** The pipeline that GitLab says it started; undefined where it says none. */
export function gitlabPipelineOf(
  answer: string,
): { run: string; link: string } | undefined {
  try {
    const { id, web_url: link } = pipelineSchema.parse(JSON.parse(answer));
    return { run: String(id), link };
  } catch {
    return undefined;
  }
}

/** The address of a project in GitLab's API. */
export function gitlabProjectUrl({
  apiBaseUrl,
  project,
}: GitlabAction): string {
  return `${apiBaseUrl}/projects/${encodeURIComponent(project)}`;
}

/** What became of the pipeline that an alert started. The token that starts it reads nothing, so it takes another one. */
export async function readGitlabRun(
  action: GitlabAction,
  { run }: StartedRun,
): Promise<RunState> {
  if (run === null) {
    return {
      text: 'Its pipeline is not known: GitLab named none when it was started',
      ended: true,
    };
  }
  const { readToken } = action;
  const { status, body } = await askRun(
    `${gitlabProjectUrl(action)}/pipelines/${run}`,
    readToken === undefined ? {} : { 'private-token': readToken },
  );
  if (body === null) {
    return {
      text: `Its pipeline could not be read: GitLab answered ${status}${
        readToken === undefined ? '. The config names no readToken for it' : ''
      }`,
      ended: false,
    };
  }
  const { status: state, web_url: link } = pipelineSchema.parse(body);
  return { text: `Its run: ${state}`, ended: ENDED.includes(state), link };
}
