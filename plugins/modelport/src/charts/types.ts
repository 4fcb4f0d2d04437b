/** A point of a line; `y` may be NaN or infinite, and is then not drawn but shown in the table. */
export interface ChartPoint {
  x: number;
  y: number;
}

/** A line over time; a marked point has a sign of its own, and one that is not final yet is hollow. */
export interface TimeLine {
  label: string;
  colour: 'primary' | 'secondary' | 'limit' | 'quiet';
  dash: 'solid' | 'dashed' | 'dotted';
  /** What the band around it is; null where it has none. */
  bandLabel: string | null;
  points: ReadonlyArray<{
    /** Milliseconds, UTC. */
    time: number;
    value: number | null;
    lower: number | null;
    upper: number | null;
    marked: boolean;
    open?: boolean;
  }>;
}
