import {
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ModelsService } from '../models/ModelsService';
import { SourceReadings } from '../models/SourceReadings';

const MEGABYTE = 1024 * 1024;
const CONTENTS = 'contents';
const NAMES = 'names';
const UNFINISHED = 'unfinished';
const ROOT = 0;
const OPEN_TO_OTHERS = 0o077;
/** No fetching goes on for so long. */
const UNFINISHED_MS = 60 * 60 * 1000;

/** How files are kept, from config. */
export interface ArtefactCacheConfig {
  directory: string;
  /** How long after its last use. */
  keep: HumanDuration;
  /** Of one file and of all together. */
  megabytes: number;
}

/** A file as it was fetched. */
export interface FetchedArtefact {
  /** Where it lies on this machine. */
  file: string;
  /** SHA-256 of its bytes. */
  digest: string;
  size: number;
}

interface ArtefactName {
  source: string;
  name: string;
  version: string;
  path: string;
  /** Of the file, where the source says it: what is too large is not even begun. */
  size?: number | null;
}

/**
 * Files of versions that are too large to be held, as this backend fetched them: each once for each state of its
 * version, and files with the same bytes once. What nobody used for some time is deleted, and the oldest of what is too
 * much.
 */
export class ArtefactCache {
  private readonly underWay = new Map<string, Promise<FetchedArtefact>>();

  constructor(
    private readonly options: ArtefactCacheConfig & {
      models: Pick<ModelsService, 'versionState'>;
      readings: Pick<SourceReadings, 'streamArtefact'>;
    },
  ) {}

  /**
   * A file, fetched where it is not there.
   *
   * @throws `NotFoundError` where there is none; `InputError` where it is larger than what is kept;
   * `ServiceUnavailableError` where the source can't be asked.
   */
  async get(of: ArtefactName): Promise<FetchedArtefact> {
    const { source, name, version, path } = of;
    const { state } = await this.options.models.versionState(
      source,
      name,
      version,
      undefined,
    );
    const key = createHash('sha256')
      .update(JSON.stringify([source, name, version, state, path]))
      .digest('hex');
    const known =
      this.underWay.get(key) ??
      this.findOrFetch(of, key).finally(() => this.underWay.delete(key));
    this.underWay.set(key, known);
    return known;
  }

  /** Deletes a file, which is fetched again when it is asked for. */
  async drop({ file }: FetchedArtefact): Promise<void> {
    await rm(file, { force: true });
  }

  /** Fetches a file for one use, after which nothing of it is left: rows of people are kept encrypted only. */
  async useOnce<T>(
    of: ArtefactName,
    use: (fetched: FetchedArtefact) => Promise<T>,
  ): Promise<T> {
    const fetched = await this.fetch(of);
    try {
      return await use(fetched);
    } finally {
      await rm(fetched.file, { force: true });
    }
  }

  /** Deletes what was not used for too long, then the oldest of what is too much. */
  async sweep(now: Date): Promise<void> {
    const keep = durationToMilliseconds(this.options.keep);
    await this.deleteBefore(UNFINISHED, now.getTime() - UNFINISHED_MS);
    await this.deleteBefore(NAMES, now.getTime() - keep);
    const kept = await this.deleteBefore(CONTENTS, now.getTime() - keep);
    let total = kept.reduce((sum, { size }) => sum + size, 0);
    for (const { file, size } of kept.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.options.megabytes * MEGABYTE) {
        return;
      }
      await rm(file, { force: true });
      total -= size;
    }
  }

  private async findOrFetch(
    of: ArtefactName,
    key: string,
  ): Promise<FetchedArtefact> {
    const name = join(this.options.directory, NAMES, key);
    await this.folder(NAMES);
    const digest = await readFile(name, 'utf8').catch(ignoreMissing);
    if (digest !== undefined) {
      const file = join(await this.folder(CONTENTS), digest);
      const info = await stat(file).catch(ignoreMissing);
      if (info) {
        const now = new Date();
        await Promise.all([utimes(file, now, now), utimes(name, now, now)]);
        return { file, digest, size: info.size };
      }
    }
    const fetched = await this.fetch(of);
    const file = join(await this.folder(CONTENTS), fetched.digest);
    await rename(fetched.file, file);
    await writeFile(name, fetched.digest);
    return { ...fetched, file };
  }

  private async fetch(of: ArtefactName): Promise<FetchedArtefact> {
    const most = this.options.megabytes * MEGABYTE;
    const file = join(await this.folder(UNFINISHED), randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    const refuseTooLarge = (bytes: number) => {
      if (bytes > most) {
        throw new InputError(
          `${of.path} has more than ${most} bytes; no larger files are fetched (modelport.evidence.cache.megabytes)`,
        );
      }
    };
    refuseTooLarge(of.size ?? 0);
    try {
      await this.options.readings.streamArtefact(of, of.path, {
        take: bytes =>
          pipeline(
            bytes,
            async function* counted(parts: AsyncIterable<Uint8Array>) {
              for await (const part of parts) {
                size += part.length;
                refuseTooLarge(size);
                hash.update(part);
                yield part;
              }
            },
            createWriteStream(file, { flags: 'wx', mode: 0o600 }),
          ),
      });
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return { file, digest: hash.digest('hex'), size };
  }

  private async folder(name: string): Promise<string> {
    const folder = join(this.options.directory, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await refuseForeign(this.options.directory, folder);
    return folder;
  }

  /** Gives what is left. */
  private async deleteBefore(
    folder: string,
    time: number,
  ): Promise<Array<{ file: string; size: number; usedAt: number }>> {
    const at = join(this.options.directory, folder);
    const left: Array<{ file: string; size: number; usedAt: number }> = [];
    for (const name of (await readdir(at).catch(ignoreMissing)) ?? []) {
      const file = join(at, name);
      const info = await stat(file).catch(ignoreMissing);
      if (info && info.mtimeMs < time) {
        await rm(file, { force: true });
      } else if (info) {
        left.push({ file, size: info.size, usedAt: info.mtimeMs });
      }
    }
    return left;
  }
}

/**
 * What lies in a folder of somebody else may be anything: the system's folder for temporary files is open to all.
 *
 * @throws `ServiceUnavailableError` where the directory, or the folder in it, is another user's.
 */
async function refuseForeign(directory: string, folder: string): Promise<void> {
  const me = process.getuid?.();
  if (me === undefined) {
    return;
  }
  const [outer, inner] = await Promise.all([lstat(directory), lstat(folder)]);
  if (
    ![me, ROOT].includes(outer.uid) ||
    inner.uid !== me ||
    !inner.isDirectory()
  ) {
    throw new ServiceUnavailableError(
      `${directory} belongs to another user of this machine, so that nothing is kept there; set modelport.evidence.cache.directory to a folder of the backend's own`,
    );
  }
  if ((inner.mode & OPEN_TO_OTHERS) !== 0) {
    await chmod(folder, 0o700);
  }
}

function ignoreMissing(error: unknown): undefined {
  if (isError(error) && error.code === 'ENOENT') {
    return undefined;
  }
  throw error;
}
