import { MonitorDefinition } from '@modelport/plugin-modelport-common';
import { DateTime } from 'luxon';

/** A window of time; milliseconds, UTC. */
export interface TimeWindow {
  start: number;
  /** The first moment after it. */
  end: number;
}

/** Windows that are told apart; more are those of a wrong time. */
export const MOST_WINDOWS = 1_000;

/**
 * The windows of a calendar in a zone from the one that holds `from` to the one that holds `to`; the newest where there
 * are too many. Days on which clocks change are as long as they are.
 */
export function windowsOf(
  unit: MonitorDefinition['window'],
  zone: string,
  time: { from: number; to: number },
): TimeWindow[] {
  const windows: TimeWindow[] = [];
  let end = after(startOf(time.to, unit, zone), unit);
  while (end.toMillis() > time.from && windows.length < MOST_WINDOWS) {
    // A moment before the end lies in the window, whatever clocks do.
    const start = startOf(end.toMillis() - 1, unit, zone);
    windows.push({ start: start.toMillis(), end: end.toMillis() });
    end = start;
  }
  return windows.reverse();
}

/** The window that a moment lies in. */
export function windowAt(
  moment: number,
  unit: MonitorDefinition['window'],
  zone: string,
): TimeWindow {
  const start = startOf(moment, unit, zone);
  return { start: start.toMillis(), end: after(start, unit).toMillis() };
}

/** Whether windows can be told in a zone. */
export function isZone(zone: string): boolean {
  return DateTime.utc().setZone(zone).isValid;
}

function startOf(
  moment: number,
  unit: MonitorDefinition['window'],
  zone: string,
): DateTime {
  return DateTime.fromMillis(moment, { zone }).startOf(unit);
}

function after(start: DateTime, unit: MonitorDefinition['window']): DateTime {
  // An hour is a duration; the others are steps of the calendar.
  if (unit === 'hour') {
    return start.plus({ hours: 1 });
  }
  const next =
    unit === 'quarter'
      ? start.plus({ months: 3 })
      : start.plus({ [`${unit}s`]: 1 });
  // A day whose clock begins at 1 does not end at 1.
  return next.startOf(unit);
}
