export { additivityOf } from './additivity';
export {
  checkExplanation,
  contributionsOf,
  figureOf,
  refuseTooManyValues,
} from './checkExplanation';
export {
  explanationBody,
  explanationSidecar,
  type ExplanationBody,
  type ExplanationRow,
  type ExplanationSidecar,
} from './explanationBody';
export { explanationKind } from './explanationKind';
export { rankCorrelation } from './rankCorrelation';
export {
  EXPLANATION_CONVENTIONS,
  explanationSummary,
  summariseExplanation,
  type ExplanationSummary,
  type ExplainedImportance,
} from './summariseExplanation';
export {
  rowsTold,
  summariseRowsLeft,
  withholdSummary,
} from './withholdSummary';
export { MASKED_TOGETHER } from './maskedTogether';
export { lintReasonCodes, type ReasonCodeFinding } from './lintReasonCodes';
export {
  adverseContributions,
  groupContributions,
  NOT_ADVERSE,
  principalReasons,
  withParents,
  type PrincipalReason,
} from './principalReasons';
export { readReasonCodes, writeReasonCodes } from './readReasonCodes';
export { reasonCodesBody, type ReasonCodes } from './reasonCodesBody';
