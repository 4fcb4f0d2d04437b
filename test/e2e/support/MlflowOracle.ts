import { parse } from 'yaml';

/** What MLflow itself says, by its plain REST API; nothing of Modelport's own is used to read it. */
export class MlflowOracle {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async models(): Promise<RegisteredModel[]> {
    return await this.#walk('registered-models/search', {}, answer =>
      list<RegisteredModel>(answer.registered_models),
    );
  }

  /** All versions of all models. */
  async versions(): Promise<ModelVersion[]> {
    return await this.#walk('model-versions/search', {}, answer =>
      list<ModelVersion>(answer.model_versions),
    );
  }

  /** A run; undefined where MLflow has none by this id. */
  async run(id: string): Promise<Run | undefined> {
    const response = await fetch(
      `${this.#url}/api/2.0/mlflow/runs/get?run_id=${encodeURIComponent(id)}`,
    );
    return response.ok ? (await response.json()).run : undefined;
  }

  async history(runId: string, key: string): Promise<MetricPoint[]> {
    return await this.#walk(
      'metrics/get-history',
      { run_id: runId, metric_key: key },
      answer => list<MetricPoint>(answer.metrics),
    );
  }

  /** The signature as the version's `MLmodel` file has it; undefined where there is no such file. */
  async signature(
    version: ModelVersion,
  ): Promise<{ inputs: Column[]; outputs: Column[] } | undefined> {
    const query = new URLSearchParams({
      name: version.name,
      version: version.version,
      path: 'MLmodel',
    });
    const response = await fetch(
      `${this.#url}/model-versions/get-artifact?${query}`,
    );
    if (!response.ok) {
      return undefined;
    }
    const { signature } = parse(await response.text());
    return {
      inputs: JSON.parse(signature.inputs),
      outputs: JSON.parse(signature.outputs),
    };
  }

  /** Text of a file of a version; undefined where it has none of the name. */
  async file(
    of: { name: string; version: string },
    path: string,
  ): Promise<string | undefined> {
    const query = new URLSearchParams({ ...of, path });
    const response = await fetch(
      `${this.#url}/model-versions/get-artifact?${query}`,
    );
    return response.ok ? await response.text() : undefined;
  }

  /** Writes a file where the server itself keeps artefacts. */
  async upload(path: string, content: string): Promise<void> {
    const response = await fetch(
      `${this.#url}/api/2.0/mlflow-artifacts/artifacts/${path}`,
      { method: 'PUT', body: content },
    );
    if (!response.ok) {
      throw new Error(
        `MLflow answers ${
          response.status
        } to ${path}: ${await response.text()}`,
      );
    }
  }

  /** Changes something; throws where MLflow refuses. */
  async change(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
  ): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.#url}/api/2.0/mlflow/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) {
      throw new Error(
        `MLflow answers ${
          response.status
        } to ${path}: ${await response.text()}`,
      );
    }
    return await response.json();
  }

  async #walk<T>(
    path: string,
    query: Record<string, string>,
    itemsOf: (answer: Record<string, unknown>) => T[],
  ): Promise<T[]> {
    const items: T[] = [];
    let token: string | undefined;
    do {
      const params = new URLSearchParams({
        ...query,
        max_results: '100',
        ...(token ? { page_token: token } : {}),
      });
      const response = await fetch(
        `${this.#url}/api/2.0/mlflow/${path}?${params}`,
      );
      if (!response.ok) {
        throw new Error(
          `MLflow answers ${
            response.status
          } to ${path}: ${await response.text()}`,
        );
      }
      const answer = await response.json();
      items.push(...itemsOf(answer));
      token = answer.next_page_token || undefined;
    } while (token);
    return items;
  }
}

/** MLflow leaves empty lists out. */
function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? value : [];
}

interface Tag {
  key: string;
  value?: string;
}

export interface RegisteredModel {
  name: string;
  description?: string;
  creation_timestamp: number;
  last_updated_timestamp: number;
  tags?: Tag[];
  aliases?: Array<{ alias: string; version: string }>;
}

export interface ModelVersion {
  name: string;
  version: string;
  description?: string;
  creation_timestamp: number;
  last_updated_timestamp: number;
  current_stage?: string;
  status: string;
  run_id?: string;
  user_id?: string;
  source?: string;
  tags?: Tag[];
}

export interface Run {
  info: { run_id: string; status: string; lifecycle_stage: string };
  data: {
    metrics?: Array<{ key: string; value: number | string }>;
    params?: Array<{ key: string; value?: string }>;
    tags?: Tag[];
  };
  inputs?: {
    dataset_inputs?: Array<{
      tags?: Tag[];
      dataset: { name: string; digest: string };
    }>;
  };
}

export interface MetricPoint {
  key: string;
  value: number | string;
  timestamp: number;
  step?: number;
}

export interface Column {
  name?: string;
  type: string;
  'tensor-spec'?: { dtype: string; shape: number[] };
}
