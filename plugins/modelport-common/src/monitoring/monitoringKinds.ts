import { driftBody, performanceBody, profileBody } from './monitoringBodies';

/** The kinds of evidence that monitoring reads. */
export const monitoringKinds = [
  {
    kind: 'drift',
    description: 'How far windows of data are from a reference',
    body: driftBody,
  },
  {
    kind: 'performance',
    description: 'How good a version was, or is estimated to be, over time',
    body: performanceBody,
  },
  {
    kind: 'profile',
    description: 'Counts of the columns of a window of data',
    body: profileBody,
  },
];
