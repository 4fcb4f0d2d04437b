import { computeDrift, DriftResult, DriftTask } from './computeDrift';

/** This module's own file, which workers start with. */
export const WORKER_FILE = __filename;

/** What a worker does with a task. */
export async function computeInWorker(task: DriftTask): Promise<DriftResult> {
  return computeDrift(task);
}
