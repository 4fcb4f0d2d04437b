import { PointToWrite, SeriesKey } from './PointToWrite';

/** A series as it is kept. */
export interface SeriesRow extends SeriesKey {
  id: number;
}

/** A point as it is kept. */
export interface PointRow extends Omit<PointToWrite, 'series'> {
  seriesId: number;
  digest: string;
}

/** What a heat map needs of a point. */
export type CellRow = Pick<
  PointRow,
  | 'seriesId'
  | 'start'
  | 'end'
  | 'value'
  | 'threshold'
  | 'nReference'
  | 'nCurrent'
  | 'breach'
  | 'noiseFloor'
>;
