import { z } from 'zod';

const withOutcomes = z.object({
  cutoff: z.number().nullish(),
  policyRules: z.array(z.object({ rule: z.string() })).nullish(),
});

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
