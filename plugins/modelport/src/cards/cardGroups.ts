import { CardPath } from '@modelport/plugin-modelport-common';

/** The fields of a card as people read them: group after group. What does not apply says so in its own place. */
export const CARD_GROUPS = [
  {
    group: 'use',
    paths: [
      'description',
      'purpose',
      'businessMetric',
      'intendedUse',
      'users',
      'outOfScopeUse',
      'owners',
      'contact',
      'licence',
      'tags',
      'languages',
    ],
  },
  {
    group: 'limits',
    paths: [
      'limitations',
      'tradeoffs',
      'recommendations',
      'ethicalConsiderations',
      'fairness',
      'environmentalImpact',
    ],
  },
  {
    group: 'performance',
    paths: ['metrics', 'evaluationResults', 'evaluationData', 'validation'],
  },
  {
    group: 'data',
    paths: [
      'trainingData',
      'trainingProcedure',
      'hyperparameters',
      'architecture',
      'baseModel',
      'code',
    ],
  },
  {
    group: 'technical',
    paths: [
      'task',
      'framework',
      'inputs',
      'outputs',
      'howToUse',
      'decision',
      'explanation',
    ],
  },
  {
    group: 'operation',
    paths: ['monitoring', 'humanOversight', 'riskManagement', 'security'],
  },
  {
    group: 'about',
    paths: [
      'name',
      'changes',
      'citation',
      'references',
      'attestedBy',
      'attestedAt',
    ],
  },
] as const satisfies ReadonlyArray<{
  group: string;
  paths: readonly CardPath[];
}>;
