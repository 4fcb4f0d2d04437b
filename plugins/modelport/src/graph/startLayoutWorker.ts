/**
 * Starts the worker that lays graphs out. It is named by its package and not by its file, so that the bundler of the
 * app finds it both here and in the published package, whose files are called otherwise. It comes from the same address
 * as the app's other scripts, as the content security policy of most portals demands; a worker made of a Blob does not.
 */
export function startLayoutWorker(): Worker {
  return new Worker(
    new URL('@modelport/plugin-modelport/layoutWorker', import.meta.url),
  );
}
