import {
  PassChanges,
  SourceError,
  SyncProgress,
} from '@modelport/plugin-modelport-common';
import {
  ModelSource,
  PageOptions,
  readToEnd,
  SourcePage,
  SourceProblem,
} from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { Ingest } from '../models/createIngest';
import { IngestProblem } from '../models/IngestProblem';
import { MAX_ERRORS, PassErrors } from './PassErrors';
import { retireUnseen } from './retireUnseen';
import { Checkpoint } from './SourcesStore';

/** Versions whose documents are read at the same time. */
const DOCUMENTS_AT_ONCE = 4;

/** Finished versions that a pass reads again at most. */
const RECHECKED_AT_MOST = 2000;

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
  private readonly errors = new PassErrors();
  private readonly seenModels = new Set<number>();
  private readonly seenVersions = new Set<number>();
  private readonly unreadable = new Map<string, string>();
  private mayRetire: boolean;
  private fresh = true;
  private readonly written: PassChanges = { models: 0, versions: 0, gone: 0 };
  private progress: SyncProgress;

  constructor(
    private readonly options: {
      source: ModelSource;
      ingest: Ingest;
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

  /** What was written so far. */
  get changes(): PassChanges {
    return { ...this.written };
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
    if (checkpoint === null) {
      await ingest.models.markProblems(source.id, this.unreadable);
    }
    await ingest.models.settle();
    return this.result();
  }

  /**
   * Reads details of finished versions again, as many as a pass has time for.
   *
   * @param options - `after` is the id of the version to go on after; `save` keeps it, null once all were read.
   */
  async runRecheck(options: {
    after: number;
    save: (after: number | null) => Promise<void>;
  }): Promise<void> {
    const { source, ingest, signal } = this.options;
    let after: number | null = options.after;
    let read = 0;
    try {
      while (after !== null && read < RECHECKED_AT_MOST) {
        await this.report('versions');
        const slice = await ingest.versions.recheck(source, { after, signal });
        this.errors.add(slice.problems);
        after = slice.after;
        read += slice.read;
        await options.save(after);
      }
    } catch (error) {
      signal.throwIfAborted();
      this.errors.add([
        {
          where: 'finished versions',
          message: `Not all could be read again; the rest is tried with the next pass. ${messageOf(
            error,
          )}`,
        },
      ]);
    }
  }

  /** Progress of a pass that has listed everything. */
  onToDocuments(): SyncProgress {
    this.progress = { ...this.progress, phase: 'documents' };
    return this.progress;
  }

  /**
   * Reads afterwards what takes a request a version: signatures and histories.
   *
   * @param options - with `impatient` also what waits after a failure.
   */
  async runDocuments(
    options: { impatient?: boolean } = {},
  ): Promise<PassResult> {
    const { source, ingest, signal } = this.options;
    await this.report('documents');
    try {
      await ingest.documents.read(source, {
        signal,
        concurrency: DOCUMENTS_AT_ONCE,
        impatient: options.impatient ?? false,
        onProgress: async () => this.report('documents'),
      });
    } catch (error) {
      signal.throwIfAborted();
      this.errors.add([
        {
          where: 'signatures',
          message: `Not all could be read; the rest is tried again with the next pass. ${messageOf(
            error,
          )}`,
        },
      ]);
    }
    return this.result();
  }

  /** What this pass met, and what earlier ones met that it had no reason to look at again. */
  private async result(): Promise<PassResult> {
    const { source, ingest } = this.options;
    const { problems, more } = await ingest.versions.standingProblems(
      source.id,
      MAX_ERRORS,
    );
    return {
      errors: this.errors.listWith({
        standing: problems,
        more,
        where: source.id,
      }),
      fresh: this.fresh,
    };
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
        const taken = await ingest.models.take(source.id, page.items);
        taken.ids.forEach(id => this.seenModels.add(id));
        this.progress.models += page.items.length;
        this.written.models += taken.changed;
        await this.pageDone(phase, page, taken.problems);
      }
    } else {
      const list = (page: PageOptions) => source.listVersions(page);
      for await (const page of readToEnd(list, start)) {
        const taken = await ingest.versions.take(source, page.items, {
          signal,
        });
        taken.seen.forEach(id => this.seenVersions.add(id));
        this.progress.versions += page.items.length;
        this.written.versions += taken.changed;
        await this.pageDone(phase, page, taken.problems);
      }
    }
  }

  private async pageDone(
    phase: Checkpoint['phase'],
    page: SourcePage<unknown>,
    problems: IngestProblem[],
  ): Promise<void> {
    this.note(page.problems ?? []);
    this.errors.add(problems);
    if (page.nextPageToken !== undefined || phase === 'models') {
      await this.options.saveCheckpoint({
        phase: page.nextPageToken === undefined ? 'versions' : phase,
        pageToken: page.nextPageToken ?? null,
        startedAt: this.progress.startedAt,
      });
    }
    await this.report(phase);
  }

  private async retire(): Promise<void> {
    const { kept, gone } = await retireUnseen({
      ...this.options,
      seenModels: this.seenModels,
      seenVersions: this.seenVersions,
      unreadable: this.unreadable,
    });
    this.written.gone += gone;
    this.errors.add(kept);
    if (kept.length > 0) {
      this.fresh = false;
    }
  }

  private note(problems: SourceProblem[]): void {
    this.errors.add(problems);
    for (const problem of problems) {
      if (problem.model === undefined) {
        this.mayRetire = false;
      } else {
        this.unreadable.set(problem.model, problem.message);
      }
    }
  }

  private async report(phase: SyncProgress['phase']): Promise<void> {
    this.progress = { ...this.progress, phase };
    await this.options.saveProgress(this.progress);
  }
}
