import { InputError, NotFoundError } from '@backstage/errors';
import {
  ModelSource,
  SourceVersionDocuments,
} from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { FailureStreak } from './FailureStreak';
import { forEachAtOnce } from './forEachAtOnce';
import { fromJson } from './modelRow';
import { ModelSummaries } from './ModelSummaries';
import { headOf, StoredDetails, VersionRow } from './versionRow';
import { VersionsStore } from './VersionsStore';
import { DocumentsPlace, VersionsSyncStore } from './VersionsSyncStore';

/** Histories of a version that a pass reads; more are read when someone asks. */
const MAX_HISTORIES = 50;

/** Versions that may fail in a row before the source counts as down. */
const FAILURES_IN_A_ROW = 10;

/** Versions looked at before progress is told. */
const PAGE = 100;

/** Reads what takes a request a version: signatures, and histories of metrics. */
export class DocumentsIngest {
  constructor(
    private readonly options: {
      store: VersionsSyncStore;
      versions: VersionsStore;
      summaries: ModelSummaries;
    },
  ) {}

  /**
   * Reads the documents of versions for which that is due. One that fails waits, and the others go on.
   *
   * @param options - with `impatient` those are read again too that wait after a failure.
   * @throws the source's error where so many fail in a row that it must be down.
   */
  async read(
    source: ModelSource,
    options: {
      signal: AbortSignal;
      concurrency: number;
      impatient: boolean;
      onProgress: (read: number) => Promise<void>;
    },
  ): Promise<void> {
    const { store, summaries } = this.options;
    const until = new Date().toISOString();
    if (options.impatient) {
      await store.endWaits(source.id, until);
    }
    const streak = new FailureStreak(FAILURES_IN_A_ROW);
    let after: DocumentsPlace | undefined;
    let read = 0;
    for (;;) {
      const rows = await store.documentsDue(source.id, {
        until,
        after,
        limit: PAGE,
      });
      if (rows.length === 0) {
        return;
      }
      after = rows[rows.length - 1];
      try {
        await forEachAtOnce(rows, options.concurrency, row =>
          this.readOne(source, row, { ...options, streak }),
        );
      } finally {
        await summaries.refresh(rows.map(row => row.model_id));
      }
      read += rows.length;
      await options.onProgress(read);
    }
  }

  private async readOne(
    source: ModelSource,
    row: VersionRow,
    options: { signal: AbortSignal; streak: FailureStreak },
  ): Promise<void> {
    const { signal, streak } = options;
    signal.throwIfAborted();
    let documents: SourceVersionDocuments | null = null;
    let failure: { error: unknown } | undefined;
    try {
      documents = await source.readDocuments(headOf(row), { signal });
      await this.readHistories(source, row, { signal });
    } catch (error) {
      signal.throwIfAborted();
      failure = { error };
    }
    await this.options.store.writeDocuments(row, {
      documents,
      problem: failure ? messageOf(failure.error) : null,
    });
    if (failure) {
      streak.failed(failure.error);
    } else {
      streak.succeeded();
    }
  }

  /** Reads the histories that have more than one point, so that they are there while the source is not. */
  private async readHistories(
    source: ModelSource,
    row: VersionRow,
    options: { signal: AbortSignal },
  ): Promise<void> {
    if (!row.settled) {
      return;
    }
    const { metricsWithHistory } = fromJson<StoredDetails>(row.details);
    for (const key of metricsWithHistory.slice(0, MAX_HISTORIES)) {
      try {
        const points = await source.readMetricHistory(
          headOf(row),
          key,
          options,
        );
        await this.options.versions.putMetricHistory(row.id, key, points);
      } catch (error) {
        // Gone, or longer than the source reads: the others are read all the same.
        if (
          !(error instanceof NotFoundError) &&
          !(error instanceof InputError)
        ) {
          throw error;
        }
      }
    }
  }
}
