import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  ColumnCounts,
  MonitorDefinition,
  performanceBody,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { ReceivedDocument } from '../../evidence/EvidenceIntake';
import { COMPUTED_TOOL } from './computedBy';
import { ComputedWindow } from './computeWindows';
import { PerformanceCounts, performanceFigures } from './performanceCounts';
import { TimeWindow } from './windowsOf';

/** By which version of its conventions figures were computed. */
const PRODUCER = { name: COMPUTED_TOOL, version: '1' };

/** Documents are made of windows, so that the same data give the same documents whenever they are read. */
function document(
  kind: string,
  { start, end }: TimeWindow,
  body: object,
): ReceivedDocument {
  const window = {
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
  };
  return {
    bytes: Buffer.from(
      JSON.stringify({
        kind,
        schemaVersion: 1,
        producer: PRODUCER,
        producedAt: window.end,
        body: { window, windowFrom: 'document', ...body },
      }),
    ),
    kind: null,
    path: null,
    mediaType: 'application/json',
  };
}

/** What is kept of a window: its counts, and what follows from them. */
export function documentsOfWindow(window: ComputedWindow): ReceivedDocument[] {
  const { columns, figures, findings } = window;
  return [
    document('profile', window, { columns }),
    document('drift', window, { figures, findings }),
  ];
}

/** What is kept of a reference. */
export function documentOfReference(
  columns: ColumnCounts[],
  window: TimeWindow,
): ReceivedDocument {
  return document('profile', window, { period: 'reference', columns });
}

/** When no more labels of a window are waited for; milliseconds. */
export function maturesAt(
  { end }: TimeWindow,
  { maturesAfterDays }: NonNullable<MonitorDefinition['label']>,
): number {
  return end + maturesAfterDays * 86_400_000;
}

/** How good the version was in a window. A label that is not in yet may still come, as long as labels mature. */
export async function documentsOfPerformance(
  window: TimeWindow,
  counts: PerformanceCounts[],
  options: {
    label: NonNullable<MonitorDefinition['label']>;
    naiveError: number | null;
    now: number;
  },
): Promise<ReceivedDocument[]> {
  const { label, naiveError, now } = options;
  const isMature =
    now >= maturesAt(window, label) &&
    (label.of === 'accepted-only' || label.maturesAfterDays > 0);
  const figures: z.input<typeof performanceBody>['figures'] = [];
  for (const one of counts) {
    for (const figure of performanceFigures(one, label, naiveError)) {
      figures.push({
        ...figure,
        // Some never get a label, as where accepted cases alone do: then time closes the window.
        labelled: isMature ? null : figure.labelled,
      });
    }
    // Intervals of many segments take their time, in which others are answered.
    await nextTurn();
  }
  const body: z.input<typeof performanceBody> = { labels: label.of, figures };
  return figures.length > 0 ? [document('performance', window, body)] : [];
}
