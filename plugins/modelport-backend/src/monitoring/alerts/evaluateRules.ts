import {
  AlertCategory,
  AlertFinding,
  metricDirection,
} from '@modelport/plugin-modelport-common';
import { chanceBreaches } from '../chanceBreaches';
import { Importance } from '../importanceOf';
import { isBreach, judgePoint } from '../judgePoint';
import { PointRow, SeriesRow } from '../MonitoringStore';
import { AlertRule, milliseconds } from './alertsConfig';

/** What a rule found wrong. */
export interface RuleResult {
  category: AlertCategory;
  /** None where it is no rule's matter. */
  rules: AlertRule[];
  severity: 'low' | 'medium' | 'high';
  findings: AlertFinding[];
}

/** From this multiple of its threshold on, drift is strong. */
const STRONG = 2;
const RANK = { low: 0, medium: 1, high: 2 };
const MOST_FINDINGS = 50;

/**
 * What the rules find in the newest windows of a version: one result a category, so that one cause gives one alert.
 * Findings below the noise floor count for nothing, nor do p-values that chance explains.
 */
export function evaluateRules(options: {
  rules: AlertRule[];
  series: SeriesRow[];
  points: PointRow[];
  importance: Importance | null;
  /** Milliseconds. */
  now: number;
}): RuleResult[] {
  const { rules, series, importance, now } = options;
  const chance = chanceBreaches(series, options.points);
  const points = options.points.filter(point => !point.isReference);
  if (points.length === 0) {
    return [];
  }
  const newest = points.reduce((a, b) => (b.start > a.start ? b : a));
  const since = newest.start - (newest.end - newest.start);
  const pointsOf = new Map<number, PointRow[]>();
  for (const point of [...points].sort((a, b) => b.start - a.start)) {
    const list = pointsOf.get(point.seriesId);
    if (list) {
      list.push(point);
    } else {
      pointsOf.set(point.seriesId, [point]);
    }
  }
  const results = new Map<string, RuleResult>();
  for (const rule of rules) {
    const found =
      rule.category === 'missing'
        ? missingFor(rule, newest, now)
        : series
            .filter(one => isMeant(rule, one))
            .flatMap(one =>
              inSeries(rule, one, pointsOf.get(one.id) ?? [], {
                since,
                importance,
                chance,
              }),
            );
    if (found.length > 0) {
      // The worst comes first: it is what people are told.
      found.sort((a, b) => RANK[b.severity] - RANK[a.severity]);
      const known = results.get(rule.category);
      const worst = found.reduce(
        (most, { severity }) => (RANK[severity] > RANK[most] ? severity : most),
        known?.severity ?? ('low' as RuleResult['severity']),
      );
      results.set(rule.category, {
        category: rule.category,
        rules: [...(known?.rules ?? []), rule],
        severity: worst,
        findings: [
          ...(known?.findings ?? []),
          ...found.map(({ finding }) => finding),
        ].slice(0, MOST_FINDINGS),
      });
    }
  }
  return [...results.values()];
}

interface Found {
  severity: RuleResult['severity'];
  finding: AlertFinding;
}

const KIND_OF = {
  drift: 'drift',
  performance: 'performance',
  data: 'finding',
} as const;

function isMeant(rule: AlertRule, series: SeriesRow): boolean {
  return (
    rule.category !== 'missing' &&
    series.kind === KIND_OF[rule.category] &&
    (rule.tool === undefined || rule.tool === series.tool) &&
    (rule.statistic === undefined || rule.statistic === series.statistic) &&
    (rule.feature === undefined || rule.feature === series.feature)
  );
}

function inSeries(
  rule: AlertRule,
  series: SeriesRow,
  /** The newest first. */
  points: PointRow[],
  context: {
    since: number;
    importance: Importance | null;
    chance: Set<PointRow>;
  },
): Found[] {
  const { since, importance, chance } = context;
  const last = points.slice(0, rule.windows);
  if (
    last.length < rule.windows ||
    last[0].start < since ||
    !last.every(point => !chance.has(point) && isWrong(rule, series, point)) ||
    !hasRisen(rule, points)
  ) {
    return [];
  }
  const [point] = last;
  const value = typeof point.value === 'number' ? point.value : null;
  const threshold = rule.threshold ?? thresholdOf(series, point);
  return [
    {
      severity: severityOf(rule, series, { value, threshold, importance }),
      finding: {
        feature: series.feature,
        statistic: series.statistic,
        tool: series.tool,
        value,
        threshold,
        start: new Date(point.start).toISOString(),
        end: new Date(point.end).toISOString(),
        text: point.detail ?? textOf(rule, series, { value, threshold }),
      },
    },
  ];
}

function textOf(
  rule: AlertRule,
  series: SeriesRow,
  of: { value: number | null; threshold: number | null },
): string {
  const { kind, feature, statistic, variant } = series;
  const what =
    kind === 'performance'
      ? `${statistic} (${variant})`
      : `${statistic} of ${feature ?? 'all features together'}`;
  const side = worseBelow(series) ? 'below' : 'above';
  const limit =
    of.threshold === null
      ? 'outside of what its tool allows'
      : `${side} ${short(of.threshold)}`;
  return `${what} is ${short(of.value)}, ${limit}${
    rule.windows > 1 ? `, for ${rule.windows} windows in a row` : ''
  }`;
}

function short(value: number | null): string {
  return value === null ? 'unknown' : String(Number(value.toPrecision(4)));
}

function isWrong(rule: AlertRule, series: SeriesRow, point: PointRow): boolean {
  const judgement = judgePoint(series, point);
  if (rule.threshold === undefined) {
    return rule.rise !== undefined || isBreach(judgement);
  }
  if (typeof point.value !== 'number' || judgement.sayable === false) {
    return false;
  }
  return worseBelow(series)
    ? point.value < rule.threshold
    : point.value > rule.threshold;
}

function hasRisen(rule: AlertRule, [last, before]: PointRow[]): boolean {
  if (rule.rise === undefined) {
    return true;
  }
  return (
    typeof last?.value === 'number' &&
    typeof before?.value === 'number' &&
    last.value >= rule.rise * before.value &&
    last.value > before.value
  );
}

function worseBelow(series: SeriesRow): boolean {
  return series.kind === 'performance'
    ? metricDirection(series.statistic) !== 'lower'
    : series.direction === 'below';
}

function thresholdOf(series: SeriesRow, point: PointRow): number | null {
  return series.kind === 'performance' && worseBelow(series)
    ? point.lowerThreshold
    : point.threshold;
}

/**
 * Performance that labels confirm is high, estimated medium; drift is high where it is strong and its feature counts
 * more than the usual one, medium where one of both holds, low otherwise; data is medium.
 */
function severityOf(
  rule: AlertRule,
  series: SeriesRow,
  of: {
    value: number | null;
    threshold: number | null;
    importance: Importance | null;
  },
): RuleResult['severity'] {
  if (rule.category === 'performance') {
    return series.variant === 'realised' ? 'high' : 'medium';
  }
  if (rule.category !== 'drift') {
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

function missingFor(rule: AlertRule, newest: PointRow, now: number): Found[] {
  const late = now - newest.end;
  if (rule.afterHours === undefined || late < milliseconds(rule.afterHours)) {
    return [];
  }
  return [
    {
      severity: 'medium',
      finding: {
        feature: null,
        statistic: 'missing data',
        tool: 'Modelport',
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
