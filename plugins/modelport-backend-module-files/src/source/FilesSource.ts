import { createHash } from 'node:crypto';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ModelSource,
  PageOptions,
  SourceArtefact,
  SourceCapability,
  SourceMetricPoint,
  SourceModel,
  SourcePage,
  SourceVersion,
  SourceVersionDetails,
  SourceVersionDocuments,
  TrafficShare,
} from '@modelport/plugin-modelport-node';
import { posix } from 'node:path';
import { RegistryScanner } from '../registry/RegistryScanner';
import { SharedScan } from '../registry/SharedScan';
import { Snapshot, SnapshotVersion } from '../registry/Snapshot';
import { TreeOrigin } from '../tree/TreeOrigin';
import { describeVersion } from '../versions/describeVersion';
import { VersionFolder } from '../versions/VersionFolder';
import { writeAlias } from '../yaml/writeAlias';
import { writeTraffic } from '../yaml/writeTraffic';
import { toPage } from './pages';

const MODELS_PAGE = 500;
const VERSIONS_PAGE = 1000;

/** What a source needs. */
export interface FilesSourceOptions {
  id: string;
  origin: TreeOrigin;
  maxFiles: number;
  /** Bytes of the largest artefact that is read. */
  maxFileSize: number;
}

/**
 * Folders of models as a source. A walk over all models starts with a scan of the folder, and the walk over their
 * versions sees what that scan saw. Questions about single models and versions share one scan, which began after the
 * walks that came before them.
 */
export class FilesSource implements ModelSource {
  readonly kind = 'files';
  readonly capabilities: SourceCapability[] = [
    'list',
    'artefacts',
    'history',
    'setAlias',
    'setTraffic',
  ];
  readonly id: string;
  readonly url: string;
  private readonly scanner: RegistryScanner;
  /** Answers questions about single models and versions. */
  private readonly shared = new SharedScan(options => this.scan(options));
  private snapshot?: Snapshot;

  constructor(private readonly options: FilesSourceOptions) {
    this.id = options.id;
    this.url = options.origin.url;
    this.scanner = new RegistryScanner(options);
  }

  async listModels(options: PageOptions): Promise<SourcePage<SourceModel>> {
    const { pageToken } = options;
    const snapshot =
      pageToken === undefined
        ? await this.scan(options)
        : await this.seen(options);
    this.shared.forget();
    const page = toPage(snapshot.models, {
      size: MODELS_PAGE,
      keyOf: ({ name }) => [name],
      pageToken,
    });
    return withProblems(page, snapshot);
  }

  async listVersions(
    options: PageOptions & { model?: string },
  ): Promise<SourcePage<SourceVersion>> {
    const { model, pageToken } = options;
    const snapshot =
      model !== undefined && pageToken === undefined
        ? await this.scan(options)
        : await this.seen(options);
    this.shared.forget();
    const models =
      model === undefined ? snapshot.models.map(({ name }) => name) : [model];
    const items = models.flatMap(
      name => snapshot.versions.get(name)?.map(({ item }) => item) ?? [],
    );
    const page = toPage(items, {
      size: VERSIONS_PAGE,
      keyOf: item => [item.model, item.version],
      pageToken,
    });
    return withProblems(page, snapshot, model);
  }

  async getModel(
    name: string,
    options: { signal: AbortSignal },
  ): Promise<SourceModel | undefined> {
    const snapshot = await this.shared.get(options);
    const model = snapshot.models.find(other => other.name === name);
    if (!model) {
      throwWhereUnsure(snapshot, name);
    }
    return model;
  }

  async getVersion(
    name: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion | undefined> {
    const snapshot = await this.shared.get(options);
    const found = find(snapshot, name, version);
    if (!found) {
      throwWhereUnsure(snapshot, name);
    }
    return found?.item;
  }

  async readVersions(
    versions: SourceVersion[],
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDetails[]> {
    const snapshot = await this.seen(options);
    const checkout = await this.options.origin.checkout();
    const details: SourceVersionDetails[] = [];
    for (const version of versions) {
      options.signal.throwIfAborted();
      const { location } = locate(version, snapshot);
      details.push(await describeVersion(snapshot.tree, location, checkout));
    }
    return details;
  }

  async readDocuments(
    version: SourceVersion,
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDocuments> {
    const folder = await this.open(version, options);
    return folder.readDocuments();
  }

  async readMetricHistory(
    version: SourceVersion,
    key: string,
    options: { signal: AbortSignal },
  ): Promise<SourceMetricPoint[]> {
    const folder = await this.open(version, options);
    const history = await folder.readHistory(await folder.readDescription());
    const points = history.get(key);
    if (!points) {
      throw new NotFoundError(
        `Version ${version.version} of '${version.model}' has no history of the metric '${key}'`,
      );
    }
    return points;
  }

  async listArtefacts(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<SourceArtefact[]> {
    const { origin } = version;
    if (origin === null && path === '') {
      return [];
    }
    const folder = toPath(version, path);
    const tree = await this.options.origin.current(options);
    const entries = await tree.list(folder);
    return entries
      .filter(({ kind }) => kind !== 'refused')
      .map(entry => ({
        path: posix.join(path, entry.name),
        isFolder: entry.kind === 'folder',
        size: entry.size,
        ...(entry.identity && { state: stateOf(entry.identity) }),
      }));
  }

  async readArtefact(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal; maxBytes: number },
  ): Promise<Buffer> {
    const tree = await this.options.origin.current(options);
    return tree.read(
      toPath(version, path),
      Math.min(options.maxBytes, this.options.maxFileSize),
    );
  }

  async streamArtefact(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>> {
    const tree = await this.options.origin.current(options);
    return tree.stream(toPath(version, path));
  }

  /** All files of a version are the model. */
  async modelFolder(): Promise<string> {
    return '';
  }

  async setAlias(
    name: string,
    alias: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    await this.rewrite(name, options, (text, snapshot) => {
      mustBeThere(snapshot, name, version);
      return writeAlias(text, alias, version);
    });
  }

  async setTraffic(
    name: string,
    environment: string,
    shares: TrafficShare[],
    options: { signal: AbortSignal },
  ): Promise<void> {
    await this.rewrite(name, options, (text, snapshot) => {
      for (const { version } of shares) {
        mustBeThere(snapshot, name, version);
      }
      return writeTraffic(text, environment, shares);
    });
  }

  async deleteAlias(
    name: string,
    alias: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    await this.rewrite(name, options, text => writeAlias(text, alias, null));
  }

  async aliasesReadOnly(): Promise<string | null> {
    const { origin } = this.options;
    if (origin.readOnly !== null) {
      return origin.readOnly;
    }
    const tree = await origin.current({ signal: AbortSignal.timeout(30_000) });
    return (await tree.isWritable(''))
      ? null
      : `The portal may not write the folder ${origin.url}: change the alias in the modelport.yaml there`;
  }

  /** Changes the text of a model's file, and nothing where it stays as it is. */
  private async rewrite(
    name: string,
    options: { signal: AbortSignal },
    change: (text: string, snapshot: Snapshot) => string,
  ): Promise<void> {
    const reason = await this.aliasesReadOnly();
    if (reason !== null) {
      throw new NotAllowedError(reason);
    }
    const snapshot = await this.scan(options);
    this.shared.forget();
    const path = snapshot.files.get(name);
    if (path === undefined) {
      throwWhereUnsure(snapshot, name);
      throw new NotFoundError(`There is no model '${name}' among the files`);
    }
    const before = await snapshot.tree.read(path, this.options.maxFileSize);
    const text = before.toString('utf8');
    const after = change(text, snapshot);
    if (after !== text) {
      await snapshot.tree.replace(path, before, Buffer.from(after, 'utf8'));
    }
  }

  private async scan(options: { signal: AbortSignal }): Promise<Snapshot> {
    const tree = await this.options.origin.refresh(options);
    this.snapshot = await this.scanner.scan(tree, options);
    return this.snapshot;
  }

  /** What the last scan saw; a first scan after a restart. */
  private async seen(options: { signal: AbortSignal }): Promise<Snapshot> {
    return this.snapshot ?? this.shared.get(options);
  }

  private async open(
    version: SourceVersion,
    options: { signal: AbortSignal },
  ): Promise<VersionFolder> {
    const snapshot = await this.seen(options);
    const { location } = locate(version, snapshot);
    return new VersionFolder(snapshot.tree, location);
  }
}

function locate(version: SourceVersion, snapshot: Snapshot): SnapshotVersion {
  const found = find(snapshot, version.model, version.version);
  if (!found) {
    throw new NotFoundError(
      `There is no version ${version.version} of the model '${version.model}' among the files`,
    );
  }
  return found;
}

function find(
  snapshot: Snapshot,
  model: string,
  version: string,
): SnapshotVersion | undefined {
  return snapshot.versions
    .get(model)
    ?.find(({ item }) => item.version === version);
}

function mustBeThere(snapshot: Snapshot, name: string, version: string): void {
  if (!find(snapshot, name, version)) {
    throwWhereUnsure(snapshot, name);
    throw new NotFoundError(
      `There is no version ${version} of the model '${name}' among the files`,
    );
  }
}

/** What could not be read may be just what was asked for: then nobody may say that it doesn't exist. */
function throwWhereUnsure({ problems }: Snapshot, model: string): void {
  const problem = problems.find(
    other => other.model === undefined || other.model === model,
  );
  if (problem) {
    throw new InputError(`${problem.where}: ${problem.message}`);
  }
}

function toPath(version: SourceVersion, path: string): string {
  if (version.origin === null) {
    throw new NotFoundError(
      `Version ${version.version} of '${version.model}' has no artefacts`,
    );
  }
  return path === '' ? version.origin : `${version.origin}/${path}`;
}

/** Problems are a part of every page, so that a walk that goes on after a restart knows them too. */
function withProblems<T>(
  page: SourcePage<T>,
  { problems }: Snapshot,
  model?: string,
): SourcePage<T> {
  const concerned =
    model === undefined
      ? problems
      : problems.filter(
          problem => problem.model === undefined || problem.model === model,
        );
  return concerned.length > 0 ? { ...page, problems: concerned } : page;
}

/** Short, and without what the identity says of the disk. */
function stateOf(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}
