import { CardTemplate } from './CardTemplate';

/**
 * Technical documentation under Annex IV, as far as a card can hold it. The annex asks all of it of high-risk systems
 * only; the lower tiers take the parts that make sense for any model.
 */
export const euAiActTemplate: CardTemplate = {
  id: 'eu-ai-act-annex-iv',
  name: 'EU AI Act, Annex IV',
  source: 'Regulation (EU) 2024/1689, Annex IV',
  date: '2024-06-13',
  fields: {
    low: [
      { path: 'purpose', clause: 'Annex IV 1(a), intended purpose' },
      { path: 'owners', clause: 'Annex IV 1(a), provider' },
      { path: 'intendedUse', clause: 'Annex IV 1(h), instructions for use' },
    ],
    medium: [
      {
        path: 'changes',
        clause: 'Annex IV 1(a), relation to previous versions',
      },
      { path: 'architecture', clause: 'Annex IV 2(b) and 2(c)' },
      { path: 'trainingData', clause: 'Annex IV 2(d)' },
      { path: 'evaluationData', clause: 'Annex IV 2(g)' },
      { path: 'metrics', clause: 'Annex IV 2(g) and 3' },
      { path: 'limitations', clause: 'Annex IV 3' },
      { path: 'inputs', clause: 'Annex IV 3, input-data specifications' },
    ],
    high: [
      { path: 'trainingProcedure', clause: 'Annex IV 2(a)' },
      { path: 'tradeoffs', clause: 'Annex IV 2(b), trade-offs' },
      { path: 'humanOversight', clause: 'Annex IV 2(e) and 3' },
      { path: 'explanation', clause: 'Annex IV 2(e), Article 13(3)(d)' },
      { path: 'fairness', clause: 'Annex IV 2(g) and 3' },
      { path: 'validation', clause: 'Annex IV 2(g), dated and signed reports' },
      { path: 'security', clause: 'Annex IV 2(h)' },
      {
        path: 'outOfScopeUse',
        clause: 'Annex IV 3, foreseeable unintended outcomes',
      },
      {
        path: 'evaluationResults',
        clause: 'Annex IV 4, appropriateness of metrics',
      },
      { path: 'riskManagement', clause: 'Annex IV 5, Article 9' },
      { path: 'monitoring', clause: 'Annex IV 9, Article 72' },
    ],
  },
};
