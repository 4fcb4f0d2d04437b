import { MonitorDefinition } from '@modelport/plugin-modelport-common';
import { countRows, momentOf, Row } from './countRows';
import { maturesAt } from './documentsOf';
import { WindowCounts } from './CountsStore';
import { NotTaken } from './NotTaken';
import { joinLabels } from './performanceCounts';
import {
  hasLabel,
  hasPrediction,
  performanceOfRows,
} from './performanceOfRows';
import { ReferenceColumn } from './ReferenceProfile';
import { TimeWindow, windowAt } from './windowsOf';

const DAY_MS = 86_400_000;
/** Why a label is not taken. */
export const WITHOUT_PREDICTION =
  'They come without their prediction, and rows are not kept to find it in. Send each with its time, its prediction and the columns of its segments.';

/** What a batch has of a window. */
export type Sent = TimeWindow & { rows: Row[]; labels: Row[] };

/** Rows and labels by the window of their time. */
export function inWindows(
  sent: { rows: Row[]; labels: Row[] },
  { time, window: unit }: MonitorDefinition,
  now: Date,
): {
  byWindow: Map<number, Sent>;
  withoutTime: { rows: number; labels: number };
} {
  const byWindow = new Map<number, Sent>();
  const withoutTime = { rows: 0, labels: 0 };
  for (const kind of ['rows', 'labels'] as const) {
    for (const row of sent[kind]) {
      const moment = time ? momentOf(row[time.column], time.zone) : null;
      if (!time || moment === null || moment > now.getTime() + DAY_MS) {
        withoutTime[kind] += 1;
      } else {
        const window = windowAt(moment, unit, time.zone);
        const known = byWindow.get(window.start) ?? {
          ...window,
          rows: [],
          labels: [],
        };
        known[kind].push(row);
        byWindow.set(window.start, known);
      }
    }
  }
  return { byWindow, withoutTime };
}

/** Counts of the rows of a window; null where it has none. */
export function countsOf(
  rows: Row[],
  columns: ReferenceColumn[],
  { label }: MonitorDefinition,
): WindowCounts | null {
  return rows.length === 0
    ? null
    : {
        rows: rows.length,
        columns: columns.map(column => countRows(column, rows)),
        performance: label ? performanceOfRows(rows, label) : [],
      };
}

/** Counts with the labels of a window joined to them; null where none is. */
export function withLabels(
  counts: WindowCounts | null,
  { start, labels }: Sent,
  options: { label: MonitorDefinition['label']; notTaken: NotTaken },
): { counts: WindowCounts; taken: number } | null {
  const { label, notTaken } = options;
  if (labels.length === 0) {
    return null;
  }
  if (!label) {
    notTaken.add('label', labels.length, 'The monitor names no label.');
    return null;
  }
  const whole = labels.filter(row => hasPrediction(row, label));
  notTaken.add('label', labels.length - whole.length, WITHOUT_PREDICTION);
  const labelled = whole.filter(row => hasLabel(row, label));
  notTaken.add('label', whole.length - labelled.length, 'They have none.');
  if (labelled.length === 0) {
    return null;
  }
  const performance =
    counts &&
    joinLabels(counts.performance, performanceOfRows(labelled, label));
  if (!performance) {
    notTaken.add(
      'label',
      labelled.length,
      `In the window from ${new Date(
        start,
      ).toISOString()} are fewer predictions without a label than that, in all or in one of their segments. Send rows first, and labels with the predictions and segments of their rows.`,
    );
    return null;
  }
  return { counts: { ...counts, performance }, taken: labelled.length };
}

/** Whether a row has a label but nothing that it is the label of. */
export function isLabelAlone(
  row: Row,
  label: MonitorDefinition['label'],
): boolean {
  return (
    label !== undefined && hasLabel(row, label) && !hasPrediction(row, label)
  );
}

/** When no more labels of a window are waited for; null where that does not change what is told of it. */
export function maturityOf(
  window: TimeWindow,
  { label }: MonitorDefinition,
  now: Date,
): string | null {
  const at = label && label.maturesAfterDays > 0 ? maturesAt(window, label) : 0;
  return at > now.getTime() ? new Date(at).toISOString() : null;
}
