import { SeriesKey } from './PointToWrite';

/** What tells series whose windows belong together: tools report by day or by month, and performance at its own pace. */
export function paceOf({
  tool,
  kind,
}: Pick<SeriesKey, 'tool' | 'kind'>): string {
  return JSON.stringify([tool, kind === 'performance']);
}
