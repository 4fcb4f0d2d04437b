import { calibration } from './calibration';
import { cardComplete } from './cardComplete';
import { drift } from './drift';
import { evidenceAge } from './evidenceAge';
import { explanationStable } from './explanationStable';
import { fairness } from './fairness';
import { latency } from './latency';
import { metricLimit } from './metricLimit';
import { metricVersusProduction } from './metricVersusProduction';
import { probabilityScore } from './probabilityScore';
import { signatureCompatible } from './signatureCompatible';
import { tests } from './tests';
import { JudgeGate } from './types';
import { validationReport } from './validationReport';

/** Judges a gate of any type. */
export const judgeGate: JudgeGate = (rule, facts) => {
  switch (rule.type) {
    case 'metric-limit':
      return metricLimit(rule, facts);
    case 'metric-vs-production':
      return metricVersusProduction(rule, facts);
    case 'calibration':
      return calibration(rule, facts);
    case 'brier':
    case 'log-loss':
      return probabilityScore(rule, facts);
    case 'fairness':
      return fairness(rule, facts);
    case 'drift':
      return drift(rule, facts);
    case 'latency':
      return latency(rule, facts);
    case 'tests':
      return tests(rule, facts);
    case 'signature-compatible':
      return signatureCompatible(rule, facts);
    case 'card-complete':
      return cardComplete(rule, facts);
    case 'validation-report':
      return validationReport(rule, facts);
    case 'explanation-stable':
      return explanationStable(rule, facts);
    default:
      return evidenceAge(rule, facts);
  }
};
