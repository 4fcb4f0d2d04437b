import { PointRow, SeriesRow } from '../PointRow';
import { AlertRule, milliseconds } from './alertsConfig';
import { Found } from './Found';

/** Windows of its own that a tool may be late by where a rule says no time: the next one, and the time to compute it. */
const LATE_WINDOWS = 2;
/** Of short windows some come late. */
const LATE_MS = 24 * 3_600_000;

/**
 * Whether what a rule is about stopped coming. Where the rule says no time, each tool that reported more than one window
 * is expected at its own pace.
 */
export function missingFor(
  rule: AlertRule,
  series: SeriesRow[],
  points: PointRow[],
  now: number,
): Found[] {
  const toolOf = new Map(
    series
      .filter(
        one =>
          (rule.tool === undefined || rule.tool === one.tool) &&
          (rule.statistic === undefined || rule.statistic === one.statistic) &&
          (rule.feature === undefined || rule.feature === one.feature),
      )
      .map(one => [one.id, one.tool]),
  );
  const meant = points.filter(({ seriesId }) => toolOf.has(seriesId));
  if (rule.afterHours !== undefined) {
    const late = milliseconds(rule.afterHours);
    return foundIn(meant, rule, { tool: rule.tool, late, now });
  }
  return [...new Set(toolOf.values())].flatMap(tool => {
    const of = meant.filter(({ seriesId }) => toolOf.get(seriesId) === tool);
    const starts = new Set(of.map(({ start }) => start));
    const newest = newestOf(of);
    return newest && starts.size > 1
      ? foundIn(of, rule, {
          tool,
          late: Math.max(LATE_MS, LATE_WINDOWS * (newest.end - newest.start)),
          now,
        })
      : [];
  });
}

function foundIn(
  points: PointRow[],
  rule: AlertRule,
  of: { tool: string | undefined; late: number; now: number },
): Found[] {
  const newest = newestOf(points);
  if (!newest || of.now - newest.end < of.late) {
    return [];
  }
  const ended = new Date(newest.end).toISOString();
  return [
    {
      category: 'missing',
      severity: 'medium',
      finding: {
        feature: rule.feature ?? null,
        statistic: 'missing data',
        tool: of.tool ?? 'Modelport',
        value: null,
        threshold: null,
        start: new Date(newest.start).toISOString(),
        end: ended,
        text: `No report ${
          of.tool === undefined ? '' : `of ${of.tool} `
        }came since the window that ended ${inWords(
          newest.end,
        )}; expected one within ${lengthOf(of.late)}`,
      },
    },
  ];
}

/** Such as `2026-11-21 10:00 UTC`. */
function inWords(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function lengthOf(ms: number): string {
  const hours = ms / milliseconds(1);
  return hours > 72
    ? `${Number((hours / 24).toPrecision(3))} days`
    : `${Number(hours.toPrecision(3))} hours`;
}

function newestOf(points: PointRow[]): PointRow | undefined {
  return points.reduce<PointRow | undefined>(
    (a, b) => (a && a.end >= b.end ? a : b),
    undefined,
  );
}
