import {
  driftBody,
  performanceBody,
  profileBody,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { storable } from '../models/storable';
import { COMPUTED_TOOL } from './computed/computedBy';
import { knownFloor } from './knownFloor';
import { PointToWrite, SeriesKey } from './PointToWrite';

/** A document of monitoring as evidence keeps it. */
export interface MonitoringDocument {
  kind: string;
  producer: { name: string; version: string | null } | null;
  body: unknown;
}

/** Points of a document, and why some of what it says has none. */
export interface ProjectedDocument {
  points: PointToWrite[];
  unplaced: string | null;
}

const NO_WINDOW =
  'It says nothing of the time that its rows are from, and neither does its name. Give it a window, or push it again under a name with its time, such as drift_2026-11.json or 2026-11-21_constraint_violations.json.';

const MOST_LETTERS = 255;

type Window = { start: string; end: string } | null | undefined;

const EMPTY = {
  value: null,
  lower: null,
  upper: null,
  threshold: null,
  lowerThreshold: null,
  nReference: null,
  nCurrent: null,
  labelled: null,
  breach: null,
  noiseFloor: null,
  detail: null,
};

const NO_VARIANT = { variant: null, method: null, slice: null, labels: null };

/** What a document says, as points of series. */
export function pointsOfDocument(
  document: MonitoringDocument,
): ProjectedDocument {
  const tool = {
    tool: columnText(document.producer?.name ?? 'unknown'),
    toolVersion: document.producer?.version
      ? columnText(document.producer.version)
      : null,
  };
  const placed = [...candidates(document, tool)];
  const points = placed.flatMap(({ window, point }) =>
    window
      ? [
          {
            ...point,
            start: Date.parse(window.start),
            end: Date.parse(window.end),
          },
        ]
      : [],
  );
  return {
    points,
    unplaced: points.length < placed.length ? NO_WINDOW : null,
  };
}

/** What the columns of a series hold; readers take the names of tools from files. */
function columnText(text: string): string {
  return storable(text.slice(0, MOST_LETTERS));
}

interface Candidate {
  window: Window;
  point: Omit<PointToWrite, 'start' | 'end'>;
}

type Tool = Pick<SeriesKey, 'tool' | 'toolVersion'>;

function candidates(document: MonitoringDocument, tool: Tool): Candidate[] {
  switch (document.kind) {
    case 'drift':
      return ofDrift(driftBody.parse(document.body), tool);
    case 'performance':
      return ofPerformance(performanceBody.parse(document.body), tool);
    default:
      return ofProfile(profileBody.parse(document.body), tool);
  }
}

function ofDrift(body: z.infer<typeof driftBody>, tool: Tool): Candidate[] {
  const figures = body.figures.map(figure => {
    const threshold = figure.threshold ?? null;
    const lowerThreshold = figure.lowerThreshold ?? null;
    const direction = figure.direction ?? 'above';
    return {
      window: figure.window ?? body.window,
      point: {
        ...EMPTY,
        series: {
          kind: 'drift' as const,
          ...tool,
          feature: figure.feature ?? null,
          statistic: figure.statistic,
          ...NO_VARIANT,
          direction,
          bins: figure.bins ?? null,
        },
        isReference: figure.period === 'reference',
        value: figure.value,
        threshold,
        lowerThreshold,
        nReference: figure.nReference ?? null,
        nCurrent: figure.nCurrent ?? null,
        // Bins may be others in another window, so the floor is kept with the point.
        noiseFloor:
          figure.noiseFloor ??
          knownFloor(
            {
              statistic: figure.statistic,
              direction,
              bins: figure.bins ?? null,
            },
            {
              nReference: figure.nReference ?? null,
              nCurrent: figure.nCurrent ?? null,
            },
          ),
        breach:
          figure.breach ??
          breachOf(figure.value, {
            threshold,
            lowerThreshold,
            // A statistic whose direction nobody gave is judged by nobody.
            direction: figure.direction ?? null,
          }),
      },
    };
  });
  const findings = (body.findings ?? []).map(finding => ({
    window: finding.window ?? body.window,
    point: {
      ...EMPTY,
      series: {
        kind: 'finding' as const,
        ...tool,
        feature: finding.feature ?? null,
        statistic: finding.check,
        ...NO_VARIANT,
        direction: 'above' as const,
        bins: null,
      },
      isReference: false,
      breach: true,
      detail: finding.message,
    },
  }));
  const points = [...figures, ...findings];
  return [...points, ...checkOf(body, tool, points)];
}

/**
 * That a tool looked at the data of a window, which a list of findings says even where it is empty. Of what is computed
 * here the profiles say it, by column.
 */
function checkOf(
  body: z.infer<typeof driftBody>,
  tool: Tool,
  points: Candidate[],
): Candidate[] {
  const isSaid = body.window || points.length === 0;
  return body.findings && isSaid && tool.tool !== COMPUTED_TOOL
    ? [
        {
          window: body.window,
          point: {
            ...EMPTY,
            series: {
              kind: 'check',
              ...tool,
              feature: null,
              statistic: 'check',
              ...NO_VARIANT,
              direction: 'above',
              bins: null,
            },
            isReference: false,
          },
        },
      ]
    : [];
}

function breachOf(
  value: number | string | null,
  judged: {
    threshold: number | null;
    lowerThreshold: number | null;
    direction: 'above' | 'below' | null;
  },
): boolean | null {
  const { threshold, lowerThreshold, direction } = judged;
  if (typeof value !== 'number' || direction === null) {
    return null;
  }
  if (threshold === null && lowerThreshold === null) {
    return null;
  }
  if (direction === 'below') {
    return value < (threshold ?? lowerThreshold ?? value);
  }
  return (
    (threshold !== null && value > threshold) ||
    (lowerThreshold !== null && value < lowerThreshold)
  );
}

function ofPerformance(
  body: z.infer<typeof performanceBody>,
  tool: Tool,
): Candidate[] {
  return body.figures.map(figure => {
    const threshold = figure.upperThreshold ?? null;
    const lowerThreshold = figure.lowerThreshold ?? null;
    return {
      window: figure.window ?? body.window,
      point: {
        ...EMPTY,
        series: {
          kind: 'performance' as const,
          ...tool,
          feature: null,
          statistic: figure.metric,
          variant: figure.kind,
          method: figure.method ?? null,
          slice: figure.slice ?? null,
          labels: body.labels ?? 'unknown',
          direction: 'above' as const,
          bins: null,
        },
        isReference: figure.period === 'reference',
        value: figure.value,
        lower: figure.lower ?? null,
        upper: figure.upper ?? null,
        threshold,
        lowerThreshold,
        nCurrent: figure.n ?? null,
        labelled: figure.labelled ?? null,
        breach:
          figure.breach ??
          breachOf(figure.value, {
            threshold,
            lowerThreshold,
            direction: 'above',
          }),
      },
    };
  });
}

function ofProfile(body: z.infer<typeof profileBody>, tool: Tool): Candidate[] {
  return body.columns.map(column => ({
    window: body.window,
    point: {
      ...EMPTY,
      series: {
        kind: 'profile' as const,
        ...tool,
        feature: column.feature,
        statistic: 'profile',
        ...NO_VARIANT,
        direction: 'above' as const,
        bins: null,
      },
      isReference: body.period === 'reference',
      nCurrent: column.n,
      detail: JSON.stringify({
        missing: column.missing,
        unseen: column.unseen ?? null,
        outside: column.outside ?? null,
        edges: column.edges ?? null,
        categories: column.categories ?? null,
        counts: column.counts ?? null,
      }),
    },
  }));
}
