import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { RiskTier } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { matchesPattern } from '../matchesPattern';
import { CopyTarget } from '../models/copyTargets';
import { GateRule, gateRuleSchema } from './gates/gateRules';
import {
  PolicyRollout,
  rolloutSchemas,
  stricterRollouts,
  toPlan,
} from './rollout/rolloutConfig';

const DAY_MS = 24 * 60 * 60 * 1000;

function refOf(defaultKind: string) {
  return z.string().transform((ref, context) => {
    try {
      return stringifyEntityRef(
        parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' }),
      ).toLowerCase();
    } catch {
      context.addIssue({
        code: 'custom',
        message: `expected an entity ref such as ${defaultKind}:default/name`,
      });
      return z.NEVER;
    }
  });
}

const units = [
  'years',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
] as const;

const duration = z
  .strictObject(
    Object.fromEntries(units.map(unit => [unit, z.number().min(0).optional()])),
  )
  .transform((value): number => {
    const human: HumanDuration = value;
    return durationToMilliseconds(human);
  })
  .refine(value => value > 0, 'expected a duration such as { days: 30 }');

const moment = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), {
    message: 'expected a time such as 2030-01-31T12:00:00Z',
  })
  .transform(text => new Date(text).toISOString());

const tierSchema = z.strictObject({
  /** Approvals that it takes; none is automatic, as long as every gate passes. */
  approvals: z.number().int().min(0).max(20).optional(),
  /** Whether every approval must come from another group. */
  differentGroups: z.boolean().optional(),
  /** Groups of which one approval must come. */
  oneFrom: z.array(refOf('group')).optional(),
});

const tiersSchema = z
  .strictObject({
    low: tierSchema.optional(),
    medium: tierSchema.optional(),
    high: tierSchema.optional(),
  })
  .prefault({});

/** Gates of one list; each is judged whenever somebody looks. */
const MOST_GATES = 200;

const gatesSchema = z
  .array(gateRuleSchema)
  .max(MOST_GATES)
  .refine(
    gates => new Set(gates.map(gate => gate.id)).size === gates.length,
    'expected every id once',
  )
  .default([]);

const decider = z.enum(['one', 'quorum']);

const { rollouts, modelRollout } = rolloutSchemas(duration);

const environmentSchema = z.strictObject({
  approvals: tiersSchema,
  gates: gatesSchema,
  rollback: decider.optional(),
  rollouts,
});

/** Settings of promotions, as read from `modelport.promotions`. */
export const promotionsSchema = z
  .strictObject({
    /** Groups that judge risk: one approval of a promotion at high risk comes from them. */
    riskGroups: z.array(refOf('group')).default([]),
    approvals: tiersSchema,
    /** Gates of every environment. */
    gates: gatesSchema,
    environments: z.record(z.string(), environmentSchema).default({}),
    /** Whether who may roll back decides that alone, or a quorum does. */
    rollback: decider.default('one'),
    /** Ways into an environment; all at once unless given. */
    rollouts,
    /** Undecided promotions expire after this time. */
    expireAfter: duration.prefault({ days: 30 }),
    waivers: z
      .strictObject({
        /** The longest that a waiver holds. */
        maximum: duration.prefault({ days: 90 }),
        /** Whether the gate of authors who can't be mapped to people may be waived. */
        authors: z.boolean().default(true),
      })
      .prefault({}),
    /** What evidence has to say of who committed. */
    commits: z
      .strictObject({
        /** Whether without it who made a version is not known; that blocks at high risk. */
        required: z.boolean().default(true),
        /** Whose evidence says that all who committed are named. */
        from: z.array(z.string().min(1)).min(1).default(['service:*']),
      })
      .prefault({}),
    /** People who decide for a group for a time, in their own name. */
    deputies: z
      .array(
        z
          .strictObject({
            entityRef: refOf('user'),
            for: refOf('group'),
            from: moment.optional(),
            until: moment,
          })
          .refine(({ from, until }) => from === undefined || from < until, {
            message: 'expected until after from',
          }),
      )
      .default([]),
    /** People behind users of registries; who is not named is looked for by e-mail. */
    people: z
      .array(
        z.strictObject({
          user: z.string().min(1),
          source: z.string().optional(),
          entityRef: refOf('user'),
        }),
      )
      .default([]),
  })
  .prefault({});

/** What a model asks of its own promotions. */
export const modelRulesSchema = z.strictObject({
  approvals: tiersSchema,
  gates: gatesSchema,
  rollback: z.literal('quorum').optional(),
  rollout: modelRollout,
  environments: z
    .record(
      z.string(),
      z.strictObject({
        approvals: tiersSchema,
        gates: gatesSchema,
        rollback: z.literal('quorum').optional(),
        rollout: modelRollout,
      }),
    )
    .default({}),
});

export type ModelRules = z.output<typeof modelRulesSchema>;

export type PromotionsConfig = z.output<typeof promotionsSchema>;

/** How many have to approve, and from where. */
export interface TierPolicy {
  approvals: number;
  differentGroups: boolean;
  oneFrom: string[];
}

/** What holds for a promotion into an environment; it is kept with it. */
export interface PromotionPolicy {
  environment: string;
  /** The alias of what is live there; null where it is the newest version of the model that holds the copies. */
  alias: string | null;
  /** The model that what is live there is copied into; absent where the version itself is live. */
  copy?: CopyTarget;
  gates: GateRule[];
  approvals: TierPolicy;
  riskGroups: string[];
  rollback: 'one' | 'quorum';
  expireAfterDays: number;
  waiverMaximumDays: number;
  authorsWaivable: boolean;
  /** What evidence has to say of who committed; nothing in promotions from before that was asked. */
  commits?: PromotionsConfig['commits'];
  /** Ways into it, the first of which is taken unless another is asked for; all at once where absent. */
  rollouts?: PolicyRollout[];
}

/** Who decides unless config says otherwise. */
function defaultTier(tier: RiskTier, riskGroups: string[]): TierPolicy {
  switch (tier) {
    case 'low':
      return { approvals: 0, differentGroups: false, oneFrom: [] };
    case 'medium':
      return { approvals: 1, differentGroups: false, oneFrom: [] };
    default:
      return { approvals: 2, differentGroups: true, oneFrom: riskGroups };
  }
}

/** The policy of an environment for a model, at its risk tier. */
export function policyOf(
  config: PromotionsConfig,
  options: {
    environment: { name: string; alias: string | null; copy?: CopyTarget };
    model: {
      source: string;
      name: string;
      task: string | null;
      riskTier: RiskTier;
    };
  },
): PromotionPolicy {
  const { environment, model } = options;
  const own = config.environments[environment.name];
  const ownIds = new Set(own?.gates.map(gate => gate.id));
  const gates = [
    ...config.gates.filter(gate => !ownIds.has(gate.id)),
    ...(own?.gates ?? []),
  ].filter(gate => holdsFor(gate, model));
  return {
    environment: environment.name,
    alias: environment.alias,
    copy: environment.copy,
    gates,
    approvals: {
      ...defaultTier(model.riskTier, config.riskGroups),
      ...definedOf(config.approvals[model.riskTier]),
      ...definedOf(own?.approvals[model.riskTier]),
    },
    riskGroups: config.riskGroups,
    rollback: own?.rollback ?? config.rollback,
    expireAfterDays: config.expireAfter / DAY_MS,
    waiverMaximumDays: config.waivers.maximum / DAY_MS,
    authorsWaivable: config.waivers.authors,
    commits: config.commits,
    ...waysOf(own?.rollouts ?? config.rollouts, model),
  };
}

/** What of the ways into an environment holds for a model; where none does, all at once is what is left. */
function waysOf(
  configured: z.output<typeof rollouts>,
  model: { source: string; name: string; task: string | null },
): Pick<PromotionPolicy, 'rollouts'> {
  const ways = (configured ?? []).filter(
    ({ only }) =>
      fits(only?.sources, model.source) &&
      fits(only?.names, model.name) &&
      fits(only?.tasks, model.task ?? ''),
  );
  return ways.length === 0 ? {} : { rollouts: ways.map(toPlan) };
}

/** A policy made stricter by what the model asks of itself; nothing of it gets less strict. */
export function stricter(
  policy: PromotionPolicy,
  rules: ModelRules,
  tier: RiskTier,
): PromotionPolicy {
  const parts = [rules, rules.environments[policy.environment]];
  return parts.reduce<PromotionPolicy>((result, part) => {
    const own = part?.approvals[tier];
    const { approvals, differentGroups, oneFrom } = result.approvals;
    return {
      ...result,
      gates: [
        ...result.gates,
        ...(part?.gates ?? [])
          .filter(gate => gate.tiers.includes(tier))
          .map(gate => ({ ...gate, id: `model.${gate.id}` })),
      ],
      rollback: part?.rollback ?? result.rollback,
      ...(result.rollouts && {
        rollouts: stricterRollouts(result.rollouts, part?.rollout),
      }),
      approvals: {
        approvals: Math.max(approvals, own?.approvals ?? 0),
        differentGroups: differentGroups || (own?.differentGroups ?? false),
        oneFrom: narrowed(oneFrom, own?.oneFrom ?? []),
      },
    };
  }, policy);
}

const RANKS: readonly RiskTier[] = ['low', 'medium', 'high'];

/** Whether a risk tier is above another. */
export function isAbove(tier: RiskTier, other: RiskTier): boolean {
  return RANKS.indexOf(tier) > RANKS.indexOf(other);
}

/** A policy that a promotion keeps, with what a higher risk tier asks on top; nothing of it gets less strict. */
export function raisedPolicy(
  kept: PromotionPolicy,
  higher: PromotionPolicy,
): PromotionPolicy {
  const known = new Set(kept.gates.map(({ id }) => id));
  return {
    ...kept,
    gates: [...kept.gates, ...higher.gates.filter(({ id }) => !known.has(id))],
    approvals: {
      approvals: Math.max(kept.approvals.approvals, higher.approvals.approvals),
      differentGroups:
        kept.approvals.differentGroups || higher.approvals.differentGroups,
      oneFrom: narrowed(higher.approvals.oneFrom, kept.approvals.oneFrom),
    },
  };
}

/** Groups of which one must come, narrowed by others; what would widen them does not count. */
function narrowed(groups: string[], own: string[]): string[] {
  if (groups.length === 0) {
    return own;
  }
  const both = groups.filter(group => own.includes(group));
  return both.length > 0 ? both : groups;
}

function holdsFor(
  gate: GateRule,
  model: {
    source: string;
    name: string;
    task: string | null;
    riskTier: RiskTier;
  },
): boolean {
  const { tiers, only } = gate;
  return (
    tiers.includes(model.riskTier) &&
    fits(only?.sources, model.source) &&
    fits(only?.names, model.name) &&
    // Who leaves the task out must not be rid of what is asked of it.
    (model.task === null || fits(only?.tasks, model.task))
  );
}

function fits(patterns: string[] | undefined, value: string): boolean {
  return (
    patterns === undefined ||
    patterns.some(pattern => matchesPattern(pattern, value))
  );
}

function definedOf<T extends object>(part: T | undefined): Partial<T> {
  const defined: Partial<T> = { ...part };
  for (const key of Object.keys(defined) as Array<keyof T>) {
    if (defined[key] === undefined) {
      delete defined[key];
    }
  }
  return defined;
}
