import { isOpen } from './isOpen';
import { PointRow, SeriesRow } from './PointRow';
import { paceOf } from './paceOf';

/** The windows of one pace. */
interface Pace {
  newest: PointRow;
  /** The newest of which all labels are in; undefined where there is none. */
  judged: PointRow | undefined;
  /** Those of which all labels are in, the newest first. */
  starts: number[];
}

/** What the newest windows are, by tools: one may report by day, another by month. */
export class WindowsInTime {
  private readonly paces = new Map<string, Pace>();
  private readonly newest: PointRow | undefined;

  /** @param points - of the series, those of the reference left out. */
  constructor(series: SeriesRow[], points: PointRow[]) {
    const paceOfSeries = new Map(series.map(one => [one.id, paceOf(one)]));
    const starts = new Map<string, Set<number>>();
    for (const point of points) {
      const key = paceOfSeries.get(point.seriesId);
      if (key !== undefined) {
        const known = this.paces.get(key) ?? {
          newest: point,
          judged: undefined,
          starts: [],
        };
        this.paces.set(key, known);
        if (point.start > known.newest.start) {
          known.newest = point;
        }
        if (!isOpen(point)) {
          if (!known.judged || point.start > known.judged.start) {
            known.judged = point;
          }
          starts.set(key, (starts.get(key) ?? new Set()).add(point.start));
        }
        if (!this.newest || point.end > this.newest.end) {
          this.newest = point;
        }
      }
    }
    for (const [key, pace] of this.paces) {
      pace.starts = [...(starts.get(key) ?? [])].sort((a, b) => b - a);
    }
  }

  /**
   * Whether what a series says in its newest windows, the newest first, still counts: its tool has not stopped, and it
   * ends no more than one window before what else the tool says. A finding is there only where something was wrong, so
   * it counts in the very windows alone. Labels come later than windows end, so of performance the newest is that of which
   * all are in.
   */
  counts(series: SeriesRow, last: PointRow[]): boolean {
    const pace = this.paces.get(paceOf(series));
    const [point] = last;
    if (!pace?.judged || !this.newest || !point) {
      return false;
    }
    if (series.kind === 'finding') {
      return (
        this.goesOn(pace.newest) &&
        last.every(({ start }, place) => start === pace.starts[place])
      );
    }
    return (
      point.start >= pace.judged.start - lengthOf(pace.judged) &&
      this.goesOn(pace.newest)
    );
  }

  private goesOn(newest: PointRow): boolean {
    return (
      this.newest !== undefined &&
      newest.end + Math.max(lengthOf(newest), lengthOf(this.newest)) >=
        this.newest.end
    );
  }
}

function lengthOf({ start, end }: PointRow): number {
  return end - start;
}
