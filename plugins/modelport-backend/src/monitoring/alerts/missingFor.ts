import { PointRow, SeriesRow } from '../MonitoringStore';
import { AlertRule, milliseconds } from './alertsConfig';
import { Found } from './Found';

/** Whether what a rule is about stopped coming. */
export function missingFor(
  rule: AlertRule,
  series: SeriesRow[],
  points: PointRow[],
  now: number,
): Found[] {
  const meant = new Set(
    series
      .filter(
        one =>
          (rule.tool === undefined || rule.tool === one.tool) &&
          (rule.statistic === undefined || rule.statistic === one.statistic) &&
          (rule.feature === undefined || rule.feature === one.feature),
      )
      .map(one => one.id),
  );
  const [first, ...others] = points.filter(({ seriesId }) =>
    meant.has(seriesId),
  );
  if (!first || rule.afterHours === undefined) {
    return [];
  }
  const newest = others.reduce((a, b) => (b.end > a.end ? b : a), first);
  if (now - newest.end < milliseconds(rule.afterHours)) {
    return [];
  }
  return [
    {
      category: 'missing',
      severity: 'medium',
      finding: {
        feature: rule.feature ?? null,
        statistic: 'missing data',
        tool: rule.tool ?? 'Modelport',
        value: null,
        threshold: null,
        start: new Date(newest.start).toISOString(),
        end: new Date(newest.end).toISOString(),
        text: `No report came since the window that ended ${new Date(
          newest.end,
        ).toISOString()}; expected one within ${rule.afterHours} hours`,
      },
    },
  ];
}
