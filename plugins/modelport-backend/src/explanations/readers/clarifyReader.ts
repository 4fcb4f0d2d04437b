import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';

const FILE = /(^|\/)analysis\.json$/;

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

/** Reads the global importance of SageMaker Clarify's `analysis.json`, one output a label. */
export const clarifyReader: EvidenceReader = {
  id: 'sagemaker-clarify',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'clarifyReader' },
  matches: ({ path }) => path !== null && FILE.test(path),
  read: bytes => {
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
    const features = Object.keys(labels[names[0]].global_shap_values);
    return {
      schemaVersion: 1,
      producer: { name: 'SageMaker Clarify', version: null },
      producedAt: null,
      body: {
        // Scores, or their logits where the job was told so: the file does not say.
        explains: { output: 'margin', link: 'unknown' },
        perturbation: method,
        features: features.map(name => ({ name })),
        classes: names.length > 1 ? names : [],
        rows: [],
        importance: names.map(name => ({
          class: names.length > 1 ? name : null,
          baseValue: labels[name].expected_value ?? null,
          meanAbs: features.map(feature =>
            Math.abs(labels[name].global_shap_values[feature] ?? 0),
          ),
        })),
      },
    };
  },
};
