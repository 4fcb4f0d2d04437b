import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, isError } from '@backstage/errors';
import {
  ColumnCounts,
  driftOfProfiles,
  findingsOfProfiles,
  mergeColumnCounts,
  MonitorDefinition,
  ObservationBatch,
  ObservationReceipt,
} from '@modelport/plugin-modelport-common';
import { EvidenceService } from '../../evidence/EvidenceService';
import { messageOf } from '../../messageOf';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ModelsService } from '../../models/ModelsService';
import { COMPUTED_BY } from './computedBy';
import { documentsOfPerformance, documentsOfWindow } from './documentsOf';
import { MonitorsService } from './MonitorsService';
import { MonitorsStore } from './MonitorsStore';
import { ChangedCounts, CountsStore, WindowCounts } from './CountsStore';
import { mergePerformance } from './performanceCounts';
import { NotTaken } from './NotTaken';
import { ReferenceColumn } from './ReferenceProfile';
import {
  countsOf,
  inWindows,
  isLabelAlone,
  maturityOf,
  withLabels,
  WITHOUT_PREDICTION,
} from './sentRows';

const WINDOWS_A_ROUND = 200;
/** Windows that the rows of one batch may lie in: more are those of a wrong time. */
const WINDOWS_A_BATCH = 200;
const DAY_MS = 86_400_000;

/** Counts rows that are sent into windows, and forgets them. */
export class ObservationCounts {
  constructor(
    private readonly options: {
      store: CountsStore;
      runs: Pick<MonitorsStore, 'run'>;
      monitors: Pick<MonitorsService, 'definitionOf'>;
      models: Pick<ModelsService, 'getVersion'>;
      evidence: Pick<EvidenceService, 'push'>;
      logger: LoggerService;
      /** How often what changed of a window that is under way becomes evidence; milliseconds. */
      publishEvery: number;
      /** How long counts are kept after their last rows and the end of their window. */
      keepCountsDays: number;
      now: () => Date;
    },
  ) {}

  /**
   * @throws `NotFoundError` where there is no such version; `ConflictError` where the model has no monitor, or its
   * reference was not read yet; `InputError` for rows that can't be counted. Nothing is counted then.
   */
  async take(
    of: {
      source: string;
      name: string;
      version: string;
      visibility: ModelsVisibility;
    },
    batch: ObservationBatch,
  ): Promise<ObservationReceipt> {
    const { store, runs, monitors, models, now } = this.options;
    const { createdAt } = await models.getVersion(
      of.source,
      of.name,
      of.version,
      of.visibility,
    );
    const definition = await monitors.definitionOf(of);
    const run = await runs.run(of);
    if (!definition || !run?.reference || run.referenceState === null) {
      throw new ConflictError(
        definition
          ? 'The reference of the monitor was not read yet; send the rows again later. Nothing was counted.'
          : 'The model has no monitor, so its rows are in no window. Declare one first. Nothing was counted.',
      );
    }
    const { time } = definition;
    if (!time) {
      throw new ConflictError(
        'The monitor names no column of time, so rows are in no window. Nothing was counted.',
      );
    }
    const at = now();
    const { rows = [], labels = [] } = batch;
    const notTaken = new NotTaken();
    const { byWindow, withoutTime } = inWindows(
      { rows, labels },
      definition,
      at,
    );
    notTaken.add(
      'label',
      withoutTime.labels,
      'They say no time, or one that is to come.',
    );
    if (byWindow.size > WINDOWS_A_BATCH) {
      throw new InputError(
        `The rows lie in ${byWindow.size} windows; at most ${WINDOWS_A_BATCH} are taken at once. Nothing was counted. Send them in several requests, in the order of their times.`,
      );
    }
    const { columns } = run.reference;
    const sent = [...byWindow.values()].map(window => ({
      ...window,
      counts: countsOf(window.rows, columns, definition),
    }));
    const forgotten = new Set<number>();
    if (definition.label) {
      notTaken.add(
        'label',
        rows.filter(row => isLabelAlone(row, definition.label)).length,
        WITHOUT_PREDICTION,
      );
    }
    const taken = { rows: 0, labels: 0 };
    const isNew = await store.addCounts({ ...of, createdAt }, sent, {
      batch: batch.id,
      referenceState: run.referenceState,
      at: at.toISOString(),
      maturesAt: window => maturityOf(window, definition, at),
      forgotten: window => {
        const why = `Counts of their window were forgotten ${this.options.keepCountsDays} days after its last rows; what comes now would stand alone.`;
        notTaken.add('row', window.rows.length, why);
        notTaken.add('label', window.labels.length, why);
        forgotten.add(window.start);
      },
      join: (before, window) => {
        taken.rows += window.rows.length;
        const counts =
          before && window.counts
            ? mergeCounts(before, window.counts)
            : before ?? window.counts;
        const joined = withLabels(counts, window, {
          label: definition.label,
          notTaken,
        });
        taken.labels += joined?.taken ?? 0;
        return joined?.counts ?? (window.counts ? counts : null);
      },
    });
    return {
      rows: isNew ? taken.rows : 0,
      labels: isNew ? taken.labels : 0,
      withoutTime: isNew ? withoutTime.rows : 0,
      notTaken: isNew ? notTaken.list() : [],
      repeated: !isNew,
      windows: sent
        .filter(({ start }) => !forgotten.has(start))
        .map(({ start, end }) => ({
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
        })),
    };
  }

  /** Forgets counts that got no row for long, and the ids of old batches. */
  async forgetOld(): Promise<void> {
    const { now, keepCountsDays, store } = this.options;
    await store.forgetOldCounts(
      new Date(now().getTime() - keepCountsDays * DAY_MS),
    );
  }

  /** Makes what was counted a part of the evidence, as far as the time allows. */
  async publish(options: { signal: AbortSignal }): Promise<void> {
    const { store, logger, publishEvery, now } = this.options;
    const at = now().getTime();
    const changed = await store.changedCounts({
      toldBefore: new Date(at - publishEvery).toISOString(),
      endedBefore: at,
      matureBefore: new Date(at).toISOString(),
      most: WINDOWS_A_ROUND,
    });
    for (const one of changed) {
      const { version, window, changedAt } = one;
      if (options.signal.aborted) {
        return;
      }
      try {
        await this.publishOne(one);
      } catch (error) {
        if (!isGone(error)) {
          logger.warn(
            `Rows sent for ${version.source}/${version.name} version ${
              version.version
            } could not be told of; they are tried again with the next round. ${messageOf(
              error,
            )}`,
          );
          continue;
        }
      }
      await store.told(version, window, {
        changedAt,
        at: new Date(at).toISOString(),
      });
    }
  }

  private async publishOne({
    version,
    window,
    counts,
    referenceState,
  }: ChangedCounts): Promise<void> {
    const { runs, monitors, evidence, now } = this.options;
    const definition = await monitors.definitionOf(version);
    const run = await runs.run(version);
    // Counts in bins of another reference say nothing beside this one.
    if (definition && run?.reference && run.referenceState === referenceState) {
      await evidence.push({
        ...version,
        visibility: undefined,
        by: COMPUTED_BY,
        documents: [
          ...documentsOfWindow({
            ...window,
            columns: counts.columns,
            ...compared(run.reference.columns, counts.columns, definition),
          }),
          ...(definition.label
            ? await documentsOfPerformance(window, counts.performance, {
                label: definition.label,
                naiveError: null,
                now: now().getTime(),
              })
            : []),
        ],
      });
    }
  }
}

/** Whether a model or a version is no longer there, so that nothing can be told of it. */
function isGone(error: unknown): boolean {
  return isError(error) && error.name === 'NotFoundError';
}

function compared(
  reference: ReferenceColumn[],
  columns: ColumnCounts[],
  { thresholds }: MonitorDefinition,
) {
  const pairs = reference.flatMap(({ counts }) => {
    const current = columns.find(({ feature }) => feature === counts.feature);
    return current ? [{ counts, current }] : [];
  });
  return {
    figures: pairs.flatMap(({ counts, current }) =>
      driftOfProfiles(counts, current, thresholds),
    ),
    findings: pairs.flatMap(({ counts, current }) =>
      findingsOfProfiles(counts, current, thresholds),
    ),
  };
}

/** Counts of two parts of a window together. */
export function mergeCounts(a: WindowCounts, b: WindowCounts): WindowCounts {
  return {
    rows: a.rows + b.rows,
    columns: a.columns.map(column => {
      const other = b.columns.find(({ feature }) => feature === column.feature);
      return other ? mergeColumnCounts(column, other) : column;
    }),
    performance: mergePerformance(a.performance, b.performance),
  };
}
