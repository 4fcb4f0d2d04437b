import { InputError } from '@backstage/errors';
import {
  ReasonCodes,
  ReasonsRequest,
} from '@modelport/plugin-modelport-common';

const APPROVED = 'approved';
/** What callers say of a decline by the score. */
const DECLINED = ['declined', 'denied', 'refused', 'rejected', 'adverse'];
const MOST_NAMED = 20;

/**
 * What became of a decision: as the request says, or by its cutoff; undefined where neither says, and whoever asks says so
 * that it was adverse.
 *
 * @throws `InputError` where the request names an outcome that nobody knows: a misspelt rule would pass for a decline by
 * the score.
 */
export function reasonOutcome(
  output: number | null,
  request: Pick<ReasonsRequest, 'outcome' | 'cutoff'>,
  dictionary: ReasonCodes,
): string | undefined {
  const { outcome, cutoff } = request;
  if (outcome !== undefined) {
    refuseUnknown(outcome, dictionary);
    return outcome;
  }
  if (cutoff === undefined || output === null) {
    return undefined;
  }
  const isAdverse =
    dictionary.adverse === 'increase' ? output >= cutoff : output <= cutoff;
  return isAdverse ? DECLINED[0] : APPROVED;
}

function refuseUnknown(outcome: string, dictionary: ReasonCodes): void {
  const rules = (dictionary.policyRules ?? []).map(({ rule }) => rule);
  if ([APPROVED, ...DECLINED, ...rules].includes(outcome)) {
    return;
  }
  const named = rules
    .slice(0, MOST_NAMED)
    .map(rule => `"${rule}"`)
    .join(', ');
  throw new InputError(
    `outcome: "${outcome}" is not known. Expected "${APPROVED}"; for a decline by the score ${DECLINED.map(
      word => `"${word}"`,
    ).join(' or ')}; or a policy rule of the dictionary "${
      dictionary.version
    }", which ${
      rules.length === 0
        ? 'has none'
        : `has ${named}${
            rules.length > MOST_NAMED
              ? ` and ${rules.length - MOST_NAMED} more`
              : ''
          }`
    }. Nothing was recorded.`,
  );
}
