import { z } from 'zod';

const name = z.string().min(1).max(500);
const wording = z
  .record(
    z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language'),
    z.string().min(1).max(1_000),
  )
  .describe('Wording for the person, by language, such as {"en": "..."}');
const code = z.string().min(1).max(50);

/** Against what contributions are measured; the names of PMML's scorecards where it has one. */
export const REASON_BASELINES = [
  'base value',
  'near the cutoff',
  'mean of the approved',
  'points below maximum',
] as const;

/**
 * A dictionary of reason codes, as `reason-codes.yaml` holds it.
 *
 * @public
 */
export const reasonCodesBody = z.strictObject({
  version: z
    .string()
    .min(1)
    .max(100)
    .describe('Version of the dictionary, which every answer names'),
  adverse: z
    .enum(['increase', 'decrease'])
    .describe('Which way of the output is against the person'),
  baseline: z
    .enum(REASON_BASELINES)
    .describe('Against what contributions are measured'),
  why: z
    .string()
    .max(2_000)
    .nullish()
    .describe('Why this baseline, for who reviews it'),
  band: z
    .number()
    .positive()
    .nullish()
    .describe('How far from the cutoff "near" is, in the unit of the output'),
  cutoff: z
    .number()
    .nullish()
    .describe('The output from which the decision is adverse, in its unit'),
  groups: z
    .record(name, z.array(name).min(1).max(1_000))
    .nullish()
    .describe('Features whose contributions count as one'),
  codes: z
    .array(
      z.strictObject({
        feature: name.describe('A feature or a group'),
        direction: z
          .enum(['high', 'low'])
          .nullish()
          .describe('Of the value; for both where absent'),
        code,
        internal: z.string().min(1).max(1_000).describe('Wording for staff'),
        consumer: wording,
        prohibited: z
          .boolean()
          .nullish()
          .describe('Whether no decision may rest on it'),
        proxy: z
          .boolean()
          .nullish()
          .describe('Whether it may stand for something prohibited'),
        source: z
          .string()
          .max(200)
          .nullish()
          .describe('Such as `Reg B C-1` or `HMDA`'),
      }),
    )
    .min(1)
    .max(10_000),
  policyRules: z
    .array(
      z.strictObject({
        rule: name.describe('What the decision names as its outcome'),
        code,
        internal: z.string().min(1).max(1_000),
        consumer: wording,
        source: z.string().max(200).nullish(),
      }),
    )
    .max(10_000)
    .nullish()
    .describe('Declines by a rule and not by the score'),
});

/**
 * A dictionary of reason codes.
 *
 * @public
 */
export type ReasonCodes = z.output<typeof reasonCodesBody>;
