import {
  ModelSource,
  SourceVersion,
  SourceVersionDetails,
} from '@modelport/plugin-modelport-node';
import { NotFoundError } from '@backstage/errors';
import { messageOf } from '../messageOf';
import { chunks } from './chunks';
import { contentDigest } from './contentDigest';
import { FailureStreak } from './FailureStreak';
import { forEachAtOnce } from './forEachAtOnce';
import { IngestProblem } from './IngestProblem';
import { fromJson, ModelRow } from './modelRow';
import { ModelsSyncStore } from './ModelsSyncStore';
import { ModelSummaries } from './ModelSummaries';
import { roundRobin } from './roundRobin';
import {
  KnownVersion,
  VersionsSyncStore,
  WrittenVersion,
} from './VersionsSyncStore';
import { isStorable, storable, storableAll } from './storable';
import { VersionToWrite } from './versionToWrite';

/** Longer names fit neither column nor index. */
const MAX_VERSION = 255;

/** Versions whose details are asked for at once. */
const DETAILS_BATCH = 100;

/** Batches under way at once; how many requests that makes is up to the source. */
const DETAILS_AT_ONCE = 4;

/** Versions asked for one by one that may fail in a row before the source counts as down. */
const FAILURES_IN_A_ROW = 5;

/** A version whose details are to be read. */
type DueVersion = Omit<VersionToWrite, 'details'>;

/** Versions and what `readVersions` says of them on their way into the store. */
export class VersionsIngest {
  constructor(
    private readonly options: {
      models: ModelsSyncStore;
      store: VersionsSyncStore;
      summaries: ModelSummaries;
    },
  ) {}

  /**
   * Takes a page of versions over: reads the details of new, changed and unsettled ones, writes those that changed.
   *
   * @param options - with `recheck` the details of all are read.
   * @returns ids of the rows seen, new ones included, how many were written, and the problems met.
   */
  async take(
    source: ModelSource,
    page: SourceVersion[],
    options: { signal: AbortSignal; recheck?: boolean },
  ): Promise<{ seen: number[]; changed: number; problems: IngestProblem[] }> {
    const models = await this.modelsOf(source, page);
    const known = await this.options.store.known(
      [...models.values()].map(model => model.id),
    );
    const byKey = new Map(known.map(v => [keyOf(v.model_id, v.version), v]));
    const seen = new Set<number>();
    const problems: IngestProblem[] = [];
    let changed = 0;
    // A list that moves while it is read may give a version twice; the last one counts.
    const once = new Map(
      page.map(head => [JSON.stringify([head.model, head.version]), head]),
    );
    const due = [...once.values()].flatMap((head): DueVersion[] => {
      const model = models.get(head.model);
      if (!model || model.retired_at !== null) {
        // Its model came after the pass listed models; the next pass takes both.
        return [];
      }
      if (!isVersion(head.version)) {
        problems.push({
          where: whereOf(head.model, storable(head.version.slice(0, 80))),
          message: `Its version cannot be kept: expected 1 to ${MAX_VERSION} characters, each whole and none the null character. The other versions are not affected.`,
        });
        return [];
      }
      const before = byKey.get(keyOf(model.id, head.version));
      const fingerprint = contentDigest(head);
      if (before) {
        seen.add(before.id);
      }
      return !options.recheck && isCurrent(before, fingerprint)
        ? []
        : [{ modelId: model.id, knownId: before?.id, head, fingerprint }];
    });
    const touched = miscounted(models, known);
    due.forEach(version => touched.add(version.modelId));
    try {
      const read = await this.readDetails(source, due, options);
      problems.push(...read.problems);
      read.written.forEach(row => seen.add(row.id));
      changed = read.written.length;
    } finally {
      // Also for the batches that were written before the source failed.
      await this.options.summaries.refresh(touched);
    }
    return { seen: [...seen], changed, problems };
  }

  /**
   * Reads the details of some settled versions again: metrics are logged on finished runs too, and runs deleted.
   *
   * @param options - `after` is the id of the version to go on after.
   * @returns the id to go on after; null where all were read.
   */
  async recheck(
    source: ModelSource,
    options: { after: number; signal: AbortSignal },
  ): Promise<{
    after: number | null;
    read: number;
    problems: IngestProblem[];
  }> {
    const limit = DETAILS_BATCH * DETAILS_AT_ONCE;
    const rows = await this.options.store.settled(source.id, {
      after: options.after,
      limit,
    });
    const { written, problems } = await this.readDetails(
      source,
      rows.map(row => ({
        modelId: row.model_id,
        knownId: row.id,
        head: fromJson<SourceVersion>(row.head),
        fingerprint: row.fingerprint,
      })),
      options,
    );
    await this.options.summaries.refresh(written.map(row => row.model_id));
    return {
      after: rows.length < limit ? null : rows[rows.length - 1].id,
      read: rows.length,
      problems,
    };
  }

  /**
   * Versions of a source that are not retired, by their ids.
   *
   * @param options - `name` of the only model to look at; `after` is the id to go on after.
   */
  async current(
    source: string,
    options: { name?: string; after?: number; limit?: number },
  ): Promise<Array<{ id: number; name: string; version: string }>> {
    return this.options.store.current(source, options);
  }

  async retire(ids: number[]): Promise<void> {
    const { store, summaries } = this.options;
    await summaries.refresh(await store.retire(ids));
  }

  /**
   * What earlier passes could not read of a source's versions, as far as it still stands.
   *
   * @returns also of how many versions more that is so.
   */
  async standingProblems(
    source: string,
    limit: number,
  ): Promise<{ problems: IngestProblem[]; more: number }> {
    const { items, total } = await this.options.store.problems(source, limit);
    return {
      problems: items.flatMap(({ model, version, messages }) =>
        messages.map(message => ({ where: whereOf(model, version), message })),
      ),
      more: total - items.length,
    };
  }

  /** Reads details batch by batch, and writes each batch as it comes. */
  private async readDetails(
    source: ModelSource,
    due: DueVersion[],
    options: { signal: AbortSignal },
  ): Promise<{ written: WrittenVersion[]; problems: IngestProblem[] }> {
    const { store } = this.options;
    const written: WrittenVersion[] = [];
    const problems: IngestProblem[] = [];
    const streak = new FailureStreak(FAILURES_IN_A_ROW);
    const write = async (versions: VersionToWrite[]) => {
      written.push(...(await store.write(versions.map(storableAll))));
    };
    await forEachAtOnce(
      chunks(due, DETAILS_BATCH),
      DETAILS_AT_ONCE,
      async batch => {
        const whole = await tryToRead(source, batch, options);
        if (whole.versions) {
          streak.succeeded();
          await write(whole.versions);
          return;
        }
        // One version may keep a whole batch from being read.
        for (const version of roundRobin(batch, v => v.modelId)) {
          const one =
            batch.length === 1
              ? whole
              : await tryToRead(source, [version], options);
          if (one.versions) {
            streak.succeeded();
            await write(one.versions);
          } else {
            if (!(one.error instanceof NotFoundError)) {
              streak.failed(one.error);
            }
            if (version.knownId !== undefined) {
              await store.unsettle(version.knownId);
            }
            problems.push({
              where: whereOf(version.head.model, version.head.version),
              message: `What its run says could not be read. It stays as it was, and is read again with the next pass. ${messageOf(
                one.error,
              )}`,
            });
          }
        }
      },
    );
    return { written, problems };
  }

  private async modelsOf(
    source: ModelSource,
    page: SourceVersion[],
  ): Promise<Map<string, ModelRow>> {
    const names = new Set(page.map(version => version.model));
    return this.options.models.known(source.id, [...names].filter(isStorable));
  }
}

/** Where a problem of a version is, for a person to find. */
function whereOf(model: string, version: string): string {
  return `model "${model}", version "${version}"`;
}

async function tryToRead(
  source: ModelSource,
  batch: DueVersion[],
  options: { signal: AbortSignal },
): Promise<
  | { versions: VersionToWrite[]; error?: undefined }
  | { versions?: undefined; error: unknown }
> {
  const { signal } = options;
  signal.throwIfAborted();
  let details: SourceVersionDetails[];
  try {
    details = await source.readVersions(
      batch.map(version => version.head),
      { signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    return { error };
  }
  if (details.length !== batch.length) {
    return {
      error: new Error(
        `${source.id} said something of ${details.length} versions where it was asked for ${batch.length}`,
      ),
    };
  }
  return {
    versions: batch.map((version, index) => ({
      ...version,
      details: details[index],
    })),
  };
}

/** Models whose summary does not count what is there, as after a backend was killed between the two writes. */
function miscounted(
  models: Map<string, ModelRow>,
  known: KnownVersion[],
): Set<number> {
  const counts = new Map<number, number>();
  for (const version of known) {
    if (version.retired_at === null) {
      counts.set(version.model_id, (counts.get(version.model_id) ?? 0) + 1);
    }
  }
  return new Set(
    [...models.values()]
      .filter(
        model =>
          model.retired_at === null &&
          model.version_count !== (counts.get(model.id) ?? 0),
      )
      .map(model => model.id),
  );
}

function isCurrent(
  before: KnownVersion | undefined,
  fingerprint: string,
): boolean {
  return (
    before?.fingerprint === fingerprint &&
    before.retired_at === null &&
    Boolean(before.settled)
  );
}

function isVersion(version: string): boolean {
  return (
    version.length > 0 && version.length <= MAX_VERSION && isStorable(version)
  );
}

function keyOf(modelId: number, version: string): string {
  return `${modelId}/${version}`;
}
