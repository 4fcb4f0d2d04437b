import { setImmediate as nextTurn } from 'node:timers/promises';
import { AlertRulesPreview } from '@modelport/plugin-modelport-common';
import { Importance } from '../importanceOf';
import { PointRow, SeriesRow } from '../MonitoringStore';
import { AlertRule } from './alertsConfig';
import { evaluateRules } from './evaluateRules';

/** Windows that rules are tried on: the newest. */
const MOST_WINDOWS = 400;
/** Windows looked at besides those that a rule asks for; some may be missing. */
const SPARE = 3;

/** In which windows each rule would have fired, as each was the newest one. */
export async function previewRules(options: {
  rules: AlertRule[];
  series: SeriesRow[];
  points: PointRow[];
  importance: Importance | null;
  outsideIsDriftUpTo: number;
  /** Milliseconds. */
  now: number;
}): Promise<Omit<AlertRulesPreview, 'version'>> {
  const { rules, series, importance, outsideIsDriftUpTo, now } = options;
  const current = options.points
    .filter(point => !point.isReference)
    .sort((a, b) => a.start - b.start);
  const starts = [...new Set(current.map(({ start }) => start))];
  const shown = starts.slice(-MOST_WINDOWS);
  const byStart = new Map<number, PointRow[]>();
  for (const point of current) {
    const list = byStart.get(point.start);
    if (list) {
      list.push(point);
    } else {
      byStart.set(point.start, [point]);
    }
  }
  const items: AlertRulesPreview['items'] = [];
  for (const rule of rules) {
    const fired: AlertRulesPreview['items'][number]['fired'] = [];
    for (const start of shown) {
      const place = starts.indexOf(start);
      const points = starts
        .slice(Math.max(0, place + 1 - rule.windows - SPARE), place + 1)
        .flatMap(one => byStart.get(one) ?? []);
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
        fired.push({
          start: finding.start,
          end: finding.end,
          severity: result.severity,
          text: finding.text,
        });
      }
      // Many rules over many windows take their time, in which others are answered.
      await nextTurn();
    }
    items.push({ rule: rule.id, fired });
  }
  return { windows: shown.length, items };
}
