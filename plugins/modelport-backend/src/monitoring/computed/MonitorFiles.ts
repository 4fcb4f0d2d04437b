import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { MonitorData } from '@modelport/plugin-modelport-common';
import { SourceReadings } from '../../models/SourceReadings';

/** Files of one kind, where an engine can read them. */
export interface LocalFiles {
  paths: string[];
  format: 'parquet' | 'csv';
  /** Is another one where the files are others. */
  state: string;
  /** Is the same wherever and whenever the same are read. */
  content: string;
}

const MOST_FILES = 500;
/** Of a source that gives no files in parts. */
const MOST_HELD = 64 * 1024 * 1024;
const PREFIX = 'modelport-monitor-';
/** Runs take minutes; a folder that is older was left by a backend that ended. */
const LEFT_MS = 6 * 3_600_000;

/** Fetches what monitors read into a folder of its own, and deletes it afterwards. */
export class MonitorFiles {
  private constructor(
    readonly folder: string,
    private readonly options: {
      readings: Pick<SourceReadings, 'artefacts' | 'streamArtefact'>;
      urlReader: UrlReaderService;
      /** Folders that monitors may read in. */
      folders: string[];
      maxBytes: number;
    },
  ) {}

  static async open(options: MonitorFiles['options']): Promise<MonitorFiles> {
    await deleteLeft();
    const folder = await mkdtemp(join(tmpdir(), PREFIX));
    return new MonitorFiles(await realpath(folder), options);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** @throws `InputError` that says what could not be read. */
  async fetch(
    data: Exclude<MonitorData, { engine: string }>,
    version: { source: string; name: string; version: string },
    name: string,
  ): Promise<LocalFiles> {
    if ('artefact' in data) {
      return this.artefacts(data.artefact, version, name);
    }
    return 'url' in data ? this.address(data.url, name) : this.paths(data.path);
  }

  /** Whether files are still as they were when `fetch` found them. */
  async isUnchanged(files: LocalFiles): Promise<boolean> {
    return (await stateOf(files.paths)) === files.state;
  }

  private async artefacts(
    path: string,
    of: { source: string; name: string; version: string },
    name: string,
  ): Promise<LocalFiles> {
    const { readings, maxBytes } = this.options;
    const { source, name: model, version } = of;
    const folder = dirname(path) === '.' ? '' : dirname(path);
    const list = await readings.artefacts(
      source,
      model,
      version,
      folder,
      undefined,
    );
    const wanted = list.items
      .filter(({ isFolder, path: at }) => !isFolder && fits(at, path))
      .map(({ path: at }) => at)
      .sort();
    const format = formatOf(wanted, path);
    const paths: string[] = [];
    const digest = createHash('sha256');
    let left = maxBytes;
    for (const [place, at] of wanted.entries()) {
      const file = join(this.folder, `${name}-${place}.${format}`);
      const most = left;
      const saved = await readings.streamArtefact(of, at, {
        take: parts => save(parts, file, { name: path, most }),
        mostHeld: Math.min(most, MOST_HELD),
      });
      left -= saved.size;
      digest.update(saved.digest);
      paths.push(file);
    }
    return {
      paths,
      format,
      state: await stateOf(paths),
      content: digest.digest('hex'),
    };
  }

  private async address(url: string, name: string): Promise<LocalFiles> {
    const { urlReader, maxBytes } = this.options;
    const format = formatOf([new URL(url).pathname], url);
    const file = join(this.folder, `${name}.${format}`);
    const response = await urlReader.readUrl(url);
    const { digest } = await save(
      response.stream?.() ?? [await response.buffer()],
      file,
      { name: url, most: maxBytes },
    );
    return {
      paths: [file],
      format,
      state: await stateOf([file]),
      content: digest.toString('hex'),
    };
  }

  private async paths(path: string): Promise<LocalFiles> {
    const folder = await realpath(dirname(resolve(path))).catch(
      () => undefined,
    );
    const allowed = await Promise.all(
      this.options.folders.map(one => realpath(one).catch(() => undefined)),
    );
    const isAllowed = allowed.some(
      one =>
        one !== undefined &&
        folder !== undefined &&
        (folder === one || folder.startsWith(one + sep)),
    );
    if (!isAllowed || folder === undefined) {
      throw new InputError(
        `${path} is in no folder that modelport.monitoring.folders allows, or is not there`,
      );
    }
    const pattern = basename(path);
    const entries = await readdir(folder, { withFileTypes: true });
    // Links might lead out of the folder.
    const found = entries
      .filter(entry => entry.isFile() && fits(entry.name, pattern))
      .map(entry => join(folder, entry.name))
      .sort();
    const format = formatOf(found, path);
    const state = await stateOf(found);
    // They are where they were, and were not written since: nobody can set the time of a change.
    return { paths: found, format, state, content: state };
  }
}

/**
 * Writes what comes into a file, and gives what it was. It is never held in one piece.
 *
 * @throws `InputError` where it is larger than `most` bytes.
 */
async function save(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  { name, most }: { name: string; most: number },
): Promise<{ size: number; digest: Buffer }> {
  const digest = createHash('sha256');
  let size = 0;
  await pipeline(
    parts,
    async function* limited(
      all: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    ) {
      for await (const part of all) {
        size += part.length;
        if (size > most) {
          throw new InputError(
            `${name} has more than ${most} bytes, which is the most that monitors read`,
          );
        }
        digest.update(part);
        yield part;
      }
    },
    createWriteStream(file),
  );
  return { size, digest: digest.digest() };
}

/** Copies of data must not outlive the run that they were fetched for. */
async function deleteLeft(): Promise<void> {
  const before = Date.now() - LEFT_MS;
  for (const name of await readdir(tmpdir())) {
    const path = join(tmpdir(), name);
    const found = name.startsWith(PREFIX)
      ? await lstat(path).catch(() => undefined)
      : undefined;
    if (found?.isDirectory() && found.mtimeMs < before) {
      // Those of other users are theirs to delete.
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

/** Whether a path is meant, with `*` in the last part of the pattern for any characters. */
function fits(path: string, pattern: string): boolean {
  if (dirname(path) !== dirname(pattern)) {
    return false;
  }
  const name = basename(path);
  const [first, ...rest] = basename(pattern).split('*');
  if (rest.length === 0) {
    return name === first;
  }
  let at = first.length;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last)) {
    return false;
  }
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) {
      return false;
    }
    at = found + part.length;
  }
  return name.length - last.length >= at;
}

function formatOf(paths: string[], asked: string): LocalFiles['format'] {
  if (paths.length === 0) {
    throw new InputError(`There is no file ${asked}`);
  }
  if (paths.length > MOST_FILES) {
    throw new InputError(
      `${asked} are ${paths.length} files; at most ${MOST_FILES} are read`,
    );
  }
  const [format, ...others] = new Set(
    paths.map(path => /\.(parquet|csv)$/i.exec(path)?.[1].toLowerCase()),
  );
  if (others.length > 0 || (format !== 'parquet' && format !== 'csv')) {
    throw new InputError(
      `${asked}: expected files that all end in .parquet, or all in .csv`,
    );
  }
  return format;
}

async function stateOf(paths: string[]): Promise<string> {
  const stats = await Promise.all(
    paths.map(async path => {
      const { size, mtimeMs, ctimeMs, ino } = await stat(path);
      return [path, size, mtimeMs, ctimeMs, ino];
    }),
  );
  return JSON.stringify(stats);
}
