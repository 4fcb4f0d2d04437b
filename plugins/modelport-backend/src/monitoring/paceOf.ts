import { SeriesKey } from './PointToWrite';

/**
 * What tells series whose windows belong together: tools report by day or by month, and performance at its own pace, that
 * which labels confirm later than what is estimated.
 */
export function paceOf({
  tool,
  kind,
  variant,
}: Pick<SeriesKey, 'tool' | 'kind' | 'variant'>): string {
  return JSON.stringify([tool, kind === 'performance' && variant]);
}
