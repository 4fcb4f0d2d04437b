import { ReasonCodes } from '@modelport/plugin-modelport-common';
import { reasonOutcome } from './reasonOutcome';

const DICTIONARY: ReasonCodes = {
  version: '1',
  adverse: 'increase',
  baseline: 'base value',
  codes: [{ feature: 'a', code: 'A', internal: 'A', consumer: { en: 'A' } }],
  policyRules: [
    { rule: 'area', code: 'P1', internal: 'Area', consumer: { en: 'Area' } },
    { rule: 'fraud', code: 'P2', internal: 'Fraud', consumer: { en: 'Fraud' } },
  ],
};

describe('reasonOutcome', () => {
  it('takes what the request says before the cutoff', () => {
    for (const outcome of ['approved', 'declined', 'denied', 'fraud']) {
      expect(reasonOutcome(2, { outcome, cutoff: 1 }, DICTIONARY)).toBe(
        outcome,
      );
    }
    expect(reasonOutcome(2, { cutoff: 1 }, DICTIONARY)).toBe('declined');
    expect(reasonOutcome(0, { cutoff: 1 }, DICTIONARY)).toBe('approved');
    expect(reasonOutcome(null, { cutoff: 1 }, DICTIONARY)).toBeUndefined();
    expect(reasonOutcome(2, {}, DICTIONARY)).toBeUndefined();
    const decrease = { ...DICTIONARY, adverse: 'decrease' as const };
    expect(reasonOutcome(2, { cutoff: 1 }, decrease)).toBe('approved');
  });

  it.each(['fruad', 'Approved', '', 'constructor'])(
    'refuses %p with the rules that there are',
    outcome => {
      expect(() => reasonOutcome(2, { outcome }, DICTIONARY)).toThrow(
        /is not known.*"area", "fraud"/,
      );
    },
  );
});
