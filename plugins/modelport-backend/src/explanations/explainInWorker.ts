import { explainRows, ExplainResult, ExplainTask } from './explainRows';

/** This module's own file, which workers start with. */
export const WORKER_FILE = __filename;

/** What a worker does with a task. */
export async function explainInWorker(
  task: ExplainTask,
): Promise<ExplainResult> {
  return explainRows(task);
}
