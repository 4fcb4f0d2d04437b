import { RolloutKind } from '@modelport/plugin-modelport-common';
import { z } from 'zod';

/** When a rollout is aborted by itself. */
export type AbortRule = z.output<typeof abortRule>;

/** A step: how much a version gets, and for how long at least. */
export interface RolloutStep {
  percent: number;
  mode: 'live' | 'shadow';
  holdMs: number;
}

/** How a version comes to have everything. */
export interface RolloutPlan {
  kind: Exclude<RolloutKind, 'direct'>;
  next: 'manual' | 'automatic';
  steps: RolloutStep[];
  abortOn: AbortRule[];
}

/** Ways into an environment, as its policy allows them for a model; the first is taken unless another is asked for. */
export type PolicyRollout = { kind: 'direct' } | RolloutPlan;

export const DIRECT: PolicyRollout = { kind: 'direct' };

const MOST_STEPS = 20;

const abortRule = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('alert'),
    /** The least severity that counts. */
    severity: z.enum(['low', 'medium', 'high']).default('high'),
    /** Whether alerts on other versions of the model count that were opened since the rollout began. */
    of: z.enum(['version', 'model']).default('version'),
  }),
  z.strictObject({
    type: z.literal('objective'),
    /** One of `modelport.monitoring.serving.objectives`, over the last hour. */
    objective: z.enum(['availability', 'latency']),
  }),
]);

const percent = z.number().gt(0).max(100);

/** Schemas of rollouts in `modelport.promotions`; `duration` gives milliseconds. */
export function rolloutSchemas(duration: z.ZodType<number>) {
  const only = z
    .strictObject({
      sources: z.array(z.string()).optional(),
      names: z.array(z.string()).optional(),
      tasks: z.array(z.string()).optional(),
    })
    .optional();
  const abortOn = z.array(abortRule).max(MOST_STEPS).default([]);
  const hold = duration.optional();
  const one = { percent: percent.default(100), for: hold, abortOn, only };
  const rollout = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('direct'), only }),
    z.strictObject({
      kind: z.literal('canary'),
      steps: z
        .array(z.strictObject({ percent: percent.lt(100), for: hold }))
        .min(1)
        .max(MOST_STEPS)
        .refine(
          steps =>
            steps.every(
              (step, index) =>
                index === 0 || step.percent > steps[index - 1].percent,
            ),
          'expected every step to have more than the one before',
        ),
      next: z.enum(['manual', 'automatic']).default('manual'),
      abortOn,
      only,
    }),
    z.strictObject({
      ...one,
      kind: z.literal('shadow'),
      next: z.enum(['manual', 'automatic']).default('manual'),
    }),
    z.strictObject({
      ...one,
      kind: z.literal('ab'),
      percent: percent.lt(100).default(50),
    }),
  ]);
  return {
    rollouts: z.array(rollout).min(1).optional(),
    /** What a model asks of itself: only what is stricter counts. */
    modelRollout: z
      .strictObject({
        only: z
          .array(z.enum(['direct', 'canary', 'shadow', 'ab']))
          .min(1)
          .optional(),
        /** Every step takes this long at least. */
        minimum: hold,
        next: z.literal('manual').optional(),
        abortOn,
      })
      .optional(),
  };
}

type Schemas = ReturnType<typeof rolloutSchemas>;
type ConfiguredRollout = NonNullable<z.output<Schemas['rollouts']>>[number];
export type ModelRollout = z.output<Schemas['modelRollout']>;

/** A rollout of the config as a plan. */
export function toPlan(configured: ConfiguredRollout): PolicyRollout {
  switch (configured.kind) {
    case 'direct':
      return DIRECT;
    case 'canary':
      return {
        kind: 'canary',
        next: configured.next,
        steps: configured.steps.map(step => ({
          percent: step.percent,
          mode: 'live',
          holdMs: step.for ?? 0,
        })),
        abortOn: configured.abortOn,
      };
    default:
      return {
        kind: configured.kind,
        // Which of two is better is a person's to say.
        next: configured.kind === 'ab' ? 'manual' : configured.next,
        steps: [
          {
            percent: configured.percent,
            mode: configured.kind === 'shadow' ? 'shadow' : 'live',
            holdMs: configured.for ?? 0,
          },
        ],
        abortOn: configured.abortOn,
      };
  }
}

/** Rollouts made stricter by what a model asks of itself; nothing of them gets less strict. */
export function stricterRollouts(
  rollouts: PolicyRollout[],
  own: ModelRollout,
): PolicyRollout[] {
  if (!own) {
    return rollouts;
  }
  const left = rollouts.filter(
    ({ kind }) => own.only === undefined || own.only.includes(kind),
  );
  // What the policy does not allow can't be asked for instead.
  return (left.length > 0 ? left : rollouts).map(rollout =>
    rollout.kind === 'direct'
      ? rollout
      : {
          ...rollout,
          next: own.next ?? rollout.next,
          steps: rollout.steps.map(step => ({
            ...step,
            holdMs: Math.max(step.holdMs, own.minimum ?? 0),
          })),
          abortOn: [...rollout.abortOn, ...own.abortOn],
        },
  );
}
