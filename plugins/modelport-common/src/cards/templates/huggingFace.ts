import { CardTemplate } from './CardTemplate';

/** The sections of the annotated model card template and the metadata of its front matter. */
export const huggingFaceTemplate: CardTemplate = {
  id: 'hugging-face',
  name: 'Hugging Face model card',
  source:
    'Hugging Face hub-docs, modelcard.md and the annotated template (242f4a1e)',
  date: '2026-08-22',
  fields: {
    low: [
      { path: 'description', clause: 'Model Details: Description' },
      { path: 'licence', clause: 'Metadata: license' },
      { path: 'intendedUse', clause: 'Uses: Direct Use' },
      { path: 'limitations', clause: 'Bias, Risks, and Limitations' },
    ],
    medium: [
      { path: 'outOfScopeUse', clause: 'Uses: Out-of-Scope Use' },
      { path: 'trainingData', clause: 'Training Details: Data' },
      { path: 'evaluationData', clause: 'Evaluation: Testing Data' },
      { path: 'metrics', clause: 'Evaluation: Results' },
      { path: 'howToUse', clause: 'How to Get Started' },
      { path: 'contact', clause: 'Contact' },
    ],
    high: [
      {
        path: 'recommendations',
        clause: 'Bias, Risks, and Limitations: Recommendations',
      },
      { path: 'trainingProcedure', clause: 'Training Details: Procedure' },
      { path: 'explanation', clause: 'Model Examination' },
      { path: 'environmentalImpact', clause: 'Environmental Impact' },
      { path: 'architecture', clause: 'Technical Specifications' },
    ],
  },
};
