import { z } from 'zod';
import { normalQuantile } from '../statistics/normalDistribution';
import { additivityOf } from './additivity';
import { contributionsOf, figureOf } from './checkExplanation';
import { ExplanationBody } from './explanationBody';
import { rankCorrelation } from './rankCorrelation';

/** From this rank correlation on, up or down, a feature is said to have a direction. */
const CLEAR_CORRELATION = 0.5;
const LEVEL = 0.95;

/**
 * How the figures of a summary come about, in words.
 *
 * @public
 */
export const EXPLANATION_CONVENTIONS = {
  interval: `Mean of the absolute contributions over the rows, and its ${
    LEVEL * 100
  }% interval: mean ± ${normalQuantile((1 + LEVEL) / 2).toFixed(
    2,
  )} standard errors of it.`,
  direction: `By Spearman's rank correlation of value and contribution, ties sharing their mean rank: increasing from ${CLEAR_CORRELATION}, decreasing from −${CLEAR_CORRELATION}, otherwise not monotone; not known where values or contributions don't vary. Never by the sign of the mean.`,
  additivity:
    'Base value plus contributions against the output of every row; right where no row is off by more than 0.0001, or by 0.0001 of the output where that is above 1.',
};

const direction = z.enum(['increasing', 'decreasing', 'not monotone']);
const importance = z.object({
  name: z.string(),
  meanAbs: z.number(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  rank: z.number(),
  direction: direction.nullable(),
  rankCorrelation: z.number().nullable(),
  group: z.string().nullable(),
});

/**
 * What is kept of an explanation in the clear: no figure of a single row.
 *
 * @public
 */
export const explanationSummary = z.object({
  explains: z.object({
    output: z.enum(['margin', 'probability']),
    calibrated: z.boolean().nullable(),
    outcome: z.string().nullable(),
    link: z.enum(['logit', 'softmax', 'identity', 'log', 'unknown']),
  }),
  perturbation: z.string().nullable(),
  background: z
    .object({ digest: z.string().nullable(), rows: z.number().nullable() })
    .nullable(),
  retrainingNoise: z
    .object({
      runs: z.number(),
      churn: z.number().nullable(),
      rankShift: z.number().nullable(),
      rankCorrelation: z.number().nullable(),
    })
    .nullish(),
  features: z.array(
    z.object({
      name: z.string(),
      group: z.string().nullable(),
      personal: z.boolean(),
    }),
  ),
  classes: z.array(z.string()),
  rowCount: z.number().nullable(),
  erasedRows: z
    .number()
    .nullish()
    .describe('Of these, rows that no figure comes from any more'),
  outputs: z.array(
    z.object({
      baseValue: z.number().nullable(),
      baseValueVaries: z.boolean(),
      features: z.array(importance),
      groups: z.array(importance),
      additivity: z.object({
        maxError: z.number().nullable(),
        ok: z.boolean().nullable(),
      }),
    }),
  ),
});

/**
 * What is kept of an explanation in the clear.
 *
 * @public
 */
export type ExplanationSummary = z.output<typeof explanationSummary>;

/**
 * The importance of a feature, or of a group of features.
 *
 * @public
 */
export type ExplainedImportance = z.output<typeof importance>;

/**
 * Sums an explanation up: importance with its interval, direction, and whether its parts add up.
 *
 * @public
 */
export function summariseExplanation(
  body: ExplanationBody,
): ExplanationSummary {
  const classes = body.classes ?? [];
  return {
    explains: {
      output: body.explains.output,
      calibrated: body.explains.calibrated ?? null,
      outcome: body.explains.outcome ?? null,
      link: body.explains.link ?? 'unknown',
    },
    perturbation: body.perturbation ?? null,
    background: body.background
      ? {
          digest: body.background.digest ?? null,
          rows: body.background.rows ?? null,
        }
      : null,
    retrainingNoise: body.retrainingNoise
      ? {
          runs: body.retrainingNoise.runs,
          churn: body.retrainingNoise.churn ?? null,
          rankShift: body.retrainingNoise.rankShift ?? null,
          rankCorrelation: body.retrainingNoise.rankCorrelation ?? null,
        }
      : null,
    features: body.features.map(({ name, group, personal }) => ({
      name,
      group: group ?? null,
      personal: personal ?? false,
    })),
    classes,
    rowCount: body.rows.length > 0 ? body.rows.length : null,
    outputs: Array.from({ length: Math.max(1, classes.length) }, (_, output) =>
      body.rows.length > 0
        ? ofRows(body, output)
        : ofMeans(body, output, classes[output]),
    ),
  };
}

function ofMeans(body: ExplanationBody, output: number, name?: string) {
  const means = body.importance ?? [];
  const found = means.find(one => name && one.class === name) ?? means[output];
  return {
    baseValue: found?.baseValue ?? null,
    baseValueVaries: false,
    features: ranked(
      body.features.map((feature, place) => ({
        name: feature.name,
        group: feature.group ?? null,
        meanAbs: found?.meanAbs[place] ?? 0,
        lower: null,
        upper: null,
        direction: null,
        rankCorrelation: null,
      })),
    ),
    groups: [],
    additivity: { maxError: null, ok: null },
  };
}

function ofRows(body: ExplanationBody, output: number) {
  const { features, rows } = body;
  const contributions = rows.map(row => contributionsOf(row)[output]);
  const bases = rows.flatMap(row => figureOf(row.baseValue, output) ?? []);
  const single = features.map((feature, place) => ({
    ...meanOf(contributions.map(row => row[place])),
    ...directionOf(
      rows.map(row => row.values?.[place] ?? null),
      contributions.map(row => row[place]),
    ),
    name: feature.name,
    group: feature.group ?? null,
  }));
  const groups = new Map<string, number[]>();
  for (const [place, { group }] of features.entries()) {
    if (group) {
      groups.set(group, [...(groups.get(group) ?? []), place]);
    }
  }
  const summed = [...groups].map(([name, places]) => ({
    ...meanOf(
      contributions.map(row =>
        places.reduce((sum, place) => sum + row[place], 0),
      ),
    ),
    name,
    group: null,
    direction: null,
    rankCorrelation: null,
  }));
  return {
    baseValue:
      bases.length > 0
        ? bases.reduce((sum, base) => sum + base / bases.length, 0)
        : null,
    baseValueVaries: bases.some(base => base !== bases[0]),
    features: ranked(single),
    groups:
      summed.length > 0
        ? ranked([...summed, ...single.filter(({ group }) => group === null)])
        : [],
    additivity: additivityOf(
      rows.map((row, place) => ({
        baseValue: figureOf(row.baseValue, output),
        output: figureOf(row.output, output),
        contributions: contributions[place],
      })),
    ),
  };
}

/** Mean of the absolute values with its interval; none of a single row. */
function meanOf(contributions: number[]) {
  const n = contributions.length;
  const mean =
    contributions.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  const variance =
    contributions.reduce(
      (sum, value) => sum + (Math.abs(value) - mean) ** 2,
      0,
    ) /
    (n - 1);
  const reach = normalQuantile((1 + LEVEL) / 2) * Math.sqrt(variance / n);
  return n > 1
    ? {
        meanAbs: mean,
        lower: Math.max(0, mean - reach),
        upper: mean + reach,
      }
    : { meanAbs: mean, lower: null, upper: null };
}

/** Rows without a value say nothing of the direction; values that are no numbers have none. */
function directionOf(
  values: Array<number | string | boolean | null>,
  contributions: number[],
): Pick<ExplainedImportance, 'direction' | 'rankCorrelation'> {
  const numbers: number[] = [];
  const ofThem: number[] = [];
  for (const [place, value] of values.entries()) {
    if (typeof value === 'string') {
      return { direction: null, rankCorrelation: null };
    }
    if (value !== null) {
      numbers.push(Number(value));
      ofThem.push(contributions[place]);
    }
  }
  if (numbers.length === 0) {
    return { direction: null, rankCorrelation: null };
  }
  const correlation = rankCorrelation(numbers, ofThem);
  return {
    direction: nameOf(correlation),
    rankCorrelation: correlation,
  };
}

function nameOf(correlation: number | null): ExplainedImportance['direction'] {
  if (correlation === null) {
    return null;
  }
  if (Math.abs(correlation) < CLEAR_CORRELATION) {
    return 'not monotone';
  }
  return correlation > 0 ? 'increasing' : 'decreasing';
}

/** The largest first; equal ones in the order given. */
function ranked(
  features: Array<Omit<ExplainedImportance, 'rank'>>,
): ExplainedImportance[] {
  return [...features]
    .sort((a, b) => b.meanAbs - a.meanAbs)
    .map((feature, place) => ({ ...feature, rank: place + 1 }));
}
