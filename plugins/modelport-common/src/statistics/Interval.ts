/**
 * The ends of an interval.
 *
 * @public
 */
export interface Interval {
  lower: number;
  upper: number;
}
