import { expect } from '@playwright/test';
import type {
  MlflowOracle,
  ModelVersion,
  RegisteredModel,
  Run,
} from './MlflowOracle.ts';
import { modelPath, type PortalApi } from './PortalApi.ts';

/** What was compared, so that a test can see that nothing was left out. */
export interface Compared {
  models: number;
  versions: number;
  metrics: number;
  points: number;
  signatures: number;
}

/** Checks that what the portal says of a source equals what MLflow says, down to every point of every metric. */
export async function compareWithMlflow(
  api: PortalApi,
  oracle: MlflowOracle,
  source: string,
): Promise<Compared> {
  const [models, versions] = await Promise.all([
    oracle.models(),
    oracle.versions(),
  ]);
  const listed = await api.readAll<ApiModel>(`models?source=${source}`);
  expect(listed.map(model => model.name).sort()).toEqual(
    models.map(model => model.name).sort(),
  );
  const compared: Compared = {
    models: 0,
    versions: 0,
    metrics: 0,
    points: 0,
    signatures: 0,
  };
  for (const model of models) {
    const own = versions.filter(version => version.name === model.name);
    const expected = expectedModel(source, model, own);
    expect(
      listed.find(candidate => candidate.name === model.name),
    ).toMatchObject(expected);
    compared.models++;
    if (model.name === '..') {
      // MLflow 2 allows it, but no address can hold it: every client takes it for the folder above
      continue;
    }
    expect(await api.read(modelPath(source, model.name))).toMatchObject(
      expected,
    );
    const page = await api.readAll<ApiVersion>(
      modelPath(source, model.name, 'versions'),
    );
    expect(page.map(version => version.version)).toEqual(
      own.map(version => version.version).sort((a, b) => Number(b) - Number(a)),
    );
    for (const version of own) {
      const run = version.run_id ? await oracle.run(version.run_id) : undefined;
      const wanted = expectedVersion(source, model, version, run);
      const path = modelPath(source, model.name, 'versions', version.version);
      const actual = await api.read<ApiVersion>(path);
      expect(actual).toMatchObject(wanted);
      // toMatchObject lets more keys pass: these must be the very same
      for (const field of ['metrics', 'params', 'tags'] as const) {
        expect(actual[field], `${path} ${field}`).toEqual(wanted[field]);
      }
      compared.metrics += Object.keys(wanted.metrics).length;
      compared.points += await compareHistories(api, oracle, path, run);
      compared.signatures += await compareSignature(oracle, version, actual);
      compared.versions++;
    }
  }
  return compared;
}

async function compareHistories(
  api: PortalApi,
  oracle: MlflowOracle,
  path: string,
  run: Run | undefined,
): Promise<number> {
  let points = 0;
  for (const { key } of run?.data.metrics ?? []) {
    const history = await oracle.history(run?.info.run_id ?? '', key);
    const { items } = await api.read<{ items: ApiPoint[] }>(
      `${path}/metrics/${encodeURIComponent(key)}/history`,
    );
    expect(items, `${path} ${key}`).toEqual(
      history
        .map(point => ({
          step: point.step ?? 0,
          time: new Date(point.timestamp).toISOString(),
          value: figure(point.value),
        }))
        .sort((a, b) => a.step - b.step || a.time.localeCompare(b.time)),
    );
    points += history.length;
  }
  return points;
}

async function compareSignature(
  oracle: MlflowOracle,
  version: ModelVersion,
  actual: ApiVersion,
): Promise<number> {
  const signature = await oracle.signature(version);
  if (!signature) {
    expect(actual.signature).toBeNull();
    expect(actual.signatureMessage).toBeTruthy();
    return 0;
  }
  expect(actual.signature?.inputs).toHaveLength(signature.inputs.length);
  for (const part of ['inputs', 'outputs'] as const) {
    expect(actual.signature?.[part]).toMatchObject(
      signature[part].map(column => ({
        name: column.name ?? null,
        type: column['tensor-spec']
          ? `tensor(${column['tensor-spec'].dtype})`
          : column.type,
        shape: column['tensor-spec']?.shape ?? null,
      })),
    );
  }
  return 1;
}

function expectedModel(
  source: string,
  model: RegisteredModel,
  versions: ModelVersion[],
) {
  const numbers = versions.map(version => Number(version.version));
  const tags = toMap(model.tags);
  return {
    source,
    name: model.name,
    description: model.description || null,
    tags,
    aliases: Object.fromEntries(
      (model.aliases ?? []).map(({ alias, version }) => [alias, version]),
    ),
    ownerTag: tags.owner ?? null,
    versionCount: versions.length,
    latestVersion: numbers.length > 0 ? String(Math.max(...numbers)) : null,
    createdAt: new Date(model.creation_timestamp).toISOString(),
    updatedAt: new Date(model.last_updated_timestamp).toISOString(),
    stale: false,
  };
}

function expectedVersion(
  source: string,
  model: RegisteredModel,
  version: ModelVersion,
  run: Run | undefined,
) {
  const deleted = run?.info.lifecycle_stage === 'deleted';
  return {
    source,
    name: version.name,
    version: version.version,
    aliases: (model.aliases ?? [])
      .filter(alias => alias.version === version.version)
      .map(({ alias }) => alias)
      .sort(),
    stage:
      !version.current_stage || version.current_stage === 'None'
        ? null
        : version.current_stage,
    status: version.status,
    description: version.description || null,
    createdAt: new Date(version.creation_timestamp).toISOString(),
    updatedAt: new Date(version.last_updated_timestamp).toISOString(),
    runId: version.run_id || null,
    runStatus: deleted ? 'DELETED' : run?.info.status ?? null,
    metrics: Object.fromEntries(
      (run?.data.metrics ?? []).map(({ key, value }) => [key, figure(value)]),
    ),
    params: toMap(run?.data.params),
    tags: toMap(version.tags),
    datasets: (run?.inputs?.dataset_inputs ?? []).map(input => ({
      name: input.dataset.name,
      digest: input.dataset.digest,
      context: toMap(input.tags)['mlflow.data.context'] ?? null,
    })),
  };
}

/** MLflow writes NaN as a string, and the infinities as the largest number there is. */
function figure(value: number | string): number | string {
  const number = Number(value);
  if (Number.isNaN(number)) {
    return 'NaN';
  }
  if (Math.abs(number) >= Number.MAX_VALUE) {
    return number > 0 ? 'Infinity' : '-Infinity';
  }
  return number;
}

function toMap(entries: Array<{ key: string; value?: string }> | undefined) {
  return Object.fromEntries(
    (entries ?? []).map(({ key, value }) => [key, value ?? '']),
  );
}

interface ApiModel {
  name: string;
}

interface ApiVersion {
  version: string;
  metrics: Record<string, number | string>;
  params: Record<string, string>;
  tags: Record<string, string>;
  signature: { inputs: unknown[]; outputs: unknown[] } | null;
  signatureMessage: string | null;
}

interface ApiPoint {
  step: number;
  time: string | null;
  value: number | string;
}
