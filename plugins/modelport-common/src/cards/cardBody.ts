import { z } from 'zod';

/** Longest text of one field, in characters. */
export const MAX_CARD_TEXT = 100_000;
/** Most items of a list on a card. */
export const MAX_CARD_ITEMS = 1_000;
/** Largest file of a card, in bytes. */
export const MAX_CARD_BYTES = 2_000_000;

const text = z.string().min(1).max(MAX_CARD_TEXT);
const line = z.string().min(1).max(2_000);
const lines = z.array(line).min(1).max(MAX_CARD_ITEMS);
const figure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

const column = z.object({
  name: line.nullable().describe('Null for an unnamed column'),
  type: line.nullable().describe('As the writer or the registry says it'),
});

/** One metric as a card states it. */
export const cardMetric = z.object({
  key: line.describe('As the writer calls it'),
  value: figure,
  dataset: line.nullable().describe('On what it was measured'),
  slice: line.nullable().describe('On which part of it; null for all'),
  n: z
    .number()
    .int()
    .min(0)
    .nullish()
    .describe('On how many rows it was measured'),
  lower: figure.nullish().describe('Lower end of the interval'),
  upper: figure.nullish().describe('Upper end of the interval'),
  decimals: z
    .number()
    .int()
    .min(0)
    .max(30)
    .nullish()
    .describe('Decimals that were written, where that is known'),
  origin: z
    .enum(['written', 'measured', 'both'])
    .nullish()
    .describe(
      'Whether its writer states it, it was measured, or both, as an export of the portal says',
    ),
});

/** A time, or a day as YAML writes it. */
const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error:
    'expected a day or a time with its zone, such as 2026-11-22 or 2026-11-22T10:00:00Z',
});

const attestation = z.strictObject({
  by: line.describe('The person who is said to say that it is right'),
  at: time.nullish().describe('When that person is said to have said so'),
});

/**
 * One metric as a card states it.
 *
 * @public
 */
export type CardMetric = z.infer<typeof cardMetric>;

/**
 * One column of what goes into a model or comes out of it, as a card states it.
 *
 * @public
 */
export type CardColumn = z.infer<typeof column>;

/**
 * The internal card: what a person or a tool wrote of a model, as a flat map of paths to values. Texts are Markdown.
 * A path that is absent says nothing; a path in `notApplicable` says why there is nothing to say.
 *
 * @public
 */
export const cardBody = z.strictObject({
  name: line.describe('What the model is called').optional(),
  description: text.describe('What the model is').optional(),
  purpose: text.describe('The business purpose').optional(),
  businessMetric: text
    .describe('The business metric that the model moves')
    .optional(),
  intendedUse: text.describe('What it may be used for').optional(),
  users: text.describe('Who uses it').optional(),
  outOfScopeUse: text.describe('What it must not be used for').optional(),
  limitations: text.describe('Known limits, risks and bias').optional(),
  tradeoffs: text.describe('What was given up for what').optional(),
  recommendations: text.describe('What users should mind').optional(),
  ethicalConsiderations: text
    .describe('Ethical risks and what is done about them')
    .optional(),
  owners: lines.describe('People or groups who answer for it').optional(),
  contact: text.describe('Where to ask').optional(),
  licence: line.describe('SPDX identifier, or a name').optional(),
  tags: lines.optional(),
  languages: lines.optional(),
  baseModel: lines.describe('Models that it was made from').optional(),
  task: line.optional(),
  framework: line.optional(),
  architecture: text.describe('Algorithm and objective').optional(),
  trainingData: text.optional(),
  trainingProcedure: text.optional(),
  evaluationData: text.optional(),
  metrics: z.array(cardMetric).min(1).max(MAX_CARD_ITEMS).optional(),
  evaluationResults: text.describe('What the figures mean').optional(),
  hyperparameters: z.record(line, z.string().max(MAX_CARD_TEXT)).optional(),
  inputs: z.array(column).min(1).max(MAX_CARD_ITEMS).optional(),
  outputs: z.array(column).min(1).max(MAX_CARD_ITEMS).optional(),
  howToUse: text.describe('How to load and call it').optional(),
  decision: text.describe('How a score becomes a decision').optional(),
  code: line.describe('Repository and commit').optional(),
  fairness: text.describe('How it does for groups of people').optional(),
  explanation: text.describe('How its scores are explained').optional(),
  monitoring: text.describe('What is watched in production').optional(),
  humanOversight: text.describe('Who can step in, and how').optional(),
  riskManagement: text.describe('Risks, tier, and controls').optional(),
  security: text.optional(),
  validation: text.describe('Independent validation').optional(),
  changes: text.describe('What changed since the version before').optional(),
  environmentalImpact: text.optional(),
  citation: text.optional(),
  references: lines.optional(),
  notApplicable: z
    .record(line, text)
    .describe('Path to why it does not apply')
    .optional(),
  attestedBy: line
    .describe(
      'The person who is said to say that the card is right; counts for nothing until that person says so in the portal',
    )
    .optional(),
  attestedAt: time
    .describe('When that person is said to have said so')
    .optional(),
  attestations: z
    .record(line, attestation)
    .describe(
      'Path to who is said to say that this field is right, or does not apply, where others say so of the rest',
    )
    .optional(),
});

/**
 * The internal card; see {@link cardBody}.
 *
 * @public
 */
export type CardBody = z.infer<typeof cardBody>;

/**
 * A path of the internal card.
 *
 * @public
 */
export type CardPath = keyof CardBody;

/**
 * Every path of the internal card, in the order in which people read it.
 *
 * @public
 */
export const CARD_PATHS: readonly CardPath[] = cardBody.keyof().options;

/**
 * Whether a text names a path of the internal card.
 *
 * @public
 */
export function isCardPath(path: string): path is CardPath {
  return CARD_PATHS.some(known => known === path);
}

/**
 * What came of reading a card: what could be taken, and a sentence for everything that could not.
 *
 * @public
 */
export interface ReadCard {
  body: CardBody;
  problems: string[];
}
