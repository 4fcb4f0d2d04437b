import { messageOf } from '../../messageOf';
import { AlertActionConfig } from './alertsConfig';
import { readAirflowRun } from './readAirflowRun';
import { readGithubRun } from './readGithubRun';
import { readGitlabRun } from './readGitlabRun';
import { RunState, StartedRun } from './RunState';

/** What became of what an action started, in words; null where nobody can be asked. It throws nothing. */
export async function readRun(
  action: AlertActionConfig,
  started: StartedRun,
  now: number,
): Promise<RunState | null> {
  try {
    switch (action.type) {
      case 'airflow':
        return await readAirflowRun(action, started);
      case 'github':
        return await readGithubRun(action, started, now);
      case 'gitlab':
        return await readGitlabRun(action, started);
      default:
        return null;
    }
  } catch (error) {
    return {
      text: `Its run could not be read: ${messageOf(error)}`,
      ended: false,
    };
  }
}
