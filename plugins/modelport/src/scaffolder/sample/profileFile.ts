import { SampleAnswer } from './profileTask';
import { SampleProfile } from './profileSample';
import { startSampleWorker } from './startSampleWorker';

const DEADLINE_MS = 30_000;

/**
 * Tells what is known of a file, which a worker reads here in the browser: its rows go nowhere, and what it does to the
 * worker ends with the worker.
 *
 * @throws `Error` that says why it can't be read, and after 30 s.
 */
export async function profileFile(
  file: Blob,
  options: { start?: () => Worker; deadlineMs?: number } = {},
): Promise<SampleProfile> {
  const { start = startSampleWorker, deadlineMs = DEADLINE_MS } = options;
  const worker = start();
  try {
    const answer = await new Promise<SampleAnswer>((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new Error(
              `Reading it took longer than ${
                deadlineMs / 1000
              } s, so it was given up; give fewer rows and columns`,
            ),
          ),
        deadlineMs,
      );
      worker.onmessage = ({ data }: MessageEvent<SampleAnswer>) => {
        clearTimeout(timer);
        resolve(data);
      };
      worker.onerror = event => {
        clearTimeout(timer);
        event.preventDefault();
        reject(
          new Error('It needs more memory than there is; give a smaller part'),
        );
      };
      worker.postMessage(file);
    });
    if ('problem' in answer) {
      throw new Error(answer.problem);
    }
    return answer.profile;
  } finally {
    worker.terminate();
  }
}
