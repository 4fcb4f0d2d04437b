import { messageOf } from '../../messageOf';
import { AlertActionConfig } from './alertsConfig';
import { findAirflowRun } from './readAirflowRun';
import { findGithubRun } from './readGithubRun';
import { RunFound, StartedRun } from './RunState';

/** What is known where something may have been started of whether it was. It throws nothing. */
export async function findRun(
  action: AlertActionConfig,
  started: StartedRun,
  now: number,
): Promise<RunFound> {
  try {
    switch (action.type) {
      case 'airflow':
        return await findAirflowRun(action, started);
      case 'github':
        return await findGithubRun(action, started, now);
      case 'gitlab':
        return {
          is: 'unknown',
          why: 'GitLab does not say which pipeline an alert started',
        };
      default:
        return { is: 'unknown', why: 'who receives a webhook is not asked' };
    }
  } catch (error) {
    return { is: 'unanswered', why: messageOf(error) };
  }
}
