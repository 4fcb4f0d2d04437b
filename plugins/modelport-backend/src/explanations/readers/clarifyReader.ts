import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { readClarifyAnalysis } from './clarifyAnalysis';

const FILE = /(^|\/)analysis\.json$/;

/** Reads the global importance of SageMaker Clarify's `analysis.json`, one output a label. */
export const clarifyReader: EvidenceReader = {
  id: 'sagemaker-clarify',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'clarifyReader' },
  matches: ({ path }) => path !== null && FILE.test(path),
  read: bytes => {
    const { method, labels } = readClarifyAnalysis(bytes);
    const features = Object.keys(labels[0].means);
    const isOne = labels.length === 1;
    return {
      schemaVersion: 1,
      producer: { name: 'SageMaker Clarify', version: null },
      producedAt: null,
      body: {
        // Scores, or their logits where the job was told so: the file does not say.
        explains: { output: 'margin', link: 'unknown' },
        perturbation: method,
        features: features.map(name => ({ name })),
        classes: isOne ? [] : labels.map(({ name }) => name),
        rows: [],
        importance: labels.map(({ name, baseValue, means }) => ({
          class: isOne ? null : name,
          baseValue,
          meanAbs: features.map(feature => Math.abs(means[feature] ?? 0)),
        })),
      },
    };
  },
};
