import { emptyAnswerSchema, filesSchema } from '../answers';
import { checkPath } from '../artefacts/checkPath';
import { isMissing } from '../client/errors';
import { MlflowClient } from '../client/MlflowClient';
import { unlessMissing } from '../client/unlessMissing';
import { readAllPages } from '../listing/readAllPages';

const ARTEFACTS = '/api/2.0/mlflow-artifacts/artifacts';
const MOST_ENTRIES = 100_000;

/** A folder of artefacts that an MLflow server serves itself. */
export class ProxiedFolder {
  constructor(
    private readonly client: MlflowClient,
    /** From the root of all that the server serves. */
    private readonly root: string,
  ) {}

  /** Whether the server itself reads and writes what lies there. */
  static isProxied(uri: string): boolean {
    return rootOf(uri) !== undefined;
  }

  /** The folder of an address; undefined where the server does not serve it. */
  static at(client: MlflowClient, uri: string): ProxiedFolder | undefined {
    const root = rootOf(uri);
    return root ? new ProxiedFolder(client, root) : undefined;
  }

  /** Files with their sizes, of all folders below; empty where there is none. */
  async list(
    signal: AbortSignal,
  ): Promise<Array<{ path: string; size: number | null }>> {
    const found: Array<{ path: string; size: number | null }> = [];
    const folders = [''];
    for (const folder of folders) {
      for (const file of await this.entries(folder, signal)) {
        const path = [folder, file.path].filter(Boolean).join('/');
        if (file.is_dir) {
          folders.push(path);
        } else {
          found.push({ path, size: file.file_size ?? null });
        }
      }
    }
    return found;
  }

  async put(
    path: string,
    file: { size: number; parts: AsyncIterable<Uint8Array> },
    signal: AbortSignal,
  ): Promise<void> {
    await this.client.putStream(this.address(path), { ...file, signal });
  }

  /** The first of some files that is not there in its size. */
  async missing(
    files: Array<{ path: string; size: number | null }>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const there = new Map(
      (await this.list(signal)).map(({ path, size }) => [path, size]),
    );
    return files.find(({ path, size }) => {
      const found = there.get(path);
      return (
        found === undefined ||
        (size !== null && found !== null && found !== size)
      );
    })?.path;
  }

  async delete(signal: AbortSignal): Promise<void> {
    await unlessMissing(
      this.client.delete(emptyAnswerSchema, this.address(''), {
        body: {},
        signal,
      }),
    );
  }

  private async entries(folder: string, signal: AbortSignal) {
    try {
      return await readAllPages(
        { where: `GET ${ARTEFACTS}`, most: MOST_ENTRIES },
        async pageToken => {
          const answer = await this.client.get(filesSchema, ARTEFACTS, {
            query: {
              path: [this.root, folder].filter(Boolean).join('/'),
              page_token: pageToken,
            },
            signal,
          });
          return { items: answer.files, nextPageToken: answer.next_page_token };
        },
      );
    } catch (error) {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    }
  }

  private address(path: string): string {
    const whole = [this.root, checkPath(path)].filter(Boolean).join('/');
    return `${ARTEFACTS}/${whole.split('/').map(encodeURIComponent).join('/')}`;
  }
}

function rootOf(uri: string): string | undefined {
  return uri.match(/^mlflow-artifacts:\/(?:\/[^/]*\/)?(.*)$/)?.[1];
}
