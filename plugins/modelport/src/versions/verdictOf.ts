import {
  ComparedEvidence,
  ComparedMetric,
  DifferenceOnRows,
} from '@modelport/plugin-modelport-common';
import { Call, callOf } from './callOf';
import { differenceOf } from './differenceOf';

/** Why a metric says nothing of which version is better. */
export type WhyNot =
  | Exclude<Call, 'better' | 'worse' | 'equal' | 'open'>
  | 'training'
  | 'missing';

/** What all metrics together say of a version beside the baseline. */
export interface ComparisonVerdict {
  /** The metric that counts for the model; undefined where neither version has it. */
  main:
    | {
        key: string;
        call: Call | WhyNot;
        difference: DifferenceOnRows | undefined;
      }
    | undefined;
  calls: Record<'better' | 'worse' | 'open' | 'equal', number>;
  /** Metrics that can be compared, and all. */
  compared: number;
  total: number;
  /** The most frequent first. */
  notCompared: Array<{ why: WhyNot; number: number }>;
}

/**
 * Sums up a comparison. Figures of training data never count, and of no metric is said more than its own row says.
 *
 * @param mainKey - the metric that counts for the model, where that is known.
 */
export function verdictOf(options: {
  metrics: ComparedMetric[];
  evidence: ComparedEvidence | undefined;
  version: string;
  mainKey: string | undefined;
}): ComparisonVerdict {
  const { metrics, evidence, version, mainKey } = options;
  const calls = { better: 0, worse: 0, open: 0, equal: 0 };
  const reasons = new Map<WhyNot, number>();
  let main: ComparisonVerdict['main'];
  for (const metric of metrics) {
    const difference = differenceOf(evidence, metric, version);
    const call = callOfMetric(metric, version, difference);
    if (isCompared(call)) {
      calls[call] += 1;
    } else {
      reasons.set(call, (reasons.get(call) ?? 0) + 1);
    }
    if (metric.key === mainKey && metric.slice === null) {
      main = { key: metric.key, call, difference };
    }
  }
  return {
    main,
    calls,
    compared: calls.better + calls.worse + calls.open + calls.equal,
    total: metrics.length,
    notCompared: [...reasons]
      .map(([why, number]) => ({ why, number }))
      .sort((a, b) => b.number - a.number),
  };
}

function callOfMetric(
  { key, direction, values }: ComparedMetric,
  version: string,
  difference: DifferenceOnRows | undefined,
): Call | WhyNot {
  if (
    key
      .toLowerCase()
      .split(/[^a-z]+/)
      .some(word => word === 'train' || word === 'training')
  ) {
    return 'training';
  }
  const value = values.find(one => one.version === version);
  return !value ||
    (!difference && !(value.measurement && values[0].measurement))
    ? 'missing'
    : callOfEqual(callOf(value, direction, difference), direction);
}

/** That properties of the data are the same, such as the share of events, says nothing of which version is better. */
function callOfEqual(call: Call, direction: ComparedMetric['direction']): Call {
  return call === 'equal' && direction === null ? 'noDirection' : call;
}

function isCompared(
  call: Call | WhyNot,
): call is 'better' | 'worse' | 'open' | 'equal' {
  return ['better', 'worse', 'open', 'equal'].includes(call);
}
