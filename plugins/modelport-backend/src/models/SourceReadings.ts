import { Readable } from 'node:stream';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ArtefactList,
  MetricPoint,
  toFigure,
} from '@modelport/plugin-modelport-common';
import { ModelSource } from '@modelport/plugin-modelport-node';
import { isoTime } from './isoTime';
import { SourceFreshness } from './modelRow';
import { ModelRows } from './ModelRows';
import { ModelsVisibility } from './modelsFilter';
import { headOf, toVersion } from './versionRow';
import { VersionsStore } from './VersionsStore';

/** How long a source is waited for, and until a large file has come. */
const ASK_MS = 30_000;
const STREAM_MS = 10 * 60_000;

/** Finds the source of a model for what is read on demand; undefined where it is no longer configured. */
export type FindSource = (
  id: string,
  options: { signal: AbortSignal },
) => Promise<ModelSource | undefined>;

/** What is read of a version from its source when somebody asks: the history of metrics, and artefacts. */
export class SourceReadings {
  constructor(
    private readonly options: {
      rows: ModelRows;
      versions: VersionsStore;
      freshness: () => Promise<Map<string, SourceFreshness>>;
      findSource: FindSource;
    },
  ) {}

  /**
   * The history of a metric; read from the source once where a pass has not read it.
   *
   * @throws `NotFoundError` where the version has no such metric; `ServiceUnavailableError` where the history was
   * never read and the source cannot be asked now.
   */
  async metricHistory(
    source: string,
    name: string,
    version: string,
    key: string,
    visibility: ModelsVisibility,
  ): Promise<MetricPoint[]> {
    const { model, row } = await this.options.rows.version(
      source,
      name,
      version,
      visibility,
    );
    const freshness = (await this.options.freshness()).get(source);
    if (!Object.hasOwn(toVersion(row, model, freshness).metrics, key)) {
      throw new NotFoundError(
        `Version ${version} of ${name} has no metric "${key}"`,
      );
    }
    const { versions } = this.options;
    let points = await versions.getMetricHistory(row.id, key);
    if (!points) {
      points = await this.askSource(source, 'The history', (from, signal) =>
        from.readMetricHistory(headOf(row), key, { signal }),
      );
      if (row.settled) {
        await versions.putMetricHistory(row.id, key, points);
      }
    }
    return points.map(point => ({
      step: point.step,
      time: isoTime(point.time),
      value: toFigure(point.value),
    }));
  }

  /**
   * One folder of a version's artefacts, as it is now; where the source cannot be asked, as it was last seen.
   *
   * @throws `ServiceUnavailableError` where it was never seen and the source cannot be asked now.
   */
  async artefacts(
    source: string,
    name: string,
    version: string,
    path: string,
    visibility: ModelsVisibility,
  ): Promise<ArtefactList> {
    const { row } = await this.options.rows.version(
      source,
      name,
      version,
      visibility,
    );
    const { versions } = this.options;
    try {
      const items = await this.askSource(source, 'The list', (from, signal) =>
        from.listArtefacts(headOf(row), path, { signal }),
      );
      const list = { items, listedAt: new Date().toISOString() };
      await versions.putArtefactList(row.id, path, list);
      return { ...list, message: null };
    } catch (error) {
      const kept = await versions.getArtefactList(row.id, path);
      if (error instanceof ServiceUnavailableError && kept) {
        return { ...kept, message: error.message };
      }
      throw error;
    }
  }

  /**
   * The bytes of one artefact.
   *
   * @throws `InputError` where it is larger than `maxBytes`; `ServiceUnavailableError` where the source cannot be asked.
   */
  async readArtefact(
    source: string,
    name: string,
    version: string,
    path: string,
    options: { visibility: ModelsVisibility; maxBytes: number },
  ): Promise<Buffer> {
    const { visibility, maxBytes } = options;
    const { row } = await this.options.rows.version(
      source,
      name,
      version,
      visibility,
    );
    return this.askSource(source, 'The artefact', (from, signal) =>
      from.readArtefact(headOf(row), path, { signal, maxBytes }),
    );
  }

  /**
   * Hands over the bytes of one artefact as they come, however many they are.
   *
   * @param options - `take` is given them; of a source that gives no files in parts they are held up to `mostHeld`.
   * @throws `InputError` where the source gives no files in parts, or none as large; `ServiceUnavailableError` where it cannot be asked.
   */
  async streamArtefact<T>(
    of: { source: string; name: string; version: string },
    path: string,
    options: {
      take: (bytes: AsyncIterable<Uint8Array>) => Promise<T>;
      mostHeld?: number;
    },
  ): Promise<T> {
    const { source, name, version } = of;
    const { row } = await this.options.rows.version(
      source,
      name,
      version,
      undefined,
    );
    return this.askSource(
      source,
      'The artefact',
      async (from, signal) => {
        if (!from.streamArtefact && options.mostHeld !== undefined) {
          const bytes = await from.readArtefact(headOf(row), path, {
            signal,
            maxBytes: options.mostHeld,
          });
          return options.take(Readable.from([bytes]));
        }
        if (!from.streamArtefact) {
          throw new InputError(
            `The source "${source}" gives no files as large as ${path}`,
          );
        }
        return options.take(
          await from.streamArtefact(headOf(row), path, { signal }),
        );
      },
      STREAM_MS,
    );
  }

  private async askSource<T>(
    id: string,
    what: string,
    ask: (source: ModelSource, signal: AbortSignal) => Promise<T>,
    timeoutMs = ASK_MS,
  ): Promise<T> {
    const signal = AbortSignal.timeout(timeoutMs);
    let source: ModelSource | undefined;
    try {
      source = await this.options.findSource(id, { signal });
      if (!source) {
        throw new Error(`the source "${id}" is no longer configured`);
      }
      return await ask(source, signal);
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof InputError) {
        throw error;
      }
      throw new ServiceUnavailableError(
        `${what} could not be read from the source "${id}" just now; what was read before is kept. ${
          error instanceof Error ? error.message : error
        }`,
      );
    }
  }
}
