import { SourceProblem, SourceVersion } from '@modelport/plugin-modelport-node';
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { ModelFile } from '../schema/modelFile';
import { compareText, FileTree } from '../tree/FileTree';
import { EntryBudget } from '../tree/walkTree';
import { listVersion } from '../versions/describeVersion';
import { messageOf } from '../versions/VersionFolder';
import { computeRevision, writeWithFigures } from './computeRevision';
import { findModelFolders, MODEL_FILE, ModelFolder } from './findModelFolders';
import {
  FoundVersion,
  locateVersions,
  rethrowUnlessReportable,
} from './locateVersions';
import { ModelReading, readModel, toSourceModel } from './readModel';
import { Snapshot, SnapshotVersion } from './Snapshot';

/** Models that are read at once; the file system answers few requests at a time anyway. */
const BATCH = 16;

interface Readings {
  models: Map<string, ModelReading>;
  versions: Map<string, VersionReading>;
}

type VersionReading = { item: SourceVersion } | { message: string };

interface ScanState {
  tree: FileTree;
  budget: EntryBudget;
  signal: AbortSignal;
}

/**
 * Reads all models below a folder. What is broken is reported and hides nothing else; what has not changed since the
 * last scan, by the file system's word, is not opened again.
 */
export class RegistryScanner {
  private readings: Readings = { models: new Map(), versions: new Map() };

  constructor(private readonly options: { maxFiles: number }) {}

  /** @throws any error where the folder itself can't be read, or holds more than `maxFiles`. */
  async scan(
    tree: FileTree,
    { signal }: { signal: AbortSignal },
  ): Promise<Snapshot> {
    const budget = new EntryBudget(this.options.maxFiles);
    const state = { tree, budget, signal };
    const { folders, problems } = await findModelFolders(tree, state);
    const snapshot: Snapshot = {
      tree,
      models: [],
      files: new Map(),
      versions: new Map(),
      problems,
    };
    const cache: Readings = { models: new Map(), versions: new Map() };
    const named = new Map<string, string>();
    for (let start = 0; start < folders.length; start += BATCH) {
      signal.throwIfAborted();
      const readings = await Promise.all(
        folders.slice(start, start + BATCH).map(async at => {
          const key = JSON.stringify([at.file.path, at.file.identity]);
          const reading =
            this.readings.models.get(key) ??
            (await readModel(tree, at.file.path));
          cache.models.set(key, reading);
          return { at, reading };
        }),
      );
      for (const { at, reading } of readings) {
        await this.addModel(at, reading, { state, snapshot, named, cache });
      }
    }
    this.readings = cache;
    snapshot.models.sort((a, b) => compareText(a.name, b.name));
    // Of very many problems the first are shown.
    snapshot.problems = [
      ...snapshot.problems.filter(hidesAnyModel).map(sayWhatItStops),
      ...snapshot.problems.filter(problem => !hidesAnyModel(problem)),
    ];
    return snapshot;
  }

  private async addModel(
    at: ModelFolder,
    reading: ModelReading,
    context: {
      state: ScanState;
      snapshot: Snapshot;
      named: Map<string, string>;
      cache: Readings;
    },
  ): Promise<void> {
    const { state, snapshot, named } = context;
    const where = posix.join(at.folder, MODEL_FILE);
    if (!('file' in reading)) {
      const { name: model, message } = reading;
      snapshot.problems.push({ where, message, ...(model ? { model } : {}) });
      return;
    }
    const { file } = reading;
    const first = named.get(file.name);
    if (first !== undefined) {
      snapshot.problems.push({
        where,
        message: `the model '${file.name}' is described in ${first} already, which counts: expected a name of its own`,
        model: file.name,
      });
      return;
    }
    named.set(file.name, where);
    try {
      const located = await locateVersions(state.tree, at, file, state);
      const versions = await this.readVersions(located.found, context);
      snapshot.models.push(toSourceModel(file, located.names));
      snapshot.files.set(file.name, at.file.path);
      snapshot.versions.set(file.name, versions.items);
      snapshot.problems.push(
        ...located.problems,
        ...versions.problems,
        ...[
          ...findDanglingAliases(file.aliases ?? {}, located.names),
          ...findDanglingShares(file, located.names),
        ].map(message => ({ where, message, model: file.name })),
      );
    } catch (error) {
      rethrowUnlessReportable(error, state);
      snapshot.problems.push({
        where,
        message: messageOf(error),
        model: file.name,
      });
    }
  }

  private async readVersions(
    found: FoundVersion[],
    { state, cache }: { state: ScanState; cache: Readings },
  ): Promise<{ items: SnapshotVersion[]; problems: SourceProblem[] }> {
    const items: SnapshotVersion[] = [];
    const problems: SourceProblem[] = [];
    for (const version of found) {
      state.signal.throwIfAborted();
      const { location } = version;
      const key = identityOf(version);
      const reading =
        this.readings.versions.get(key) ??
        (await readVersion(state.tree, version));
      cache.versions.set(key, reading);
      if ('item' in reading) {
        items.push({ item: reading.item, location });
      } else {
        const { where, model, inline } = location;
        const message = inline
          ? `version ${inline.version}: ${reading.message}`
          : reading.message;
        problems.push({ where, message, model });
      }
    }
    items.sort((a, b) => compareText(a.item.version, b.item.version));
    return { items, problems };
  }
}

/** A problem that no model can be told for may hide any of them, so that a pass retires nothing; see `SourceProblem`. */
function hidesAnyModel(problem: SourceProblem): boolean {
  return problem.model === undefined;
}

function sayWhatItStops(problem: SourceProblem): SourceProblem {
  return {
    ...problem,
    message: `${problem.message}; as long as it is so, nothing of this source is retired`,
  };
}

async function readVersion(
  tree: FileTree,
  version: FoundVersion,
): Promise<VersionReading> {
  try {
    const revision = await computeRevision(tree, version);
    return { item: await listVersion(tree, version.location, revision) };
  } catch (error) {
    return { message: messageOf(error) };
  }
}

function identityOf({ location, files }: FoundVersion): string {
  const hash = createHash('sha256');
  hash.update(writeWithFigures(location));
  for (const { path, identity } of files) {
    hash.update(JSON.stringify([path, identity]));
  }
  return hash.digest('base64');
}

function findDanglingAliases(
  aliases: Record<string, string>,
  versions: ReadonlySet<string>,
): string[] {
  return Object.entries(aliases)
    .filter(([, version]) => !versions.has(version))
    .map(
      ([alias, version]) =>
        `aliases.${alias}: there is no version ${version}; the alias is left out`,
    );
}

function findDanglingShares(
  { traffic }: ModelFile,
  versions: ReadonlySet<string>,
): string[] {
  return Object.entries(traffic ?? {}).flatMap(([environment, shares]) =>
    shares
      .filter(({ version }) => !versions.has(version))
      .map(
        ({ version }) =>
          `traffic.${environment}: there is no version ${version}; the shares of ${environment} are left out`,
      ),
  );
}
