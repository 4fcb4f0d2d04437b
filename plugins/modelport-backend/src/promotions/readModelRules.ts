import { z } from 'zod';
import { withScalars } from '../models/withScalars';
import { JudgedGate } from './PromotionRecord';
import { ModelRules, modelRulesSchema } from './promotionsConfig';

/** Type and id of the gate for rules of a model that can't be read. */
export const RULES_GATE = 'model-rules';

/** What a model asks of its own promotions; where that can't be read, why, in words. */
export function readModelRules(
  raw: unknown,
): { rules: ModelRules | undefined } | { problem: string } {
  if (raw === undefined) {
    return { rules: undefined };
  }
  // Files give every scalar as it was written; a setting that is a text is tried as such first.
  const written = modelRulesSchema.safeParse(raw);
  const read = written.success
    ? written
    : modelRulesSchema.safeParse(withScalars(raw));
  return read.success
    ? { rules: read.data }
    : {
        problem: `The promotions of its modelport.yaml can not be read: ${z.prettifyError(
          read.error,
        )}`,
      };
}

/** A gate for rules of a model that nobody can tell: what they ask might not be met. */
export function unreadableRulesGate(problem: string): JudgedGate {
  return {
    id: RULES_GATE,
    type: RULES_GATE,
    title: 'What the model asks of its promotions can be read',
    outcome: 'unknown',
    waivable: true,
    blocking: true,
    value: null,
    lower: null,
    upper: null,
    threshold: null,
    message: problem,
    evidence: [],
    producer: null,
    producedAt: null,
  };
}
