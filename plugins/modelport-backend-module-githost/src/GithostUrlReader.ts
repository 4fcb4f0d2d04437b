import {
  ReaderFactory,
  ReadUrlResponseFactory,
} from '@backstage/backend-defaults/urlReader';
import {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadTreeResponse,
  UrlReaderServiceReadUrlOptions,
  UrlReaderServiceReadUrlResponse,
  UrlReaderServiceSearchOptions,
  UrlReaderServiceSearchResponse,
} from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { Readable } from 'node:stream';
import { GitRepositories } from './git/GitRepositories';

type TreeFactory = Parameters<ReaderFactory>[0]['treeResponseFactory'];

/** Reads `<base>/<repository>/blob|tree/<branch>/<path>` from the folder of the repositories. */
export class GithostUrlReader implements UrlReaderService {
  constructor(
    private readonly repositories: GitRepositories,
    private readonly baseUrl: string,
    private readonly trees: TreeFactory,
  ) {}

  async readUrl(
    url: string,
    options: UrlReaderServiceReadUrlOptions = {},
  ): Promise<UrlReaderServiceReadUrlResponse> {
    const { name, path, commit } = await this.locate(url, options.etag);
    const bytes = await this.repositories.readFile(name, commit, path);
    return ReadUrlResponseFactory.fromReadable(Readable.from([bytes]), {
      etag: commit,
    });
  }

  async readTree(
    url: string,
    options: UrlReaderServiceReadTreeOptions = {},
  ): Promise<UrlReaderServiceReadTreeResponse> {
    const { name, path, commit } = await this.locate(url, options.etag);
    const { filter } = options;
    const below = path ? `${path}/` : '';
    const listed = await this.repositories.listFiles(name, commit, path);
    const chosen = listed.filter(
      file =>
        filter?.(file.path.slice(below.length), { size: file.size }) ?? true,
    );
    const tree = await this.trees.fromReadableArray(
      await Promise.all(
        chosen.map(async file => ({
          data: Readable.from([
            await this.repositories.readFile(name, commit, file.path),
          ]),
          path: file.path.slice(below.length),
        })),
      ),
    );
    return {
      files: () => tree.files(),
      archive: () => tree.archive(),
      dir: dirOptions => tree.dir(dirOptions),
      etag: commit,
    };
  }

  /** Finds the one file of an address; there are no patterns here. */
  async search(
    url: string,
    options: UrlReaderServiceSearchOptions = {},
  ): Promise<UrlReaderServiceSearchResponse> {
    if (url.includes('*')) {
      throw new NotFoundError('The git host of the demo finds no patterns');
    }
    const { buffer, etag = '' } = await this.readUrl(url, options);
    return { files: [{ url, content: buffer }], etag };
  }

  toString(): string {
    return `githost{${this.baseUrl}}`;
  }

  private async locate(url: string, etag: string | undefined) {
    const [, name, ref, path = ''] =
      /^([^/]+?)(?:\.git)?\/(?:blob|tree|raw)\/([^/]+)(?:\/(.*))?$/.exec(
        decodeURIComponent(new URL(url).href.slice(this.baseUrl.length + 1)),
      ) ?? [];
    if (!name || !ref) {
      throw new NotFoundError(
        `${url} has to be ${this.baseUrl}/<repository>/blob/<branch>/<path>`,
      );
    }
    const commit = await this.repositories.commitOf(name, ref);
    if (etag === commit) {
      throw new NotModifiedError();
    }
    return { name, commit, path: path.replace(/\/+$/, '') };
  }
}
