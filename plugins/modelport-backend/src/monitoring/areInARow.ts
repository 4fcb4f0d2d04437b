import { TimeWindow } from './computed/windowsOf';

/** Of the length of a window, how much may lie between two that follow each other: tools leave out moments, not windows. */
const MOST_GAP = 0.5;

/** Whether windows, the newest first, follow each other with none missing between them. */
export function areInARow(windows: TimeWindow[]): boolean {
  return windows.every((window, place) => {
    const newer = windows[place - 1];
    return (
      !newer ||
      newer.start - window.end <=
        MOST_GAP * Math.min(newer.end - newer.start, window.end - window.start)
    );
  });
}

/**
 * Windows, the newest first, without those that hold a newer one whole, such as the month of a day: the same rows say
 * nothing a second time.
 */
export function withoutContaining<W extends TimeWindow>(windows: W[]): W[] {
  let firstEnd = Number.POSITIVE_INFINITY;
  return windows.filter(({ end }) => {
    const isHolding = end >= firstEnd;
    firstEnd = Math.min(firstEnd, end);
    return !isHolding;
  });
}
