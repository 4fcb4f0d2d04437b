import {
  FeatureProfile,
  IntegrityFinding,
  metricDirection,
  Monitoring,
  MonitoringSeries,
  PerformanceSeries,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { isOpen } from './isOpen';
import { judgePoint } from './judgePoint';
import { PointRow, SeriesRow } from './PointRow';

const profile = z.object({
  missing: z.number(),
  unseen: z.number().nullable(),
  outside: z.number().nullable(),
  edges: z.array(z.number()).nullable(),
  categories: z.array(z.string()).nullable(),
  counts: z.array(z.number()).nullable(),
});

const ASSUMPTIONS: Record<string, string> = {
  CBPE: 'CBPE: holds while the probabilities stay calibrated and the relation of features to the label stays the same (no concept drift).',
  DLE: 'DLE: holds while the relation of features to the error stays the same (no concept drift).',
};

/** Series with their points as the API answers them; those without points in the time asked for are left out. */
export function seriesAnswer(
  series: SeriesRow[],
  points: PointRow[],
): Pick<Monitoring, 'series' | 'performance' | 'integrity' | 'profiles'> {
  const pointsOf = new Map<number, PointRow[]>();
  for (const point of points) {
    const list = pointsOf.get(point.seriesId);
    if (list) {
      list.push(point);
    } else {
      pointsOf.set(point.seriesId, [point]);
    }
  }
  const answer: ReturnType<typeof seriesAnswer> = {
    series: [],
    performance: [],
    integrity: [],
    profiles: [],
  };
  for (const one of series) {
    const of = pointsOf.get(one.id);
    if (of) {
      switch (one.kind) {
        case 'drift':
          answer.series.push(driftSeries(one, of));
          break;
        case 'performance':
          answer.performance.push(performanceSeries(one, of));
          break;
        case 'finding':
          answer.integrity.push(...findings(one, of));
          break;
        case 'check':
          break;
        default:
          answer.profiles.push(profiles(one, of));
      }
    }
  }
  return answer;
}

function windowOf(point: PointRow) {
  return {
    start: new Date(point.start).toISOString(),
    end: new Date(point.end).toISOString(),
    evidence: point.digest,
  };
}

function periodOf(point: PointRow) {
  return point.isReference ? ('reference' as const) : ('current' as const);
}

function driftSeries(series: SeriesRow, points: PointRow[]): MonitoringSeries {
  const { feature, statistic, tool, toolVersion, direction, bins } = series;
  return {
    feature,
    statistic,
    tool,
    toolVersion,
    threshold: newest(points, point => point.threshold),
    direction,
    bins,
    points: points.map(point => ({
      ...windowOf(point),
      period: periodOf(point),
      value: point.value,
      threshold: point.threshold,
      lowerThreshold: point.lowerThreshold,
      nReference: point.nReference,
      nCurrent: point.nCurrent,
      ...judgePoint(series, point),
    })),
  };
}

function performanceSeries(
  series: SeriesRow,
  points: PointRow[],
): PerformanceSeries {
  const { statistic: metric, tool, toolVersion, slice, method } = series;
  const isLowerBetter = metricDirection(metric) === 'lower';
  return {
    metric,
    kind: series.variant ?? 'realised',
    tool,
    toolVersion,
    slice,
    threshold: newest(points, point =>
      isLowerBetter ? point.threshold : point.lowerThreshold,
    ),
    assumption: method && (ASSUMPTIONS[method] ?? method),
    labels: series.labels ?? 'unknown',
    points: points.map(point => ({
      ...windowOf(point),
      period: periodOf(point),
      value: point.value,
      lower: point.lower,
      upper: point.upper,
      lowerThreshold: point.lowerThreshold,
      upperThreshold: point.threshold,
      n: point.nCurrent,
      labelled: point.labelled,
      open: isOpen(point),
      // Of rows without a label nobody can tell yet.
      breach: isOpen(point) ? null : point.breach,
    })),
  };
}

function findings(series: SeriesRow, points: PointRow[]): IntegrityFinding[] {
  return points.map(point => ({
    feature: series.feature,
    check: series.statistic,
    tool: series.tool,
    message: point.detail ?? '',
    ...windowOf(point),
  }));
}

function profiles(series: SeriesRow, points: PointRow[]): FeatureProfile {
  return {
    feature: series.feature ?? '',
    tool: series.tool,
    windows: points.map(point => ({
      ...windowOf(point),
      period: periodOf(point),
      n: point.nCurrent ?? 0,
      ...profile.parse(JSON.parse(point.detail ?? '{}')),
    })),
  };
}

function newest(
  points: PointRow[],
  of: (point: PointRow) => number | null,
): number | null {
  return points.reduceRight<number | null>(
    (found, point) => found ?? of(point),
    null,
  );
}
