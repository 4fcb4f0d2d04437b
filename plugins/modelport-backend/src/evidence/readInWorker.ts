import { readDocument, ReadResult, ReadTask } from './readDocument';

/** This module's own file, which workers start with. */
export const WORKER_FILE = __filename;

/** What a worker does with a task. */
export async function readInWorker(task: ReadTask): Promise<ReadResult> {
  return readDocument(task);
}
