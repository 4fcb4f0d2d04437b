import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, isError } from '@backstage/errors';
import {
  binCounts,
  ColumnCounts,
  driftOfProfiles,
  findingsOfProfiles,
  mergeColumnCounts,
  MonitorDefinition,
  ObservationBatch,
  ObservationReceipt,
} from '@modelport/plugin-modelport-common';
import { DateTime } from 'luxon';
import { EvidenceService } from '../../evidence/EvidenceService';
import { messageOf } from '../../messageOf';
import { ModelsVisibility } from '../../models/modelsFilter';
import { ModelsService } from '../../models/ModelsService';
import { asText } from './asText';
import { COMPUTED_BY } from './computedBy';
import { documentsOfPerformance, documentsOfWindow } from './documentsOf';
import { MonitorsService } from './MonitorsService';
import { ChangedCounts, MonitorsStore, WindowCounts } from './MonitorsStore';
import { performanceOfRows } from './performanceOfRows';
import { mergePerformance } from './performanceCounts';
import { OTHER } from './profileColumns';
import { ReferenceColumn } from './ReferenceProfile';
import { TimeWindow, windowAt } from './windowsOf';

type Row = ObservationBatch['rows'][number];

const WINDOWS_A_ROUND = 200;
/** Windows that the rows of one batch may lie in: more are those of a wrong time. */
const WINDOWS_A_BATCH = 200;

/** Counts rows that are sent into windows, and forgets them. */
export class ObservationCounts {
  constructor(
    private readonly options: {
      store: MonitorsStore;
      monitors: Pick<MonitorsService, 'definitionOf'>;
      models: Pick<ModelsService, 'getVersion'>;
      evidence: Pick<EvidenceService, 'push'>;
      logger: LoggerService;
      /** How often what changed of a window that is under way becomes evidence; milliseconds. */
      publishEvery: number;
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
    const { store, monitors, models, now } = this.options;
    const { createdAt } = await models.getVersion(
      of.source,
      of.name,
      of.version,
      of.visibility,
    );
    const definition = await monitors.definitionOf(of);
    const run = await store.run(of);
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
    const byWindow = new Map<number, TimeWindow & { rows: Row[] }>();
    let withoutTime = 0;
    for (const row of batch.rows) {
      const moment = momentOf(row[time.column], time.zone);
      if (moment === null || moment > at.getTime() + 86_400_000) {
        withoutTime += 1;
      } else {
        const window = windowAt(moment, definition.window, time.zone);
        const known = byWindow.get(window.start) ?? { ...window, rows: [] };
        known.rows.push(row);
        byWindow.set(window.start, known);
      }
    }
    if (byWindow.size > WINDOWS_A_BATCH) {
      throw new InputError(
        `The rows lie in ${byWindow.size} windows; at most ${WINDOWS_A_BATCH} are taken at once. Nothing was counted. Send them in several requests, in the order of their times.`,
      );
    }
    const { columns } = run.reference;
    const windows = [...byWindow.values()].map(({ start, end, rows }) => ({
      start,
      end,
      rows: rows.length,
      columns: columns.map(column => countRows(column, rows)),
      performance: definition.label
        ? performanceOfRows(rows, definition.label)
        : [],
    }));
    const isNew = await store.addCounts({ ...of, createdAt }, windows, {
      batch: batch.id,
      referenceState: run.referenceState,
      at: at.toISOString(),
      merge: mergeCounts,
    });
    return {
      rows: isNew ? batch.rows.length - withoutTime : 0,
      withoutTime: isNew ? withoutTime : 0,
      repeated: !isNew,
      windows: windows.map(({ start, end }) => ({
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString(),
      })),
    };
  }

  /** Makes what was counted a part of the evidence, as far as the time allows. */
  async publish(options: { signal: AbortSignal }): Promise<void> {
    const { store, logger, publishEvery, now } = this.options;
    const at = now().getTime();
    const changed = await store.changedCounts({
      toldBefore: new Date(at - publishEvery).toISOString(),
      endedBefore: at,
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
      await store.told(version, window, changedAt);
    }
  }

  private async publishOne({
    version,
    window,
    counts,
    referenceState,
  }: ChangedCounts): Promise<void> {
    const { store, monitors, evidence, now } = this.options;
    const definition = await monitors.definitionOf(version);
    const run = await store.run(version);
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

/** Counts one column of rows in the bins of the reference. */
export function countRows(column: ReferenceColumn, rows: Row[]): ColumnCounts {
  const { name, type, personal, edges } = column;
  const values = rows.map(row => row[name] ?? null);
  const present = values.filter(value => value !== null && value !== '');
  if (personal) {
    return {
      feature: name,
      n: present.length,
      missing: values.length - present.length,
      wrongType: 0,
    };
  }
  return type === 'categorical'
    ? countCategories(column, values)
    : countNumbers(name, edges ?? [], values);
}

function countNumbers(
  feature: string,
  edges: number[],
  values: unknown[],
): ColumnCounts {
  const numbers: number[] = [];
  let missing = 0;
  let wrongType = 0;
  for (const value of values) {
    const number = numberOf(value);
    if (number === null) {
      missing += 1;
    } else if (number === undefined) {
      wrongType += 1;
    } else {
      numbers.push(number);
    }
  }
  const isBinned = edges.length > 1;
  const last = edges[edges.length - 1];
  const n = numbers.length;
  const mean = n > 0 ? numbers.reduce((sum, one) => sum + one, 0) / n : null;
  return {
    feature,
    n,
    missing,
    wrongType,
    outside: isBinned
      ? numbers.filter(one => one < edges[0] || one > last).length
      : null,
    edges: isBinned ? edges : null,
    counts: isBinned ? binCounts(numbers, edges, { openEnds: true }) : null,
    mean,
    standardDeviation:
      mean === null
        ? null
        : Math.sqrt(
            numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / n,
          ),
    min: n > 0 ? numbers.reduce((a, b) => Math.min(a, b)) : null,
    max: n > 0 ? numbers.reduce((a, b) => Math.max(a, b)) : null,
  };
}

/** Null for what is missing or not finite, undefined for what is no number. */
function numberOf(value: unknown): number | null | undefined {
  if (value === null || value === '') {
    return null;
  }
  const isText = typeof value === 'string' && value.trim() !== '';
  if (typeof value !== 'number' && typeof value !== 'boolean' && !isText) {
    return undefined;
  }
  if (isText && /^[+-]?(nan|inf(inity)?)$/i.test(value.trim())) {
    return null;
  }
  const number = Number(value);
  if (Number.isNaN(number)) {
    return undefined;
  }
  return Number.isFinite(number) ? number : null;
}

function countCategories(
  { name, counts: reference }: ReferenceColumn,
  values: unknown[],
): ColumnCounts {
  const categories = reference.categories ?? [OTHER];
  const places = new Map(
    categories.slice(0, -1).map((category, place) => [category, place]),
  );
  const counts = new Array<number>(categories.length).fill(0);
  let missing = 0;
  for (const value of values) {
    if (value === null) {
      missing += 1;
    } else {
      counts[places.get(asText(value)) ?? counts.length - 1] += 1;
    }
  }
  return {
    feature: name,
    n: values.length - missing,
    missing,
    unseen: reference.unseen === null ? null : counts[counts.length - 1],
    wrongType: 0,
    categories,
    counts,
  };
}

function momentOf(value: unknown, zone: string): number | null {
  if (typeof value !== 'string') {
    return null;
  }
  const moment = DateTime.fromISO(value.trim().replace(' ', 'T'), { zone });
  return moment.isValid ? moment.toMillis() : null;
}
