import { setImmediate as nextTurn } from 'node:timers/promises';
import { AlertRulesPreview } from '@modelport/plugin-modelport-common';
import { Importance } from '../importanceOf';
import { PointRow, SeriesRow } from '../PointRow';
import { AlertRule } from './alertsConfig';
import { evaluateRules } from './evaluateRules';

/** Windows that a rule is tried on: the newest. */
const MOST_WINDOWS = 400;
/** Windows looked at besides those that a rule asks for; some may be missing. */
const SPARE = 3;
/** Points and series that are looked at for all rules together, however many those are; it takes seconds. */
const MOST_LOOKED_AT = 1_000_000;

/**
 * In which windows each rule would have fired, as each was the newest one: from the newest on, as many as its share of the
 * work allows.
 */
export async function previewRules(options: {
  rules: AlertRule[];
  series: SeriesRow[];
  points: PointRow[];
  importance: Importance | null;
  outsideIsDriftUpTo: number;
  /** Milliseconds. */
  now: number;
  mostLookedAt?: number;
}): Promise<Omit<AlertRulesPreview, 'version'>> {
  const { rules, series, importance, outsideIsDriftUpTo, now } = options;
  const { mostLookedAt = MOST_LOOKED_AT } = options;
  const byStart = new Map<number, PointRow[]>();
  for (const point of options.points.filter(one => !one.isReference)) {
    const list = byStart.get(point.start);
    if (list) {
      list.push(point);
    } else {
      byStart.set(point.start, [point]);
    }
  }
  const starts = [...byStart.keys()].sort((a, b) => a - b);
  const items: AlertRulesPreview['items'] = [];
  for (const rule of rules) {
    const fired: AlertRulesPreview['items'][number]['fired'] = [];
    let windows = 0;
    let left = mostLookedAt / rules.length;
    while (windows < Math.min(starts.length, MOST_WINDOWS)) {
      const place = starts.length - 1 - windows;
      const points = starts
        .slice(Math.max(0, place + 1 - rule.windows - SPARE), place + 1)
        .flatMap(one => byStart.get(one) ?? []);
      left -= points.length + series.length;
      if (left < 0) {
        break;
      }
      windows += 1;
      // What is missing shows when the next window ends, or now.
      const next = byStart.get(starts[place + 1])?.[0];
      const [result] = evaluateRules({
        rules: [rule],
        series,
        points,
        importance,
        outsideIsDriftUpTo,
        now: next ? next.end : now,
      });
      const finding = result?.findings[0];
      if (finding) {
        fired.unshift({
          start: finding.start,
          end: finding.end,
          severity: result.severity,
          text: finding.text,
        });
      }
      // Many rules over many windows take their time, in which others are answered.
      await nextTurn();
    }
    items.push({ rule: rule.id, windows, fired });
  }
  return { windows: starts.length, items };
}
