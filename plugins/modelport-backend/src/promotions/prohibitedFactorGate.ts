import { GateFacts } from './gates/types';
import { JudgedGate } from './PromotionRecord';

const PROHIBITED_GATE = 'prohibited-factor';

/**
 * Fails while a decision of the version was withheld its reasons for a prohibited factor and nobody closed that. No
 * policy leaves it out, and nobody waives it.
 */
export function prohibitedFactorGate({ finding }: GateFacts): JudgedGate[] {
  if (!finding || finding.closed) {
    return [];
  }
  const { decisions, features, lastAt } = finding;
  return [
    {
      id: PROHIBITED_GATE,
      type: PROHIBITED_GATE,
      title: 'No decision rests on a prohibited factor',
      outcome: 'fail',
      value: decisions,
      lower: null,
      upper: null,
      threshold: 0,
      message: `${decisions} ${
        decisions === 1 ? 'decision was' : 'decisions were'
      } given no reasons, since a prohibited factor was among them: ${features.join(
        ', ',
      )}.`,
      evidence: [],
      producer: 'reason codes of this portal',
      producedAt: lastAt,
      waivable: false,
      blocking: true,
    },
  ];
}
