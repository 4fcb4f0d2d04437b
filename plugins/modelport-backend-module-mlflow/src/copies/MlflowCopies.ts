import { setTimeout as delay } from 'node:timers/promises';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  ModelSource,
  SourceVersion,
  VersionCopies,
  VersionCopy,
} from '@modelport/plugin-modelport-node';
import { orRefused } from '../aliases';
import {
  emptyAnswerSchema,
  modelVersionAnswerSchema,
  registeredModelAnswerSchema,
} from '../answers';
import { isAlreadyThere } from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { CopyRuns } from './CopyRuns';

const API = '/api/2.0/mlflow';
const VERSIONS = `${API}/model-versions`;
const AGAIN_MS = 1000;

/** Tag of a copy and of the run that holds its files: under which mark it was made. */
export const MARK_TAG = 'modelport.copy';

/** What is asked of the registry itself. */
interface Registry {
  id: string;
  versionsOf(name: string, signal: AbortSignal): Promise<SourceVersion[]>;
  getVersion: ModelSource['getVersion'];
}

/**
 * Takes copies of versions into MLflow. A version of the same registry is copied as MLflow's own client does it: the copy
 * refers to the files of the version. Of another registry the files are brought into a run of this server first, and the
 * version is made last, so that there is none without its files.
 */
export class MlflowCopies implements VersionCopies {
  private readonly runs: CopyRuns;

  constructor(
    private readonly client: MlflowClient,
    private readonly registry: Registry,
  ) {
    this.runs = new CopyRuns(client);
  }

  async whyNot(
    from: ModelSource,
    { signal }: { signal: AbortSignal },
  ): Promise<string | null> {
    if (from.id === this.registry.id) {
      return null;
    }
    if (!from.modelFolder || !from.streamArtefact) {
      return `Files of the source "${from.id}" can not be copied to another registry: its kind, ${from.kind}, does not say which they are`;
    }
    return this.runs.whyNot(signal);
  }

  async find(
    name: string,
    mark: string,
    { signal }: { signal: AbortSignal },
  ): Promise<SourceVersion[]> {
    const versions = await this.registry.versionsOf(name, signal);
    return versions
      .filter(({ tags }) => tags[MARK_TAG] === mark)
      .sort((a, b) => Number(a.version) - Number(b.version));
  }

  async make(
    copy: VersionCopy,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion> {
    const { name, mark } = copy;
    const { signal } = options;
    if ((await this.find(name, mark, options)).length === 0) {
      const at = await this.placeOf(copy, signal);
      await this.createModel(name, signal);
      await this.createVersion(copy, at, signal);
    }
    // Two that made it at the same time both keep the first.
    const [first, ...others] = await this.find(name, mark, options);
    if (!first) {
      throw new Error(`The copy in ${name} is not there after it was made`);
    }
    for (const other of others) {
      await this.deleteVersion(other, signal);
    }
    if (copy.from.id !== this.registry.id && first.runId !== null) {
      await this.runs.finish(first.runId, signal);
    }
    return this.ready(first, signal);
  }

  async remove(
    name: string,
    mark: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    for (const version of await this.find(name, mark, options)) {
      await this.deleteVersion(version, options.signal);
    }
    await this.runs.remove(mark, options.signal);
  }

  /** Where the files of a copy are: where those of the version are, or where they were brought. */
  private async placeOf(
    copy: VersionCopy,
    signal: AbortSignal,
  ): Promise<{ source: string; runId: string | null }> {
    const { from, version } = copy;
    if (from.id === this.registry.id) {
      return {
        source: `models:/${version.model}/${version.version}`,
        runId: version.runId,
      };
    }
    return this.runs.fill(copy, signal);
  }

  private async createModel(name: string, signal: AbortSignal): Promise<void> {
    try {
      await this.client.post(
        registeredModelAnswerSchema,
        `${API}/registered-models/create`,
        { body: { name }, signal },
      );
    } catch (error) {
      if (!isAlreadyThere(error)) {
        await orRefused(Promise.reject(error));
      }
    }
  }

  private async createVersion(
    { name, mark, version, tags }: VersionCopy,
    at: { source: string; runId: string | null },
    signal: AbortSignal,
  ): Promise<void> {
    await orRefused(
      this.client.post(modelVersionAnswerSchema, `${VERSIONS}/create`, {
        body: {
          name,
          source: at.source,
          ...(at.runId && { run_id: at.runId }),
          ...(version.description && { description: version.description }),
          tags: Object.entries({
            ...version.tags,
            ...tags,
            [MARK_TAG]: mark,
          }).map(([key, value]) => ({ key, value })),
        },
        signal,
      }),
    );
  }

  private async deleteVersion(
    { model: name, version }: SourceVersion,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await orRefused(
        this.client.delete(emptyAnswerSchema, `${VERSIONS}/delete`, {
          body: { name, version },
          signal,
        }),
      );
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
    }
  }

  /** Waits until the registry has it registered. */
  private async ready(
    made: SourceVersion,
    signal: AbortSignal,
  ): Promise<SourceVersion> {
    let version: SourceVersion | undefined = made;
    while (version?.status === 'PENDING_REGISTRATION') {
      await delay(AGAIN_MS, undefined, { signal });
      version = await this.registry.getVersion(made.model, made.version, {
        signal,
      });
    }
    if (!version || version.status === 'FAILED_REGISTRATION') {
      throw new InputError(
        `MLflow could not register the copy ${made.model} ${made.version}`,
      );
    }
    return version;
  }
}
