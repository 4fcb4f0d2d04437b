/** A point of a line; `y` may be NaN or infinite, and is then not drawn but shown in the table. */
export interface ChartPoint {
  x: number;
  y: number;
}
