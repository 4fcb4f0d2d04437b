import { areInARow, withoutContaining } from '../areInARow';
import { chanceBreaches } from '../chanceBreaches';
import { Importance } from '../importanceOf';
import { isOpen } from '../isOpen';
import { isBreach, judgePoint } from '../judgePoint';
import { PointRow, SeriesRow } from '../PointRow';
import { WindowsInTime } from '../WindowsInTime';
import { AlertRule } from './alertsConfig';
import { Found, RuleResult } from './Found';
import { isOutsideFinding, isOnData, Matters } from './Matters';
import { missingFor } from './missingFor';
import { severityOf } from './severityOf';
import { worseBelow } from './worseBelow';

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
  /** Share of values outside of the reference's range up to which they are drift; of more, the data are wrong. */
  outsideIsDriftUpTo: number;
  /** Milliseconds. */
  now: number;
}): RuleResult[] {
  const { rules, series, importance, now } = options;
  const chance = chanceBreaches(series, options.points);
  const points = options.points.filter(point => !point.isReference);
  if (points.length === 0) {
    return [];
  }
  const windows = new WindowsInTime(series, points);
  const matters = new Matters(series, points, options.outsideIsDriftUpTo);
  const pointsOf = new Map<number, PointRow[]>();
  // Of a window whose labels are not all in nobody can tell yet: it is judged when they are.
  const judged = points.filter(point => !isOpen(point));
  for (const point of judged.sort(
    (a, b) => b.start - a.start || a.end - b.end,
  )) {
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
        ? missingFor(rule, series, points, now)
        : series
            .filter(one => isMeant(rule, one))
            .flatMap(one =>
              inSeries(
                rule,
                one,
                withoutContaining(pointsOf.get(one.id) ?? []),
                {
                  windows,
                  importance,
                  chance,
                  matters,
                },
              ),
            );
    // The worst comes first: it is what people are told.
    found.sort((a, b) => RANK[b.severity] - RANK[a.severity]);
    for (const { category, severity, finding } of found) {
      const result = results.get(category) ?? {
        category,
        rules: [],
        severity,
        findings: [],
      };
      results.set(category, result);
      if (!result.rules.includes(rule)) {
        result.rules.push(rule);
      }
      if (RANK[severity] > RANK[result.severity]) {
        result.severity = severity;
      }
      if (result.findings.length < MOST_FINDINGS) {
        result.findings.push(finding);
      }
    }
  }
  return [...results.values()];
}

const KIND_OF = {
  drift: 'drift',
  performance: 'performance',
  data: 'finding',
} as const;

function isMeant(rule: AlertRule, series: SeriesRow): boolean {
  return (
    rule.category !== 'missing' &&
    (series.kind === KIND_OF[rule.category] ||
      (rule.category === 'drift' && isOutsideFinding(series)) ||
      (rule.category === 'data' &&
        rule.statistic !== undefined &&
        isOnData(series))) &&
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
    windows: WindowsInTime;
    importance: Importance | null;
    chance: Set<PointRow>;
    matters: Matters;
  },
): Found[] {
  const { windows, importance, chance, matters } = context;
  const last = points.slice(0, rule.windows);
  if (
    last.length < rule.windows ||
    !areInARow(last) ||
    !windows.counts(series, last) ||
    !last.every(point => !chance.has(point) && isWrong(rule, series, point)) ||
    !hasRisen(rule, series, points)
  ) {
    return [];
  }
  const [point] = last;
  const value = typeof point.value === 'number' ? point.value : null;
  const threshold = rule.threshold ?? thresholdOf(series, point);
  const category = matters.of(rule, series, point);
  if (series.kind === 'finding' && category !== rule.category) {
    return [];
  }
  return [
    {
      category,
      severity: severityOf(category, series, { value, threshold, importance }),
      finding: {
        feature: series.feature,
        statistic: series.statistic,
        tool: series.tool,
        value,
        threshold,
        start: new Date(point.start).toISOString(),
        end: new Date(point.end).toISOString(),
        text:
          point.detail === null
            ? textOf(rule, series, { value, threshold })
            : detailOf(series, point.detail),
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
  // Tools call different figures by one name.
  return `${what} by ${series.tool} is ${short(of.value)}, ${limit}${
    rule.windows > 1 ? `, for ${rule.windows} windows in a row` : ''
  }`;
}

/** What a tool says is wrong, with the feature: its words are told by themselves, as in notifications. */
function detailOf({ feature }: SeriesRow, detail: string): string {
  return feature === null ? detail : `${feature}: ${detail}`;
}

function short(value: number | null): string {
  return value === null ? 'unknown' : String(Number(value.toPrecision(4)));
}

function isWrong(rule: AlertRule, series: SeriesRow, point: PointRow): boolean {
  const judgement = judgePoint(series, point);
  if (rule.threshold === undefined && rule.rise === undefined) {
    return isBreach(judgement);
  }
  if (
    typeof point.value !== 'number' ||
    judgement.sayable === false ||
    !isComparable(rule, series, point)
  ) {
    return false;
  }
  if (rule.threshold === undefined) {
    return true;
  }
  return worseBelow(series)
    ? point.value < rule.threshold
    : point.value > rule.threshold;
}

/** Without the name of a statistic, a rule is about distances that their tool judges: no count, p-value or unit is like them. */
function isComparable(
  rule: AlertRule,
  series: SeriesRow,
  point: PointRow,
): boolean {
  return (
    rule.statistic !== undefined ||
    series.kind === 'performance' ||
    (point.threshold !== null && !worseBelow(series))
  );
}

/** Whether the newest value is so many times worse than the one before. */
function hasRisen(
  rule: AlertRule,
  series: SeriesRow,
  [last, before]: PointRow[],
): boolean {
  if (rule.rise === undefined) {
    return true;
  }
  if (
    typeof last?.value !== 'number' ||
    typeof before?.value !== 'number' ||
    !areInARow([last, before])
  ) {
    return false;
  }
  const [worse, better] = worseBelow(series)
    ? [before.value, last.value]
    : [last.value, before.value];
  return worse >= rule.rise * better && worse > better;
}

function thresholdOf(series: SeriesRow, point: PointRow): number | null {
  return series.kind === 'performance' && worseBelow(series)
    ? point.lowerThreshold
    : point.threshold;
}
