import { metricDirection } from '@modelport/plugin-modelport-common';
import { SeriesRow } from '../PointRow';

/** Whether low values of a series are the bad ones. */
export function worseBelow(series: SeriesRow): boolean {
  return series.kind === 'performance'
    ? metricDirection(series.statistic) !== 'lower'
    : series.direction === 'below';
}
