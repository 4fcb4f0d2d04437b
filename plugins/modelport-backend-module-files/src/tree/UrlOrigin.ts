import {
  isChildPath,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileTree } from './FileTree';
import { TreeCheckout, TreeOrigin } from './TreeOrigin';
import { EntryBudget, listFiles } from './walkTree';

/** Bounds of what is fetched. */
export interface FetchLimits {
  /** Bytes of one file; larger ones are listed and not fetched. */
  maxFileSize: number;
  /** Bytes of all files together. */
  maxTotalSize: number;
  maxFiles: number;
}

interface FetchedTree {
  tree: FileTree;
  directory: string;
  etag: string;
  /** What lay there after fetching: temporary folders get cleaned by others, and gone files are not gone models. */
  manifest: string;
}

/** A tree of a repository, fetched through Backstage's URL readers into a temporary folder. */
export class UrlOrigin implements TreeOrigin {
  readonly url: string;
  readonly readOnly: string;
  private fetched?: FetchedTree;
  private previous?: FetchedTree;

  constructor(
    private readonly address: string,
    private readonly options: {
      urlReader: UrlReaderService;
      logger: LoggerService;
      limits: FetchLimits;
    },
  ) {
    const shown = new URL(address);
    shown.username = '';
    shown.password = '';
    this.url = shown.toString();
    this.readOnly = `The models are read from ${this.url}, which the portal does not write: change the alias in the modelport.yaml there`;
  }

  async refresh(options: { signal: AbortSignal }): Promise<FileTree> {
    const known =
      this.fetched && (await this.isWhole(this.fetched, options))
        ? this.fetched
        : undefined;
    try {
      const fetched = await this.fetch(known?.etag, options);
      // Whoever still reads from the last tree may finish; the one before is nobody's any more.
      await this.remove(this.previous);
      this.previous = this.fetched;
      this.fetched = fetched;
      return fetched.tree;
    } catch (error) {
      if (known && isError(error) && error.name === 'NotModifiedError') {
        return known.tree;
      }
      throw error;
    }
  }

  async current(options: { signal: AbortSignal }): Promise<FileTree> {
    return this.fetched?.tree ?? this.refresh(options);
  }

  async checkout(): Promise<TreeCheckout> {
    return { place: `a copy of ${this.url}`, folder: '' };
  }

  /** Removes the temporary folders. */
  async close(): Promise<void> {
    await this.remove(this.previous);
    await this.remove(this.fetched);
    this.previous = undefined;
    this.fetched = undefined;
  }

  private async fetch(
    etag: string | undefined,
    { signal }: { signal: AbortSignal },
  ): Promise<FetchedTree> {
    const omitted = new Map<string, number>();
    const response = await this.options.urlReader.readTree(this.address, {
      ...(etag ? { etag } : {}),
      signal,
      filter: this.createFilter(omitted),
    });
    const directory = await response.dir();
    try {
      for (const path of omitted.keys()) {
        const target = join(directory, path);
        if (isChildPath(directory, target)) {
          await mkdir(dirname(target), { recursive: true });
        } else {
          omitted.delete(path);
        }
      }
      const tree = await FileTree.open(directory, omitted);
      const manifest = await this.listManifest(tree, signal);
      return { tree, directory, etag: response.etag, manifest };
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  private createFilter(omitted: Map<string, number>) {
    const { maxFiles, maxFileSize, maxTotalSize } = this.options.limits;
    let files = 0;
    let total = 0;
    return (path: string, info?: { size: number }): boolean => {
      if (path.split('/').includes('.git')) {
        return false;
      }
      const size = info?.size ?? 0;
      if (size > maxFileSize) {
        omitted.set(path, size);
        return false;
      }
      files += 1;
      total += size;
      if (files > maxFiles || total > maxTotalSize) {
        throw new InputError(
          `${this.url} has more than ${maxFiles} files (maxFiles) or ${maxTotalSize} bytes (maxTotalSize); what was read before is kept`,
        );
      }
      return true;
    };
  }

  private async isWhole(
    fetched: FetchedTree,
    { signal }: { signal: AbortSignal },
  ): Promise<boolean> {
    const manifest = await this.listManifest(fetched.tree, signal).catch(
      () => undefined,
    );
    if (manifest === fetched.manifest) {
      return true;
    }
    signal.throwIfAborted();
    this.options.logger.warn(
      `The fetched copy of ${this.url} is no longer whole; fetching it again`,
    );
    return false;
  }

  private async listManifest(
    tree: FileTree,
    signal: AbortSignal,
  ): Promise<string> {
    const budget = new EntryBudget(this.options.limits.maxFiles * 2);
    const hash = createHash('sha256');
    for (const { path, size } of await listFiles(tree, '', {
      budget,
      signal,
    })) {
      hash.update(JSON.stringify([path, size]));
    }
    return hash.digest('hex');
  }

  private async remove(fetched: FetchedTree | undefined): Promise<void> {
    if (fetched) {
      await rm(fetched.directory, { recursive: true, force: true });
    }
  }
}
