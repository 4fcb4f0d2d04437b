import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { refusalOf } from '../refusalOf';
import { Removal } from '../Removal';
import { MlflowTarget } from './readMlflowTarget';

const TIMEOUT_MS = 30_000;
const errorCode = z.object({ error_code: z.string() });
const tags = z
  .array(z.object({ key: z.string(), value: z.string().default('') }))
  .default([]);
const model = z.object({
  registered_model: z.object({
    tags,
    latest_versions: z.array(z.unknown()).default([]),
  }),
});
const experiment = z.object({
  experiment: z.object({
    experiment_id: z.string(),
    lifecycle_stage: z.string().default('active'),
    tags,
  }),
});
const created = z.object({ experiment_id: z.string() });
const runs = z.object({ runs: z.array(z.unknown()).default([]) });

/** Tag by which a task knows again what it made. */
const TASK_TAG = 'modelport.task';

/** Registered models and experiments of an MLflow server, made where they are missing. */
export class MlflowRegistry {
  constructor(private readonly target: MlflowTarget) {}

  /**
   * Makes a registered model unless it is there.
   *
   * @param task - which makes it, and by which it is known again
   * @returns whether it was made, now or before by the same task
   */
  async ensureModel(
    name: string,
    task: string,
    about: { description: string; tags: Record<string, string> },
  ): Promise<boolean> {
    const answer = await this.post('registered-models/create', {
      name,
      description: about.description,
      tags: tagList({ ...about.tags, [TASK_TAG]: task }),
    });
    if (!(await isCode(answer, 'RESOURCE_ALREADY_EXISTS'))) {
      return true;
    }
    const found = await this.get('registered-models/get', { name });
    await isCode(found.clone());
    return isOf(model.parse(await found.json()).registered_model.tags, task);
  }

  /**
   * Makes an experiment unless it is there, and gives its id.
   *
   * @param task - which makes it, and by which it is known again
   * @throws `ConflictError` where MLflow keeps a deleted one of the name, in which nothing can run
   */
  async ensureExperiment(
    name: string,
    task: string,
    given: Record<string, string>,
  ): Promise<{ id: string; created: boolean }> {
    const answer = await this.post('experiments/create', {
      name,
      tags: tagList({ ...given, [TASK_TAG]: task }),
    });
    if (await isCode(answer, 'RESOURCE_ALREADY_EXISTS')) {
      const found = await this.findExperiment(name);
      if (found?.lifecycle_stage !== 'active') {
        throw new ConflictError(
          `MLflow at ${this.target.url} keeps a deleted experiment '${name}', so no training could run in it. Restore it there, remove it for good by \`mlflow gc\`, or choose another name`,
        );
      }
      return { id: found.experiment_id, created: isOf(found.tags, task) };
    }
    const { experiment_id: id } = created.parse(await answer.json());
    return { id, created: true };
  }

  /**
   * Removes a registered model that a task made, unless somebody has added a version.
   *
   * @returns `absent` where there is none of the task
   */
  async removeModel(name: string, task: string): Promise<Removal> {
    const answer = await this.get('registered-models/get', { name });
    if (await isCode(answer, 'RESOURCE_DOES_NOT_EXIST')) {
      return 'absent';
    }
    const { registered_model: found } = model.parse(await answer.json());
    if (!isOf(found.tags, task)) {
      return 'absent';
    }
    if (found.latest_versions.length > 0) {
      return { kept: 'it has versions' };
    }
    await isCode(
      await this.send('DELETE', 'registered-models/delete', { name }),
    );
    return 'removed';
  }

  /**
   * Removes an experiment that a task made, unless something has run in it.
   *
   * @returns `absent` where it is not of the task
   */
  async removeExperiment(name: string, task: string): Promise<Removal> {
    const found = await this.findExperiment(name);
    if (found?.lifecycle_stage !== 'active' || !isOf(found.tags, task)) {
      return 'absent';
    }
    const ran = runs.parse(
      await (
        await this.post('runs/search', {
          experiment_ids: [found.experiment_id],
          max_results: 1,
        })
      ).json(),
    );
    if (ran.runs.length > 0) {
      return { kept: 'there are runs in it' };
    }
    const id = { experiment_id: found.experiment_id };
    // MLflow keeps what is deleted, and its name from others: who tries again could not train
    const rest = `${name} (removed, ${id.experiment_id})`;
    await isCode(
      await this.post('experiments/update', { ...id, new_name: rest }),
    );
    await isCode(await this.post('experiments/delete', id));
    return 'removed';
  }

  private async findExperiment(name: string) {
    const answer = await this.get('experiments/get-by-name', {
      experiment_name: name,
    });
    return (await isCode(answer, 'RESOURCE_DOES_NOT_EXIST'))
      ? undefined
      : experiment.parse(await answer.json()).experiment;
  }

  private async get(path: string, query: Record<string, string>) {
    return this.request(`${path}?${new URLSearchParams(query)}`, {});
  }

  private async post(path: string, body: unknown) {
    return this.send('POST', path, body);
  }

  private async send(method: string, path: string, body: unknown) {
    return this.request(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  private async request(path: string, init: RequestInit): Promise<Response> {
    const { url, authorization } = this.target;
    try {
      return await fetch(`${url}/api/2.0/mlflow/${path}`, {
        ...init,
        headers: { ...init.headers, ...(authorization && { authorization }) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `MLflow at ${url} does not answer; nothing was registered by this step. Start the task again when it does`,
        error,
      );
    }
  }
}

/**
 * Whether an answer is MLflow's own error with this code.
 *
 * @throws an error with MLflow's reason for any other that is no success
 */
async function isCode(answer: Response, code?: string): Promise<boolean> {
  if (answer.ok) {
    return false;
  }
  const body = errorCode.safeParse(
    await answer
      .clone()
      .json()
      .catch(() => {}),
  );
  if (code !== undefined && body.data?.error_code === code) {
    return true;
  }
  throw await refusalOf(`A request to MLflow (${answer.url})`, answer);
}

function isOf(found: z.output<typeof tags>, task: string): boolean {
  return found.some(({ key, value }) => key === TASK_TAG && value === task);
}

function tagList(given: Record<string, string>) {
  return Object.entries(given).map(([key, value]) => ({ key, value }));
}
