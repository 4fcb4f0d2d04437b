import { Judged } from './gateResult';
import { GateFacts } from './types';

/** How a gate comes out that compares with what nobody knows; undefined where it is known that nothing is live. */
export function productionUnknown({
  environment,
  productionUnknown: why,
}: GateFacts): Judged | undefined {
  return why === undefined
    ? undefined
    : {
        outcome: 'unknown',
        message: `What is live in ${environment} to compare with is not known: ${why}.`,
      };
}
