import { Layout, LayoutEdge } from './layeredLayout';
import { startLayoutWorker } from './startLayoutWorker';

/** What the worker is asked for. */
export interface LayoutTask {
  ids: string[];
  edges: LayoutEdge[];
}

/** What it answers. */
export type LaidOut = Layout;

/** A person who waits longer is better served by a table. */
const DEADLINE_MS = 4_000;

/**
 * Lays a graph out beside the page, which stays quick meanwhile.
 *
 * @throws an error where that takes longer than the deadline, where the browser starts no worker, and when the signal
 * comes; nothing goes on then.
 */
export async function layOut(
  task: LayoutTask,
  signal: AbortSignal,
): Promise<Layout> {
  const worker = startLayoutWorker();
  try {
    return await new Promise((resolve, reject) => {
      const deadline = setTimeout(
        () => reject(new Error('The layout took too long')),
        DEADLINE_MS,
      );
      const stop = (end: () => void) => {
        clearTimeout(deadline);
        end();
      };
      signal.addEventListener('abort', () =>
        stop(() => reject(new Error('The layout is not wanted any more'))),
      );
      worker.onmessage = ({ data }: MessageEvent<LaidOut>) =>
        stop(() => resolve(data));
      worker.onerror = ({ message }) =>
        stop(() => reject(new Error(message || 'The worker did not start')));
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}
