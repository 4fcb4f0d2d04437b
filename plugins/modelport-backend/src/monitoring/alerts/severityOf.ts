import { Importance } from '../importanceOf';
import { SeriesRow } from '../PointRow';
import { AlertRule } from './alertsConfig';
import { RuleResult } from './Found';
import { worseBelow } from './worseBelow';

/** From this multiple of its threshold on, drift is strong. */
const STRONG = 2;

/**
 * Performance that labels confirm is high, estimated medium; drift is high where it is strong and its feature counts
 * more than the usual one, medium where one of both holds, low otherwise; data is medium.
 */
export function severityOf(
  category: AlertRule['category'],
  series: SeriesRow,
  of: {
    value: number | null;
    threshold: number | null;
    importance: Importance | null;
  },
): RuleResult['severity'] {
  if (category === 'performance') {
    return series.variant === 'realised' ? 'high' : 'medium';
  }
  if (category !== 'drift') {
    return 'medium';
  }
  const weights = Object.values(of.importance?.features ?? {});
  const usual = weights.reduce((sum, one) => sum + one, 0) / weights.length;
  const weight = of.importance?.features[series.feature ?? ''] ?? 0;
  const isImportant = weights.length > 0 && weight >= usual;
  const isStrong =
    of.value !== null &&
    of.threshold !== null &&
    of.threshold > 0 &&
    (worseBelow(series)
      ? of.value * STRONG <= of.threshold
      : of.value >= STRONG * of.threshold);
  if (isStrong && isImportant) {
    return 'high';
  }
  return isStrong || isImportant ? 'medium' : 'low';
}
