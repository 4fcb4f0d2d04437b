import { InputError, NotFoundError } from '@backstage/errors';
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
} from '../sources/ModelSource';
import { TrafficShare } from '../sources/TrafficShare';
import { VersionCopies } from '../sources/VersionCopies';

/** A model without anything but its name. */
/** Bytes of a file that come at once. */
const PART = 1024 * 1024;

const EMPTY_MODEL: Omit<SourceModel, 'name'> = {
  description: null,
  tags: {},
  aliases: {},
  createdAt: null,
  updatedAt: null,
  links: [],
};

/** A version without anything but its model and name. */
const EMPTY_VERSION: Omit<SourceVersion, 'model' | 'version'> = {
  description: null,
  tags: {},
  stage: null,
  status: 'READY',
  author: null,
  createdAt: null,
  updatedAt: null,
  runId: null,
  origin: null,
};

/** Details without anything in them. */
const EMPTY_DETAILS: SourceVersionDetails = {
  runStatus: null,
  settled: true,
  author: null,
  framework: null,
  params: {},
  runTags: {},
  metrics: {},
  metricsWithHistory: [],
  measurements: [],
  evaluationSet: null,
  datasets: [],
  decision: null,
  sourceCode: null,
  loadCode: null,
  links: [],
};

/**
 * A call of a {@link FakeModelSource}, for tests to count and to fail.
 *
 * @public
 */
export interface FakeCall {
  method: keyof ModelSource;
  /** What was asked for: a page token, a model, or a model and version. */
  argument: string;
}

/**
 * A source in memory, for tests of what stands on sources. Change its models between passes, and set `onCall` to throw
 * where the registry is to fail.
 *
 * @public
 */
export class FakeModelSource implements ModelSource {
  readonly kind = 'fake';
  readonly url = null;
  readonly capabilities: SourceCapability[] = [
    'list',
    'artefacts',
    'history',
    'setAlias',
  ];
  readonly calls: FakeCall[] = [];

  /** Called before every answer; what it throws is what the source throws. */
  onCall: (call: FakeCall) => void | Promise<void> = () => {};

  /** Called after what was asked for is done; what it throws is what the source throws, as where an answer gets lost. */
  onDone: (call: FakeCall) => void | Promise<void> = () => {};

  /** Why aliases can't be set; null where they can. */
  readOnly: string | null = null;

  /** Set it where copies of versions are to be taken. */
  copies?: VersionCopies;

  /** Set it where webhooks are to be taken. */
  readWebhook?: ModelSource['readWebhook'];

  private readonly models = new Map<string, SourceModel>();
  private readonly versions = new Map<string, SourceVersion>();
  private readonly details = new Map<string, SourceVersionDetails>();
  private readonly documents = new Map<string, SourceVersionDocuments>();
  private readonly artefacts = new Map<string, Map<string, Buffer>>();

  constructor(
    readonly id: string,
    /** Items of a page. */
    public pageSize = 100,
  ) {}

  putModel(model: Partial<SourceModel> & { name: string }): void {
    this.models.set(model.name, { ...EMPTY_MODEL, ...model });
  }

  putVersion(
    version: Partial<SourceVersion> & { model: string; version: string },
    details: Partial<SourceVersionDetails> = {},
    documents: Partial<SourceVersionDocuments> = {},
  ): void {
    const key = keyOf(version.model, version.version);
    this.versions.set(key, { ...EMPTY_VERSION, ...version });
    this.details.set(key, { ...EMPTY_DETAILS, ...details });
    this.documents.set(key, {
      signature: null,
      signatureMessage: null,
      framework: null,
      certain: true,
      ...documents,
    });
  }

  /** Adds a file to a version's artefacts, which hold an empty `MLmodel` until then. */
  putArtefact(
    of: { model: string; version: string },
    path: string,
    content: string | Buffer,
  ): void {
    this.artefactsOf(of).set(path, Buffer.from(content));
  }

  removeModel(name: string): void {
    this.models.delete(name);
    for (const version of this.versions.values()) {
      if (version.model === name) {
        this.removeVersion(name, version.version);
      }
    }
  }

  removeVersion(model: string, version: string): void {
    this.versions.delete(keyOf(model, version));
  }

  async listModels(options: PageOptions): Promise<SourcePage<SourceModel>> {
    await this.called('listModels', options.pageToken ?? '', options.signal);
    return this.page([...this.models.values()], options.pageToken);
  }

  async listVersions(
    options: PageOptions & { model?: string },
  ): Promise<SourcePage<SourceVersion>> {
    await this.called('listVersions', options.pageToken ?? '', options.signal);
    return this.page(
      [...this.versions.values()].filter(
        v => options.model === undefined || v.model === options.model,
      ),
      options.pageToken,
    );
  }

  async getModel(
    name: string,
    options: { signal: AbortSignal },
  ): Promise<SourceModel | undefined> {
    await this.called('getModel', name, options.signal);
    return this.models.get(name);
  }

  async getVersion(
    name: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion | undefined> {
    await this.called('getVersion', `${name}/${version}`, options.signal);
    return this.versions.get(keyOf(name, version));
  }

  async readVersions(
    versions: SourceVersion[],
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDetails[]> {
    await this.called(
      'readVersions',
      versions.map(v => `${v.model}/${v.version}`).join(','),
      options.signal,
    );
    return versions.map(
      v => this.details.get(keyOf(v.model, v.version)) ?? EMPTY_DETAILS,
    );
  }

  async readDocuments(
    version: SourceVersion,
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDocuments> {
    await this.called(
      'readDocuments',
      `${version.model}/${version.version}`,
      options.signal,
    );
    return (
      this.documents.get(keyOf(version.model, version.version)) ?? {
        signature: null,
        signatureMessage: 'There is no signature',
        framework: null,
        certain: true,
      }
    );
  }

  async readMetricHistory(
    version: SourceVersion,
    key: string,
    options: { signal: AbortSignal },
  ): Promise<SourceMetricPoint[]> {
    await this.called(
      'readMetricHistory',
      `${version.model}/${version.version}/${key}`,
      options.signal,
    );
    const value = this.details.get(keyOf(version.model, version.version))
      ?.metrics[key];
    return value === undefined ? [] : [{ step: 0, time: null, value }];
  }

  async listArtefacts(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<SourceArtefact[]> {
    await this.called(
      'listArtefacts',
      `${version.model}/${version.version}/${path}`,
      options.signal,
    );
    return entriesOf(this.artefactsOf(version), path);
  }

  async readArtefact(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal; maxBytes: number },
  ): Promise<Buffer> {
    await this.called(
      'readArtefact',
      `${version.model}/${version.version}/${path}`,
      options.signal,
    );
    const bytes = this.artefactsOf(version).get(path);
    if (!bytes) {
      throw new NotFoundError(`There is no artefact ${path}`);
    }
    if (bytes.length > options.maxBytes) {
      throw new InputError(
        `${path} has ${bytes.length} bytes; at most ${options.maxBytes} are read`,
      );
    }
    return bytes;
  }

  async streamArtefact(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>> {
    await this.called(
      'streamArtefact',
      `${version.model}/${version.version}/${path}`,
      options.signal,
    );
    const bytes = this.artefactsOf(version).get(path);
    if (!bytes) {
      throw new NotFoundError(`There is no artefact ${path}`);
    }
    return (async function* parts() {
      for (let from = 0; from < bytes.length; from += PART) {
        yield bytes.subarray(from, from + PART);
      }
    })();
  }

  async setAlias(
    name: string,
    alias: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    await this.called(
      'setAlias',
      `${name}/${alias}=${version}`,
      options.signal,
    );
    const model = this.models.get(name);
    if (!model || !this.versions.has(keyOf(name, version))) {
      throw new NotFoundError(`There is no version ${version} of ${name}`);
    }
    this.putModel({
      ...model,
      aliases: { ...model.aliases, [alias]: version },
    });
    await this.done('setAlias', `${name}/${alias}=${version}`);
  }

  async deleteAlias(
    name: string,
    alias: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    await this.called('deleteAlias', `${name}/${alias}`, options.signal);
    const model = this.models.get(name);
    if (model) {
      const { [alias]: _gone, ...aliases } = model.aliases;
      this.putModel({ ...model, aliases });
    }
    await this.done('deleteAlias', `${name}/${alias}`);
  }

  /** Counts as something that the source can do once its capabilities name it. */
  async setTraffic(
    name: string,
    environment: string,
    shares: TrafficShare[],
    options: { signal: AbortSignal },
  ): Promise<void> {
    const argument = `${name}/${environment}=${shares
      .map(({ version, percent, mode }) => `${version}:${percent}:${mode}`)
      .join(',')}`;
    await this.called('setTraffic', argument, options.signal);
    const model = this.models.get(name);
    if (
      !model ||
      shares.some(({ version }) => !this.versions.has(keyOf(name, version)))
    ) {
      throw new NotFoundError(`There is no such version of ${name}`);
    }
    const { [environment]: _before, ...others } = model.traffic ?? {};
    this.putModel({
      ...model,
      traffic:
        shares.length > 0 ? { ...others, [environment]: shares } : others,
    });
    await this.done('setTraffic', argument);
  }

  async aliasesReadOnly(): Promise<string | null> {
    return this.readOnly;
  }

  /** How often a method was called since the last `calls.length = 0`. */
  count(method: keyof ModelSource): number {
    return this.calls.filter(call => call.method === method).length;
  }

  private artefactsOf(of: {
    model: string;
    version: string;
  }): Map<string, Buffer> {
    const key = keyOf(of.model, of.version);
    const known = this.artefacts.get(key);
    if (known) {
      return known;
    }
    const first = new Map([['MLmodel', Buffer.from('{}')]]);
    this.artefacts.set(key, first);
    return first;
  }

  private async called(
    method: keyof ModelSource,
    argument: string,
    signal: AbortSignal,
  ): Promise<void> {
    this.calls.push({ method, argument });
    await this.onCall({ method, argument });
    signal.throwIfAborted();
  }

  private async done(
    method: keyof ModelSource,
    argument: string,
  ): Promise<void> {
    await this.onDone({ method, argument });
  }

  private page<T>(items: T[], pageToken: string | undefined): SourcePage<T> {
    const start = Number(pageToken ?? 0);
    const end = start + this.pageSize;
    return {
      items: items.slice(start, end),
      nextPageToken: end < items.length ? String(end) : undefined,
    };
  }
}

function keyOf(model: string, version: string): string {
  return JSON.stringify([model, version]);
}

/** Entries of a folder, folders of folders left out. */
function entriesOf(
  files: Map<string, Buffer>,
  folder: string,
): SourceArtefact[] {
  const start = folder ? `${folder}/` : '';
  const entries = new Map<string, SourceArtefact>();
  for (const [path, bytes] of files) {
    if (path.startsWith(start)) {
      const [first, ...below] = path.slice(start.length).split('/');
      const isFolder = below.length > 0;
      entries.set(first, {
        path: `${start}${first}`,
        isFolder,
        size: isFolder ? null : bytes.length,
      });
    }
  }
  return [...entries.values()];
}
