import { InputError, NotFoundError } from '@backstage/errors';
import {
  SourceArtefact,
  SourceVersion,
} from '@modelport/plugin-modelport-node';
import { Files, filesSchema } from '../answers';
import {
  AnswerTooLargeError,
  isMissing,
  MlflowAnswerError,
  TooManyItemsError,
} from '../client/errors';
import { MlflowClient, MlflowQuery } from '../client/MlflowClient';
import { readAllPages } from '../listing/readAllPages';
import { VersionsReader } from '../versions/VersionsReader';
import { checkPath } from './checkPath';

const MOST_ENTRIES = 100_000;

interface LoggedModelFolder {
  modelId: string;
  /** Name of the folder among the run's artefacts. */
  name: string;
}

/**
 * A version's artefacts: those of its run, with the model's own files in a folder. MLflow 2 keeps the model there;
 * MLflow 3 keeps logged models elsewhere and shows them in a folder of their name, and so does this.
 */
export class ArtefactsReader {
  constructor(
    private readonly client: MlflowClient,
    private readonly versions: VersionsReader,
  ) {}

  async list(
    version: SourceVersion,
    path: string,
    signal: AbortSignal,
  ): Promise<SourceArtefact[]> {
    const folder = checkPath(path);
    const model = await this.loggedModelFolder(version, signal);
    const lists = [
      version.runId
        ? await this.listRun(version.runId, folder, signal)
        : await this.listProxied(version, folder, signal),
    ];
    if (model && folder === '') {
      lists.push([{ path: model.name, isFolder: true, size: null }]);
    }
    const inModel = model && below(folder, model.name);
    if (model && inModel !== undefined) {
      lists.push(await this.listLoggedModel(model, inModel, signal));
    }
    const byPath = new Map(lists.flat().map(entry => [entry.path, entry]));
    if (folder !== '' && byPath.size === 0) {
      throw new NotFoundError(
        `Version ${version.version} has no folder of artefacts '${folder}'`,
      );
    }
    return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Folder of the model itself: that of its logged model, else the one that the version names among its run's. */
  async modelFolder(
    version: SourceVersion,
    signal: AbortSignal,
  ): Promise<string> {
    const model = await this.loggedModelFolder(version, signal);
    if (model) {
      return model.name;
    }
    const path = await this.versions.folderOf(version, signal);
    if (path === undefined) {
      throw new InputError(
        `Where the model of version ${version.version} lies among the artefacts of its run can not be told`,
      );
    }
    return checkPath(path);
  }

  async read(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal; maxBytes: number },
  ): Promise<Buffer> {
    return this.find(version, path, options.signal, (address, query) =>
      this.client.getBytes(address, { query, ...options }),
    ).catch(error => {
      throw error instanceof AnswerTooLargeError
        ? new InputError(
            `The artefact is larger than ${options.maxBytes} bytes`,
          )
        : error;
    });
  }

  async stream(
    version: SourceVersion,
    path: string,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    return this.find(version, path, signal, (address, query) =>
      this.client.getStream(address, { query, signal }),
    );
  }

  /** Asks for a file where it may lie. */
  private async find<T>(
    version: SourceVersion,
    path: string,
    signal: AbortSignal,
    ask: (address: string, query: MlflowQuery) => Promise<T>,
  ): Promise<T> {
    const file = checkPath(path);
    if (file === '') {
      throw new InputError('Expected the path of a file');
    }
    const model = await this.loggedModelFolder(version, signal);
    const inModel = model && below(file, model.name);
    const attempts: Array<[string, MlflowQuery]> = [];
    if (inModel) {
      const { model: name, version: number } = version;
      attempts.push([
        '/model-versions/get-artifact',
        { name, version: number, path: inModel },
      ]);
    }
    if (version.runId) {
      attempts.push(['/get-artifact', { run_id: version.runId, path: file }]);
    } else if (!model) {
      attempts.push([
        '/model-versions/get-artifact',
        { name: version.model, version: version.version, path: file },
      ]);
    }
    let isSure = true;
    for (const [address, query] of attempts) {
      try {
        return await ask(address, query);
      } catch (error) {
        // MLflow 2 gives 500 for a file that isn't there, and every MLflow for a store that it can't reach.
        const isOutOfReach =
          error instanceof MlflowAnswerError && error.status === 500;
        if (!isOutOfReach && !isMissing(error)) {
          throw error;
        }
        isSure &&= isMissing(error);
      }
    }
    throw new NotFoundError(
      isSure
        ? `Version ${version.version} has no artefact '${file}'`
        : `Version ${version.version} has no artefact '${file}', or MLflow can't read it just now: it answered 500`,
    );
  }

  private async loggedModelFolder(
    version: SourceVersion,
    signal: AbortSignal,
  ): Promise<LoggedModelFolder | undefined> {
    const modelId = await this.versions.loggedModelId(
      version,
      undefined,
      signal,
    );
    const model =
      modelId && (await this.versions.loggedModels.get(modelId, signal));
    return model
      ? { modelId: model.info.model_id, name: model.info.name }
      : undefined;
  }

  private async listRun(
    runId: string,
    folder: string,
    signal: AbortSignal,
  ): Promise<SourceArtefact[]> {
    const files = await this.files(
      '/api/2.0/mlflow/artifacts/list',
      { run_id: runId, path: folder || undefined },
      signal,
    );
    return files.map(file => toArtefact(file, file.path));
  }

  private async listLoggedModel(
    model: LoggedModelFolder,
    folder: string,
    signal: AbortSignal,
  ): Promise<SourceArtefact[]> {
    const files = await this.files(
      `/api/2.0/mlflow/logged-models/${encodeURIComponent(
        model.modelId,
      )}/artifacts/directories`,
      { artifact_directory_path: folder || undefined },
      signal,
    );
    return files.map(file => toArtefact(file, `${model.name}/${file.path}`));
  }

  /** Files of a version without a run that lie in MLflow's own store. */
  private async listProxied(
    version: SourceVersion,
    folder: string,
    signal: AbortSignal,
  ): Promise<SourceArtefact[]> {
    const root = version.origin?.match(
      /^mlflow-artifacts:\/(?:\/[^/]*\/)?(.+)$/,
    )?.[1];
    if (!root) {
      return [];
    }
    const files = await this.files(
      '/api/2.0/mlflow-artifacts/artifacts',
      { path: [root, folder].filter(Boolean).join('/') },
      signal,
    );
    return files.map(file =>
      toArtefact(file, [folder, file.path].filter(Boolean).join('/')),
    );
  }

  private async files(
    path: string,
    query: MlflowQuery,
    signal: AbortSignal,
  ): Promise<Files['files']> {
    try {
      return await readAllPages(
        { where: `GET ${path}`, most: MOST_ENTRIES },
        async pageToken => {
          const answer = await this.client.get(filesSchema, path, {
            query: { ...query, page_token: pageToken },
            signal,
          });
          return { items: answer.files, nextPageToken: answer.next_page_token };
        },
      );
    } catch (error) {
      if (
        error instanceof TooManyItemsError ||
        error instanceof AnswerTooLargeError
      ) {
        throw new InputError(
          `The folder has more entries than are read: at most ${MOST_ENTRIES}`,
        );
      }
      if (isMissing(error)) {
        return [];
      }
      throw error;
    }
  }
}

/** The rest of the path below a folder; undefined where it is not below. */
function below(path: string, folder: string): string | undefined {
  if (path === folder) {
    return '';
  }
  return path.startsWith(`${folder}/`)
    ? path.slice(folder.length + 1)
    : undefined;
}

function toArtefact(
  file: Files['files'][number],
  path: string,
): SourceArtefact {
  return {
    path,
    isFolder: file.is_dir,
    size: file.is_dir ? null : file.file_size ?? null,
  };
}
