import { z } from 'zod';

const withOutcomes = z.object({
  adverse: z.enum(['increase', 'decrease']).nullish(),
  cutoff: z.number().nullish(),
  policyRules: z.array(z.object({ rule: z.string() })).nullish(),
});

/** Whether a dictionary's cutoff approves a decision by its output; false where either is not known. */
export function isApproved(dictionary: object, output: number | null): boolean {
  const { adverse, cutoff } = withOutcomes.parse(dictionary);
  if (output === null || typeof cutoff !== 'number' || !adverse) {
    return false;
  }
  return adverse === 'increase' ? output < cutoff : output > cutoff;
}

/** What a decision may have been by a dictionary: its cutoff where it has one, and the rules that decline. */
export function dictionaryOutcomes(dictionary: object): {
  cutoff: number | null;
  rules: string[];
} {
  const { cutoff, policyRules } = withOutcomes.parse(dictionary);
  return {
    cutoff: cutoff ?? null,
    rules: (policyRules ?? []).map(({ rule }) => rule),
  };
}
