import { MessagePort } from 'node:worker_threads';
import { readDocument, ReadResult, ReadTask } from './readDocument';

/** This module's own file, which workers start with. */
export const WORKER_FILE = __filename;

/** What a worker does with a task; it tells when it begins, since what came before was waiting. */
export async function readInWorker({
  begun,
  ...task
}: ReadTask & { begun: MessagePort }): Promise<ReadResult> {
  begun.postMessage(null);
  return readDocument(task);
}
