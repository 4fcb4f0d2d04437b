import { SourceError, SyncProgress } from '@modelport/plugin-modelport-common';
import {
  ModelSource,
  PageOptions,
  readToEnd,
  SourcePage,
  SourceProblem,
} from '@modelport/plugin-modelport-node';
import { IngestProblem, ModelsIngest } from '../models/ModelsIngest';
import { Checkpoint } from './SourcesStore';

/** Items that are looked up one by one at the same time. */
const LOOKUPS = 4;

/** Errors kept of one pass; the rest is counted. */
const MAX_ERRORS = 100;

/** What a pass came to. */
export interface PassResult {
  errors: SourceError[];
  /** False where the data may be out of date although the source answered. */
  fresh: boolean;
}

/**
 * One pass over a source. It retires only what the source itself says is gone, only after listing everything from the
 * start, and never half of what is known at once unless a person accepted that.
 */
export class SourcePass {
  private readonly errors: SourceError[] = [];
  private readonly seenModels = new Set<number>();
  private readonly seenVersions = new Set<number>();
  private readonly unreadable = new Map<string, string>();
  private mayRetire: boolean;
  private fresh = true;
  private dropped = 0;
  private progress: SyncProgress;

  constructor(
    private readonly options: {
      source: ModelSource;
      ingest: ModelsIngest;
      signal: AbortSignal;
      /** Where an earlier pass was cut short. */
      checkpoint: Checkpoint | null;
      acceptRetirement: boolean;
      saveCheckpoint: (checkpoint: Checkpoint | null) => Promise<void>;
      saveProgress: (progress: SyncProgress) => Promise<void>;
    },
  ) {
    this.mayRetire = options.checkpoint === null;
    this.progress = {
      phase: options.checkpoint?.phase ?? 'models',
      models: 0,
      versions: 0,
      startedAt: options.checkpoint?.startedAt ?? new Date().toISOString(),
    };
  }

  /** Takes over what listing gives, with runs and metrics, and retires what is gone. */
  async run(): Promise<PassResult> {
    const { ingest, source, checkpoint } = this.options;
    if (checkpoint?.phase !== 'versions') {
      await this.walk('models');
    }
    await this.walk('versions');
    if (this.mayRetire) {
      await this.report('retiring');
      await this.retire();
    }
    await this.options.saveCheckpoint(null);
    await ingest.markProblems(source.id, this.unreadable);
    await ingest.settle();
    return this.result();
  }

  /** Reads afterwards what takes a request a version: signatures and histories. */
  async runDocuments(): Promise<PassResult> {
    const { source, ingest, signal } = this.options;
    await this.report('documents');
    try {
      await ingest.readDocuments(source, {
        signal,
        concurrency: LOOKUPS,
        onProgress: async () => this.report('documents'),
      });
    } catch (error) {
      signal.throwIfAborted();
      this.errors.push({
        where: 'signatures',
        message: `Not all could be read; the rest is tried again with the next pass. ${messageOf(
          error,
        )}`,
        at: new Date().toISOString(),
      });
    }
    return this.result();
  }

  private result(): PassResult {
    const more =
      this.dropped > 0
        ? [
            {
              where: this.options.source.id,
              message: `${this.dropped} more problems are not listed`,
              at: new Date().toISOString(),
            },
          ]
        : [];
    return { errors: [...this.errors, ...more], fresh: this.fresh };
  }

  private async walk(phase: Checkpoint['phase']): Promise<void> {
    const { source, ingest, signal, checkpoint } = this.options;
    await this.report(phase);
    const start = {
      signal,
      pageToken:
        checkpoint?.phase === phase
          ? checkpoint.pageToken ?? undefined
          : undefined,
    };
    if (phase === 'models') {
      const list = (page: PageOptions) => source.listModels(page);
      for await (const page of readToEnd(list, start)) {
        const taken = await ingest.takeModels(source.id, page.items);
        taken.ids.forEach(id => this.seenModels.add(id));
        this.progress.models += page.items.length;
        await this.pageDone(phase, page, taken.problems);
      }
    } else {
      const list = (page: PageOptions) => source.listVersions(page);
      for await (const page of readToEnd(list, start)) {
        const taken = await ingest.takeVersions(source, page.items, { signal });
        taken.seen.forEach(id => this.seenVersions.add(id));
        this.progress.versions += page.items.length;
        await this.pageDone(phase, page, taken.problems);
      }
    }
  }

  private async pageDone(
    phase: Checkpoint['phase'],
    page: SourcePage<unknown>,
    problems: IngestProblem[],
  ): Promise<void> {
    this.note(page.problems, problems);
    if (page.nextPageToken !== undefined || phase === 'models') {
      await this.options.saveCheckpoint({
        phase: page.nextPageToken === undefined ? 'versions' : phase,
        pageToken: page.nextPageToken ?? null,
        startedAt: this.progress.startedAt,
      });
    }
    await this.report(phase);
  }

  /** Retires what was not seen, once the source confirms for each that it is gone. */
  private async retire(): Promise<void> {
    const { source, ingest, signal } = this.options;
    const before = await ingest.current(source.id);
    const models = before.models.filter(
      model =>
        !this.seenModels.has(model.id) && !this.unreadable.has(model.name),
    );
    if (this.allowed('models', models.length, before.models.length)) {
      const gone = await this.confirm(
        models,
        async model =>
          (await source.getModel(model.name, { signal })) === undefined,
      );
      await ingest.retireModels(gone.map(model => model.id));
    }
    const after = await ingest.current(source.id);
    const missing = new Set(models.map(model => model.name));
    const versions = after.versions.filter(
      version =>
        !this.seenVersions.has(version.id) &&
        !missing.has(version.name) &&
        !this.unreadable.has(version.name),
    );
    if (this.allowed('versions', versions.length, after.versions.length)) {
      const gone = await this.confirm(
        versions,
        async version =>
          (await source.getVersion(version.name, version.version, {
            signal,
          })) === undefined,
      );
      await ingest.retireVersions(gone.map(version => version.id));
    }
  }

  private allowed(what: string, missing: number, known: number): boolean {
    if (missing === 0) {
      return false;
    }
    if (missing > 1 && missing * 2 >= known && !this.options.acceptRetirement) {
      this.fresh = false;
      this.errors.push({
        where: this.options.source.id,
        message: `The source listed ${
          known - missing
        } of ${known} known ${what}. Retirement was refused: nothing was removed, the last good data stays. If they are really gone, accept it with the next sync.`,
        at: new Date().toISOString(),
      });
      return false;
    }
    return true;
  }

  private async confirm<T>(
    items: T[],
    isGone: (item: T) => Promise<boolean>,
  ): Promise<T[]> {
    const gone: T[] = [];
    const queue = [...items];
    const worker = async () => {
      for (let item = queue.shift(); item; item = queue.shift()) {
        this.options.signal.throwIfAborted();
        if (await isGone(item)) {
          gone.push(item);
        }
      }
    };
    await Promise.all(Array.from({ length: LOOKUPS }, worker));
    if (gone.length < items.length) {
      this.fresh = false;
      this.errors.push({
        where: this.options.source.id,
        message: `The source left ${
          items.length - gone.length
        } out of its list that it still has. They are kept as they were seen last.`,
        at: new Date().toISOString(),
      });
    }
    return gone;
  }

  private note(
    problems: SourceProblem[] | undefined,
    more: IngestProblem[],
  ): void {
    const at = new Date().toISOString();
    for (const problem of problems ?? []) {
      if (problem.model === undefined) {
        this.mayRetire = false;
      } else {
        this.unreadable.set(problem.model, problem.message);
      }
    }
    for (const problem of [...(problems ?? []), ...more]) {
      const known = this.errors.some(
        e => e.where === problem.where && e.message === problem.message,
      );
      if (known) {
        continue;
      }
      if (this.errors.length < MAX_ERRORS) {
        this.errors.push({
          where: problem.where,
          message: problem.message,
          at,
        });
      } else {
        this.dropped += 1;
      }
    }
  }

  private async report(phase: SyncProgress['phase']): Promise<void> {
    this.progress = { ...this.progress, phase };
    await this.options.saveProgress(this.progress);
  }
}

/** Takes one model over, or retires it where the source says that it is gone. */
export async function passOverModel(options: {
  source: ModelSource;
  ingest: ModelsIngest;
  name: string;
  signal: AbortSignal;
}): Promise<void> {
  const { source, ingest, name, signal } = options;
  const current = await ingest.current(source.id, name);
  const model = await source.getModel(name, { signal });
  if (!model) {
    await ingest.retireModels(current.models.map(known => known.id));
    return;
  }
  await ingest.takeModels(source.id, [model]);
  const seen = new Set<number>();
  const list = (page: PageOptions) =>
    source.listVersions({ ...page, model: name });
  for await (const page of readToEnd(list, { signal })) {
    const taken = await ingest.takeVersions(source, page.items, { signal });
    taken.seen.forEach(id => seen.add(id));
  }
  const gone: number[] = [];
  for (const version of current.versions) {
    if (
      !seen.has(version.id) &&
      (await source.getVersion(name, version.version, { signal })) === undefined
    ) {
      gone.push(version.id);
    }
  }
  await ingest.retireVersions(gone);
}

/** Longer messages are cut. */
const MAX_MESSAGE = 500;

/** An error in words. A database's error comes with its statement and values, which are for nobody to read. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isStatement = /^\s*(insert|update|select|delete|with) /i.test(message);
  const words = isStatement
    ? `It could not be stored: ${message.slice(message.lastIndexOf(' - ') + 3)}`
    : message;
  return words.length > MAX_MESSAGE
    ? `${words.slice(0, MAX_MESSAGE)} …`
    : words;
}
