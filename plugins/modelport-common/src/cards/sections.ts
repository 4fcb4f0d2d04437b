import { CardPath } from './cardBody';

/** The fields whose value is a text of their own. */
export type TextPath =
  | 'description'
  | 'purpose'
  | 'businessMetric'
  | 'intendedUse'
  | 'users'
  | 'outOfScopeUse'
  | 'limitations'
  | 'tradeoffs'
  | 'recommendations'
  | 'ethicalConsiderations'
  | 'contact'
  | 'architecture'
  | 'trainingData'
  | 'trainingProcedure'
  | 'evaluationData'
  | 'evaluationResults'
  | 'howToUse'
  | 'decision'
  | 'fairness'
  | 'explanation'
  | 'monitoring'
  | 'humanOversight'
  | 'riskManagement'
  | 'security'
  | 'validation'
  | 'changes'
  | 'environmentalImpact'
  | 'citation';

/**
 * The section of a Markdown card for each text field: the heading that is written, and others that are read as the same.
 * The first ones are those of Hugging Face's annotated template where it has one.
 */
export const SECTIONS: ReadonlyArray<{
  path: TextPath;
  heading: string;
  also: string[];
}> = [
  {
    path: 'description',
    heading: 'Model Description',
    also: [
      'model details',
      'model summary',
      'overview',
      'description',
      'about',
    ],
  },
  {
    path: 'purpose',
    heading: 'Business Purpose',
    also: ['purpose', 'business problem', 'business context'],
  },
  {
    path: 'businessMetric',
    heading: 'Business Metric',
    also: ['business impact', 'business kpi', 'kpi', 'success metric'],
  },
  {
    path: 'intendedUse',
    heading: 'Direct Use',
    also: [
      'uses',
      'use',
      'usage',
      'intended use',
      'intended uses',
      'intended use cases',
      'intended uses and limitations',
      'use cases',
      'downstream use',
    ],
  },
  {
    path: 'users',
    heading: 'Users',
    also: ['intended users', 'primary intended users', 'audience'],
  },
  {
    path: 'outOfScopeUse',
    heading: 'Out-of-Scope Use',
    also: [
      'out of scope',
      'out of scope uses',
      'out of scope use cases',
      'misuse and out of scope use',
      'prohibited use',
      'prohibited uses',
      'not for',
      'restrictions on use',
    ],
  },
  {
    path: 'limitations',
    heading: 'Bias, Risks, and Limitations',
    also: [
      'limitations',
      'limitation',
      'known limitations',
      'limitations and bias',
      'limitations and biases',
      'limits',
      'bias',
      'risks',
      'bias and limitations',
      'risks and limitations',
      'caveats',
    ],
  },
  {
    path: 'tradeoffs',
    heading: 'Trade-offs',
    also: ['tradeoffs', 'trade off'],
  },
  {
    path: 'recommendations',
    heading: 'Recommendations',
    also: ['caveats and recommendations'],
  },
  {
    path: 'ethicalConsiderations',
    heading: 'Ethical Considerations',
    also: ['ethics', 'ethical considerations and limitations'],
  },
  {
    path: 'howToUse',
    heading: 'How to Get Started with the Model',
    also: ['how to use', 'how to get started', 'getting started', 'quickstart'],
  },
  {
    path: 'decision',
    heading: 'Decision',
    also: ['decision rule', 'decision threshold', 'threshold', 'thresholds'],
  },
  {
    path: 'trainingData',
    heading: 'Training Data',
    also: [
      'training dataset',
      'data',
      'dataset',
      'datasets',
      'training details',
    ],
  },
  {
    path: 'trainingProcedure',
    heading: 'Training Procedure',
    also: ['training', 'preprocessing', 'training hyperparameters'],
  },
  {
    path: 'evaluationData',
    heading: 'Testing Data, Factors & Metrics',
    also: [
      'testing data',
      'test data',
      'evaluation data',
      'evaluation dataset',
      'testing data factors and metrics',
    ],
  },
  {
    path: 'evaluationResults',
    heading: 'Evaluation Results',
    also: [
      'evaluation',
      'results',
      'metrics',
      'performance',
      'quantitative analyses',
      'quantitative analysis',
      'model performance',
    ],
  },
  {
    path: 'fairness',
    heading: 'Fairness',
    also: ['fairness assessment', 'societal impact assessment'],
  },
  {
    path: 'explanation',
    heading: 'Model Examination',
    also: ['explainability', 'explanation', 'explanations', 'interpretability'],
  },
  {
    path: 'monitoring',
    heading: 'Monitoring',
    also: ['monitoring plan', 'ongoing monitoring', 'drift'],
  },
  {
    path: 'humanOversight',
    heading: 'Human Oversight',
    also: ['oversight'],
  },
  {
    path: 'riskManagement',
    heading: 'Risk Management',
    also: ['risk assessment', 'controls', 'risk mitigation'],
  },
  {
    path: 'security',
    heading: 'Security',
    also: ['cybersecurity', 'security considerations'],
  },
  {
    path: 'validation',
    heading: 'Validation',
    also: ['independent validation', 'model validation'],
  },
  {
    path: 'changes',
    heading: 'Changes',
    also: ['changelog', 'change log', 'what changed', 'version history'],
  },
  {
    path: 'environmentalImpact',
    heading: 'Environmental Impact',
    also: ['co2 emissions', 'carbon footprint'],
  },
  {
    path: 'architecture',
    heading: 'Model Architecture and Objective',
    also: [
      'architecture',
      'model architecture',
      'algorithm',
      'technical specifications',
      'model type',
    ],
  },
  {
    path: 'citation',
    heading: 'Citation',
    also: ['cite', 'how to cite', 'citation information', 'bibtex'],
  },
  {
    path: 'contact',
    heading: 'Model Card Contact',
    also: ['contact', 'contacts', 'support', 'more information'],
  },
];

/** Sections that are lists, one item a line. */
export const LIST_SECTIONS: ReadonlyArray<{
  path: 'owners' | 'references';
  heading: string;
  also: string[];
}> = [
  {
    path: 'owners',
    heading: 'Owners',
    also: [
      'owner',
      'model owner',
      'model owners',
      'model card authors',
      'authors',
    ],
  },
  {
    path: 'references',
    heading: 'References',
    also: ['model sources', 'sources', 'links', 'further reading'],
  },
];

/** A heading without marks, case and filler, for looking it up. */
export function headingKey(heading: string): string {
  return heading
    .slice(0, 200)
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/\[optional\]|\(optional\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^\s*\d+(\s+\d+)*\s+/, '')
    .trim();
}

const PATH_BY_HEADING = new Map<string, CardPath>(
  [...SECTIONS, ...LIST_SECTIONS].flatMap(({ path, heading, also }) =>
    [heading, ...also].map((name): [string, CardPath] => [
      headingKey(name),
      path,
    ]),
  ),
);

/** The field that a heading opens. */
export function pathOfHeading(heading: string): CardPath | undefined {
  return PATH_BY_HEADING.get(headingKey(heading));
}
