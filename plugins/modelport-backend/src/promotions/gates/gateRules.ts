import { z } from 'zod';

const finite = z.number();
const share = z.number().min(0).max(1);
const days = z.number().positive().max(36_500);
/** Of names, in which `*` stands for any letters. */
const pattern = z.string().min(1).max(300);
const patterns = z.array(pattern).max(100);

const range = z
  .strictObject({ min: finite.optional(), max: finite.optional() })
  .refine(
    ({ min, max }) => min !== undefined || max !== undefined,
    'expected min, max or both',
  );

/** What every gate has. */
const common = {
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9._-]{0,62}$/i,
      'expected letters, digits, dots and dashes',
    ),
  /** The rule in a few words; made from the rule where absent. */
  title: z.string().min(1).max(200).optional(),
  waivable: z.boolean().default(true),
  /** Risk tiers that it holds for. */
  tiers: z
    .array(z.enum(['low', 'medium', 'high']))
    .min(1)
    .default(['low', 'medium', 'high']),
  /** Models that it holds for; all where absent. `*` stands for any letters. */
  only: z
    .strictObject({
      sources: patterns.optional(),
      names: patterns.optional(),
      /** A model of which no task is recorded may be of each. */
      tasks: patterns.optional(),
    })
    .optional(),
  /**
   * Whose evidence counts: `source` for what the registry itself says, `artefact` for files among the version's
   * artefacts, else who pushed it, such as `service:ci` or `push-token:12`; `*` stands for any letters.
   */
  from: patterns.min(1).default(['source', 'artefact']),
  /** Evidence older than this makes the gate unknown. */
  maxAgeDays: days.optional(),
};

/** What is measured on rows. */
const onRows = {
  /**
   * A figure of fewer rows makes the gate unknown, 30 unless given. Where given, so does one of nobody knows how many rows,
   * which registries seldom say; 0 takes any.
   */
  minimumRows: z.number().int().min(0).optional(),
};

const measured = {
  ...onRows,
  metric: z.string().min(1),
  /** The slice that it is measured on; the whole set where absent. */
  slice: z.string().optional(),
  /** Id of the evaluation set; any where absent. */
  evaluationSet: z.string().optional(),
};

/** A metric against a limit. */
const metricLimit = z
  .strictObject({
    ...common,
    type: z.literal('metric-limit'),
    ...measured,
    min: finite.optional(),
    max: finite.optional(),
    /** Judges the whole interval: one that straddles the limit, or none at all, is unknown. */
    interval: z.boolean().default(false),
  })
  .refine(
    ({ min, max }) => min !== undefined || max !== undefined,
    'expected min, max or both',
  );

/** A metric against the version in production, on the same evaluation set. */
const metricVersusProduction = z.strictObject({
  ...common,
  type: z.literal('metric-vs-production'),
  ...measured,
  /** Which way is better; known metrics have their own. */
  direction: z.enum(['higher', 'lower']).optional(),
  /** How much worse it may be, in units of the metric. */
  tolerance: z.number().min(0).default(0),
  /** Whether the interval of the difference on the same rows is used where rows exist, is demanded, or is left out. */
  paired: z.enum(['prefer', 'require', 'off']).default('prefer'),
  level: share.default(0.95),
});

/** Calibration: slope, intercept, expected calibration error, and observed over expected by band. */
const calibration = z
  .strictObject({
    ...common,
    ...onRows,
    type: z.literal('calibration'),
    slope: range.optional(),
    intercept: range.optional(),
    maxError: share.optional(),
    observedOverExpected: range.optional(),
    /** Bands with fewer rows are not judged by observed over expected. */
    minimumBandRows: z.number().int().min(1).default(30),
  })
  .refine(
    rule =>
      rule.slope ??
      rule.intercept ??
      rule.maxError ??
      rule.observedOverExpected,
    'expected slope, intercept, maxError or observedOverExpected',
  );

/** Brier score or log loss, as accuracy of probabilities. */
const brier = z.strictObject({
  ...common,
  ...onRows,
  type: z.literal('brier'),
  max: finite,
});
const logLoss = z.strictObject({
  ...common,
  ...onRows,
  type: z.literal('log-loss'),
  max: finite,
});

/** One metric between groups of people. */
const fairness = z
  .strictObject({
    ...common,
    type: z.literal('fairness'),
    metric: z.string().min(1),
    attribute: z.string().min(1),
    referenceGroup: z.string().min(1),
    /** Score from which the decision is yes, as the evidence must say it; any where absent. */
    threshold: finite.optional(),
    maxDifference: z.number().min(0).optional(),
    minRatio: share.optional(),
    /** A group with fewer rows makes the gate unknown. */
    minimumGroupSize: z.number().int().min(1).default(30),
    level: share.default(0.95),
  })
  .refine(
    ({ maxDifference, minRatio }) =>
      maxDifference !== undefined || minRatio !== undefined,
    'expected maxDifference, minRatio or both',
  );

/** The drift of the model's inputs. */
const drift = z.strictObject({
  ...common,
  type: z.literal('drift'),
  /** The worst state that passes. */
  worst: z.enum(['none', 'warning']).default('none'),
});

const latency = z.strictObject({
  ...common,
  /** Of fewer requests it is unknown; 0 takes any. */
  minimumRequests: z.number().int().min(0).default(30),
  type: z.literal('latency'),
  percentile: z
    .string()
    .regex(/^p\d{1,2}(\.\d+)?$/, 'expected a percentile such as p95')
    .default('p95'),
  /** Milliseconds. */
  max: z.number().positive(),
  hardware: z.string().optional(),
});

/** Golden and behavioural tests. */
const tests = z.strictObject({
  ...common,
  type: z.literal('tests'),
  /** Suites that must be there; any where absent. */
  suites: z.array(z.string().min(1)).optional(),
  allowSkipped: z.boolean().default(false),
  minimum: z.number().int().min(1).default(1),
});

/** Callers of the version in production don't break. */
const signatureCompatible = z.strictObject({
  ...common,
  type: z.literal('signature-compatible'),
});

/** The card is complete for the model's risk tier. */
const cardComplete = z.strictObject({
  ...common,
  type: z.literal('card-complete'),
  minimum: share.default(1),
});

/** An independent validation, signed off by someone outside the owning group. */
const validationReport = z.strictObject({
  ...common,
  /** To be named: who logs artefacts is who made the version, and could sign for anybody. */
  from: patterns.min(1),
  type: z.literal('validation-report'),
  conclusions: z
    .array(z.enum(['fit', 'fit with conditions', 'not fit']))
    .min(1)
    .default(['fit', 'fit with conditions']),
});

/** The explanation ranks features as that of the version in production does. */
const explanationStable = z.strictObject({
  ...common,
  type: z.literal('explanation-stable'),
  /** Spearman's rank correlation of the mean absolute contributions. */
  minRankCorrelation: z.number().min(-1).max(1).default(0.8),
  /** Features that are compared: the most important ones of either version. */
  top: z.number().int().min(2).max(1_000).default(20),
  /**
   * Share of the rows whose top reason may be another one; `noise` for as many as training again with another seed
   * gives, where the explanation of the candidate says that.
   */
  maxChurn: z.union([share, z.literal('noise')]).optional(),
  /** Whether features may turn from raising the output to lowering it, or back. */
  allowFlips: z.boolean().default(true),
});

/** Evidence of some kinds is there and not too old. */
const evidenceAge = z.strictObject({
  ...common,
  type: z.literal('evidence-age'),
  kinds: z.array(z.string().min(1)).min(1),
  maxAgeDays: days,
});

/** A gate that a module brings. */
const custom = z.strictObject({
  ...common,
  type: z.literal('custom'),
  /** Its name at the extension point. */
  gate: z.string().min(1),
  with: z.unknown().optional(),
});

const builtIn = [
  metricLimit,
  metricVersusProduction,
  calibration,
  brier,
  logLoss,
  fairness,
  drift,
  latency,
  tests,
  signatureCompatible,
  cardComplete,
  validationReport,
  explanationStable,
  evidenceAge,
] as const;

const builtInRuleSchema = z.discriminatedUnion('type', builtIn);

/** A gate as config has it. */
export const gateRuleSchema = z.discriminatedUnion('type', [
  ...builtIn,
  custom,
]);

/** A gate that is judged here. */
export type BuiltInGateRule = z.output<typeof builtInRuleSchema>;

/** A gate that a module judges. */
export type CustomGateRule = z.output<typeof custom>;

export type GateRule = BuiltInGateRule | CustomGateRule;
