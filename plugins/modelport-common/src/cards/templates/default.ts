import { CardTemplate } from './CardTemplate';

export const defaultTemplate: CardTemplate = {
  id: 'default',
  name: 'Modelport',
  source: 'Modelport’s own list: what a reader needs before using a model',
  date: '2026-11-21',
  fields: {
    low: [
      { path: 'purpose', clause: 'What it is for' },
      { path: 'intendedUse', clause: 'What it is for' },
      { path: 'owners', clause: 'Who answers' },
      { path: 'trainingData', clause: 'Data' },
      { path: 'metrics', clause: 'How good it is' },
    ],
    medium: [
      { path: 'businessMetric', clause: 'What it is for' },
      { path: 'outOfScopeUse', clause: 'What it is not for' },
      { path: 'limitations', clause: 'Limits' },
      { path: 'evaluationData', clause: 'Data' },
      { path: 'inputs', clause: 'How to use it' },
      { path: 'contact', clause: 'Who answers' },
      { path: 'monitoring', clause: 'In production' },
    ],
    high: [
      { path: 'ethicalConsiderations', clause: 'Limits' },
      { path: 'fairness', clause: 'How good it is' },
      { path: 'explanation', clause: 'How it decides' },
      { path: 'humanOversight', clause: 'In production' },
      { path: 'validation', clause: 'How good it is' },
    ],
  },
};
