import {
  Dataset,
  Decision,
  Link,
  Measurement,
  RiskTier,
  Signature,
  SourceCode,
} from '@modelport/plugin-modelport-common';
import { TrafficShare } from './TrafficShare';
import { VersionCopies } from './VersionCopies';

/**
 * What a source can do besides listing models and versions.
 *
 * @public
 */
export type SourceCapability =
  | 'list'
  | 'artefacts'
  | 'history'
  | 'setAlias'
  | 'setTraffic'
  | 'copyVersion'
  | 'webhooks';

/**
 * Finds sources: one configured server or folder, or several where a server has workspaces.
 *
 * @public
 */
export interface ModelSourceProvider {
  /** Unique among providers; the id of its only source, or the first part of `id.part` of several. */
  readonly id: string;
  /** Kind of its sources, such as `mlflow`. */
  readonly kind: string;
  /** Where it looks, for a person to read; never with credentials in it. */
  readonly url: string | null;
  /** Whether its sources take copies of versions; false unless given. */
  readonly takesCopies?: boolean;
  /**
   * Finds the sources as they are now.
   *
   * @throws any error where that can't be told; the sources found before then stay, marked as failing.
   */
  discover(options: { signal: AbortSignal }): Promise<ModelSource[]>;
}

/**
 * A registry of models: it fetches and maps, and decides nothing. Every method gives up when its signal is aborted,
 * and throws where an answer is not what it should be, so that nothing is taken for gone that was only not seen.
 *
 * @public
 */
export interface ModelSource {
  /** Unique among all sources, stable across restarts. */
  readonly id: string;
  readonly kind: string;
  /** Where the registry is, for a person to read: an address, or the path of a folder; never with credentials in it. */
  readonly url: string | null;
  readonly capabilities: SourceCapability[];

  /** Lists all models, page by page. */
  listModels(options: PageOptions): Promise<SourcePage<SourceModel>>;

  /** Lists the versions of all models, or of one, page by page, with all that listing gives for free. */
  listVersions(
    options: PageOptions & { model?: string },
  ): Promise<SourcePage<SourceVersion>>;

  /** One model; undefined only where the registry says that it doesn't exist. */
  getModel(
    name: string,
    options: { signal: AbortSignal },
  ): Promise<SourceModel | undefined>;

  /** One version; undefined only where the registry says that it doesn't exist. */
  getVersion(
    name: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion | undefined>;

  /**
   * Reads what listing does not give: runs, metrics, parameters, datasets. Called for new and changed versions, in
   * batches of at most 100; answers in the same order. What is wrong with one version alone goes into the `problems` of
   * its details and fails no other.
   */
  readVersions(
    versions: SourceVersion[],
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDetails[]>;

  /** Reads what needs a request a version: the signature. Called after a pass's listing, once for each version's state. */
  readDocuments(
    version: SourceVersion,
    options: { signal: AbortSignal },
  ): Promise<SourceVersionDocuments>;

  /**
   * The history of one metric, in the order of steps and times.
   *
   * @throws `NotFoundError` where the source has no such metric; `InputError` where it is longer than what is read.
   */
  readMetricHistory(
    version: SourceVersion,
    key: string,
    options: { signal: AbortSignal },
  ): Promise<SourceMetricPoint[]>;

  /**
   * Entries of one folder of a version's artefacts; the root where `path` is empty.
   *
   * @throws `NotFoundError` where there is no such folder; `InputError` where the path leaves the artefacts or the
   * folder has more entries than what is read.
   */
  listArtefacts(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<SourceArtefact[]>;

  /**
   * The bytes of one artefact.
   *
   * @throws `NotFoundError` where there is none; `InputError` where the path leaves the artefacts or it is larger than
   * `maxBytes`.
   */
  readArtefact(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal; maxBytes: number },
  ): Promise<Buffer>;

  /**
   * The bytes of one artefact as they come: of files that are too large to be held. Of a source without it no such files
   * are read.
   *
   * @throws as `readArtefact` does, also between the bytes.
   */
  streamArtefact?(
    version: SourceVersion,
    path: string,
    options: { signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>>;

  /**
   * Gives an alias to a version, and takes it from the one that had it. Doing it twice does no more than once.
   *
   * @throws `NotFoundError` where there is no such version; `InputError` where the registry allows no such alias;
   * `NotAllowedError` where this source can't be written, saying why. Any other error leaves open whether it was done.
   */
  setAlias?(
    name: string,
    alias: string,
    version: string,
    options: { signal: AbortSignal },
  ): Promise<void>;

  /**
   * Takes an alias from whatever version has it; one that nothing has is no error.
   *
   * @throws as `setAlias` does.
   */
  deleteAlias?(
    name: string,
    alias: string,
    options: { signal: AbortSignal },
  ): Promise<void>;

  /**
   * Splits what comes to an environment among versions, as `traffic` of the model says from then on; whatever serves the
   * model has to read it there. Doing it twice does no more than once. A source without it splits no traffic.
   *
   * @param shares - none where the version with the environment's alias has everything.
   * @throws as `setAlias` does.
   */
  setTraffic?(
    name: string,
    environment: string,
    shares: TrafficShare[],
    options: { signal: AbortSignal },
  ): Promise<void>;

  /** Why aliases can't be set here although the kind of source could; null where they can. Absent means they can't. */
  aliasesReadOnly?(): Promise<string | null>;

  /** Takes copies of versions into this registry; absent where it can't. */
  readonly copies?: VersionCopies;

  /**
   * Folder among a version's artefacts in which the model itself is, without what else its run left; empty where all of
   * them are the model. Versions of a source without it are not copied to other registries.
   */
  modelFolder?(
    version: SourceVersion,
    options: { signal: AbortSignal },
  ): Promise<string>;

  /**
   * Checks a webhook's signature over the raw bytes and says which models it is about. The signature covers
   * `deliveryId`, so that what is sent again comes with the same one.
   *
   * @throws `AuthenticationError` where the signature or its time does not hold; `InputError` where the body is not
   * what it should be; `NotFoundError` where the source has no webhooks configured.
   */
  readWebhook?(request: {
    headers: Record<string, string | undefined>;
    body: Buffer;
  }): Promise<{ deliveryId: string; models: string[] }>;
}

/** @public */
export interface PageOptions {
  pageToken?: string;
  signal: AbortSignal;
}

/** @public */
export interface SourcePage<T> {
  items: T[];
  /** Token of the next page; undefined on the last. */
  nextPageToken?: string;
  /**
   * What is there and could not be read, or not wholly. It is shown with the source and stops nothing else; the same
   * `where` and `message` on several pages count once.
   */
  problems?: SourceProblem[];
}

/**
 * Something that a listing found and could not read.
 *
 * @public
 */
export interface SourceProblem {
  /** Where it is, for a person to find: a file, with the line where one is known. */
  where: string;
  /** What is wrong and what was expected. */
  message: string;
  /**
   * The model that it belongs to: this model and all its versions count as seen, whether listed or not, and none of
   * them is retired. Absent where that can't be told: then the pass retires nothing at all.
   */
  model?: string;
}

/**
 * A model as its source has it. Times are milliseconds since 1970, absent is null.
 *
 * @public
 */
export interface SourceModel {
  name: string;
  description: string | null;
  tags: Record<string, string>;
  /** Alias to version. */
  aliases: Record<string, string>;
  /** By environment, where several versions share what comes there; sources that split no traffic leave it out. */
  traffic?: Record<string, TrafficShare[]>;
  createdAt: number | null;
  updatedAt: number | null;
  /** Pages of the model in its registry. */
  links: Link[];
  /** What the source knows as fields of their own; where absent, tags decide. */
  owner?: string;
  system?: string;
  lifecycle?: string;
  task?: string;
  framework?: string;
  riskTier?: RiskTier;
  /** Key of the metric that counts, where the model names one. */
  mainMetric?: string;
  /** What the model asks of its own promotions besides the portal's policy, as JSON; only what is stricter counts. */
  promotions?: Record<string, unknown>;
  /** What is to be computed of its data, as JSON: the schema of `monitor` in a `modelport.yaml`. */
  monitor?: Record<string, unknown>;
}

/**
 * A version as listing gives it.
 *
 * @public
 */
export interface SourceVersion {
  model: string;
  version: string;
  description: string | null;
  tags: Record<string, string>;
  /** Stage of old registries. */
  stage: string | null;
  status: string | null;
  author: string | null;
  createdAt: number | null;
  updatedAt: number | null;
  runId: string | null;
  /** Where its files are, as the source writes it; for the source's own later use. */
  origin: string | null;
  /**
   * Changes whenever something changes that `readVersions` or `readDocuments` would answer and that nothing else here
   * shows, such as a digest of the version's files; opaque. Absent or null where the source has nothing of the kind.
   */
  revision?: string | null;
}

/**
 * What a version's run and logged model say.
 *
 * @public
 */
export interface SourceVersionDetails {
  runStatus: string | null;
  /** False where it may still change without the listing showing it, as a run under way does; it is read again then. */
  settled: boolean;
  author: string | null;
  framework: string | null;
  params: Record<string, string>;
  /** Tags of the run, kept apart from the version's. */
  runTags: Record<string, string>;
  /** The run that the run is a part of, such as a search for hyperparameters; absent or null where there is none. */
  parentRunId?: string | null;
  /** Last value by key; NaN and the infinities as such. */
  metrics: Record<string, number>;
  /** Keys that have more than one point of history as far as the source can tell. */
  metricsWithHistory: string[];
  /** The same values with what else is known of them; keys that are absent here are measurements without more. */
  measurements: Measurement[];
  /** The evaluation set of all the run's metrics, where a tag names it. */
  evaluationSet: { id: string; hash: string | null } | null;
  datasets: Dataset[];
  decision: Decision | null;
  sourceCode: SourceCode | null;
  /** Lines of Python that load the version. */
  loadCode: string | null;
  links: Link[];
  /**
   * What could not be read of it, in words; absent or empty where all was. It is shown with the source. Where `settled`
   * is false as well, as for a run that came in no readable form, the next answer may be whole: what was read of the
   * version before stays till then, and this one is taken only where there is nothing before it.
   */
  problems?: string[];
}

/** @public */
export interface SourceVersionDocuments {
  signature: Signature | null;
  /** Why there is none, in a person's words; null where there is one. */
  signatureMessage: string | null;
  framework: string | null;
  /**
   * False where the answer may be another one later, as with 500 from a server that can't reach its store: what was
   * read before stays, and it is read again after a while.
   */
  certain: boolean;
}

/** @public */
export interface SourceMetricPoint {
  step: number;
  /** Milliseconds since 1970. */
  time: number | null;
  value: number;
}

/** @public */
export interface SourceArtefact {
  /** Path from the root of the version's artefacts, with slashes. */
  path: string;
  isFolder: boolean;
  /** Bytes. */
  size: number | null;
  /**
   * What is another one whenever the file is another one, such as its ETag or when it was changed; left out where that
   * is not known. A file of which only the size is known counts as the same for some days while its size is.
   */
  state?: string;
}
