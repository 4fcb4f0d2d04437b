import { z } from 'zod';
import { parseJson } from '../../parseJson';

const analysis = z.looseObject({
  explanations: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        global_shap_values: z.record(z.string().min(1), z.number()),
        expected_value: z.number().nullish(),
      }),
    ),
  ),
});

/** What Clarify says of each label. */
export interface ClarifyAnalysis {
  method: string;
  labels: Array<{
    name: string;
    baseValue: number | null;
    means: Record<string, number>;
  }>;
}

/** @throws `Error` where `analysis.json` holds no explanations. */
export function readClarifyAnalysis(bytes: Uint8Array): ClarifyAnalysis {
  const result = analysis.safeParse(parseJson(bytes));
  if (!result.success) {
    throw new Error(
      'It holds no explanations with global SHAP values, as Clarify writes them',
    );
  }
  const [[method, labels] = [undefined, {}]] = Object.entries(
    result.data.explanations,
  );
  const names = Object.keys(labels);
  if (method === undefined || names.length === 0) {
    throw new Error('It holds no explanations');
  }
  return {
    method,
    labels: names.map(name => ({
      name,
      baseValue: labels[name].expected_value ?? null,
      means: labels[name].global_shap_values,
    })),
  };
}
