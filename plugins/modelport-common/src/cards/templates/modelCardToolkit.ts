import { CardTemplate } from './CardTemplate';

/** The parts of the toolkit's schema 0.0.2. */
export const modelCardToolkitTemplate: CardTemplate = {
  id: 'model-card-toolkit',
  name: 'Model Card Toolkit',
  source: 'Google Model Card Toolkit, model_card.schema.json v0.0.2',
  date: '2021-11-23',
  fields: {
    low: [
      { path: 'name', clause: 'model_details.name' },
      { path: 'description', clause: 'model_details.overview' },
      { path: 'owners', clause: 'model_details.owners' },
      { path: 'intendedUse', clause: 'considerations.use_cases' },
    ],
    medium: [
      { path: 'licence', clause: 'model_details.licenses' },
      { path: 'trainingData', clause: 'model_parameters.data' },
      { path: 'inputs', clause: 'model_parameters.input_format' },
      { path: 'outputs', clause: 'model_parameters.output_format' },
      { path: 'metrics', clause: 'quantitative_analysis.performance_metrics' },
      { path: 'limitations', clause: 'considerations.limitations' },
    ],
    high: [
      { path: 'architecture', clause: 'model_parameters.model_architecture' },
      { path: 'users', clause: 'considerations.users' },
      { path: 'tradeoffs', clause: 'considerations.tradeoffs' },
      {
        path: 'ethicalConsiderations',
        clause: 'considerations.ethical_considerations',
      },
    ],
  },
};
