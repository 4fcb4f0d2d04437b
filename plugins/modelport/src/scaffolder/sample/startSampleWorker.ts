/** Starts the worker that reads samples; named by its package, as `startLayoutWorker` says why. */
export function startSampleWorker(): Worker {
  return new Worker(
    new URL('@modelport/plugin-modelport/sampleWorker', import.meta.url),
  );
}
