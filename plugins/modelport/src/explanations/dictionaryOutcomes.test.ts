import { dictionaryOutcomes, isApproved } from './dictionaryOutcomes';

describe('dictionaryOutcomes', () => {
  it('reads the cutoff and the rules', () => {
    expect(
      dictionaryOutcomes({
        adverse: 'increase',
        cutoff: 0,
        policyRules: [{ rule: 'area' }],
      }),
    ).toEqual({ cutoff: 0, rules: ['area'] });
    expect(dictionaryOutcomes({ adverse: 'decrease' })).toEqual({
      cutoff: null,
      rules: [],
    });
  });

  it('tells on which side of the cutoff an output is, in the direction of the dictionary', () => {
    const increase = { adverse: 'increase', cutoff: 0 };
    expect(isApproved(increase, -4.86)).toBe(true);
    expect(isApproved(increase, 0)).toBe(false);
    const decrease = { adverse: 'decrease', cutoff: 600 };
    expect(isApproved(decrease, 601)).toBe(true);
    expect(isApproved(decrease, 600)).toBe(false);
    expect(isApproved(increase, null)).toBe(false);
    expect(isApproved({ adverse: 'increase' }, -4.86)).toBe(false);
  });
});
