import type { MlflowOracle } from './MlflowOracle.ts';

/** Registers a model whose versions are runs; without files unless given, which is enough for what aliases do. */
export async function registerVersions(
  oracle: MlflowOracle,
  options: {
    model: string;
    versions: number;
    owner: string;
    author: string;
    champion: string;
    /** Content of the files of a version by path, below the model's folder. */
    files?: (version: number) => Record<string, string>;
  },
): Promise<void> {
  const { model, author } = options;
  await oracle.change('POST', 'registered-models/create', {
    name: model,
    tags: [{ key: 'owner', value: options.owner }],
  });
  for (let version = 1; version <= options.versions; version++) {
    const { run } = await oracle.change('POST', 'runs/create', {
      experiment_id: '0',
      start_time: Date.now(),
      tags: [{ key: 'mlflow.user', value: author }],
    });
    const id = runId(run);
    const files = options.files?.(version) ?? {};
    for (const [path, content] of Object.entries(files)) {
      await oracle.upload(`0/${id}/artifacts/model/${path}`, content);
    }
    await oracle.change('POST', 'runs/update', {
      run_id: id,
      status: 'FINISHED',
      end_time: Date.now(),
    });
    await oracle.change('POST', 'model-versions/create', {
      name: model,
      source: `mlflow-artifacts:/0/${id}/artifacts/model`,
      run_id: id,
    });
  }
  await oracle.change('POST', 'registered-models/alias', {
    name: model,
    alias: 'champion',
    version: options.champion,
  });
}

function runId(run: unknown): string {
  if (
    typeof run === 'object' &&
    run !== null &&
    'info' in run &&
    typeof run.info === 'object' &&
    run.info !== null &&
    'run_id' in run.info &&
    typeof run.info.run_id === 'string'
  ) {
    return run.info.run_id;
  }
  throw new Error(`MLflow made a run without an id: ${JSON.stringify(run)}`);
}
