import { CardTemplate } from './CardTemplate';

/** The subcategories of the framework that a card can give evidence of. */
export const nistAiRmfTemplate: CardTemplate = {
  id: 'nist-ai-rmf',
  name: 'NIST AI RMF 1.0',
  source: 'NIST AI Risk Management Framework 1.0 (AI 100-1)',
  date: '2023-01-26',
  fields: {
    low: [
      { path: 'name', clause: 'GOVERN 1.6' },
      { path: 'owners', clause: 'GOVERN 2.1' },
      { path: 'metrics', clause: 'MEASURE 2.1 and 2.3' },
    ],
    medium: [
      { path: 'evaluationData', clause: 'MEASURE 2.1' },
      { path: 'limitations', clause: 'MEASURE 2.5' },
      { path: 'explanation', clause: 'MEASURE 2.9' },
      { path: 'monitoring', clause: 'MEASURE 2.4 and 3.1, MANAGE 4' },
      { path: 'contact', clause: 'MEASURE 3.3' },
    ],
    high: [
      { path: 'validation', clause: 'MEASURE 1.3' },
      { path: 'security', clause: 'MEASURE 2.7' },
      { path: 'recommendations', clause: 'MEASURE 2.8' },
      { path: 'ethicalConsiderations', clause: 'MEASURE 2.10' },
      { path: 'fairness', clause: 'MEASURE 2.11' },
      { path: 'environmentalImpact', clause: 'MEASURE 2.12' },
      { path: 'humanOversight', clause: 'MANAGE 2, supersede and disengage' },
    ],
  },
};
