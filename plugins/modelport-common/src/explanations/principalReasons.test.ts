import { lintReasonCodes } from './lintReasonCodes';
import { principalReasons, withParents } from './principalReasons';
import { readReasonCodes } from './readReasonCodes';
import { ReasonCodes } from './reasonCodesBody';

const code = (
  feature: string,
  name: string,
  more: Partial<ReasonCodes['codes'][number]> = {},
): ReasonCodes['codes'][number] => ({
  feature,
  code: name,
  internal: feature,
  consumer: { en: `About ${feature}` },
  source: 'Reg B C-1',
  ...more,
});

const DICTIONARY: ReasonCodes = {
  version: '1',
  adverse: 'increase',
  baseline: 'base value',
  groups: { purpose: ['purpose_car', 'purpose_radio'] },
  codes: [
    code('income', 'A', { direction: 'low' }),
    code('debt', 'B'),
    code('purpose', 'C'),
    code('savings', 'D'),
    code('age', 'X', { prohibited: true }),
  ],
  policyRules: [
    {
      rule: 'outside',
      code: 'P',
      internal: 'Outside',
      consumer: { en: 'Outside the area' },
    },
  ],
};

function reasonsOf(
  contributions: Record<string, number>,
  more: Partial<Parameters<typeof principalReasons>[0]> = {},
) {
  return principalReasons({
    dictionary: DICTIONARY,
    contributions,
    baseline: {},
    directions: new Map([
      ['income', 'decreasing'],
      ['debt', 'increasing'],
    ]),
    top: 4,
    language: 'en',
    ...more,
  });
}

describe('principalReasons', () => {
  it('counts only what was adverse, the largest first, and pads nothing', () => {
    // By hand: income and debt raise the risk, savings lowers it, the parts of the purpose cancel out.
    const { withheld, reasons } = reasonsOf({
      income: 0.4,
      debt: 0.9,
      savings: -2,
      purpose_car: 0.3,
      purpose_radio: -0.3,
    });
    expect(withheld).toBeNull();
    expect(reasons.map(one => [one.rank, one.code, one.direction])).toEqual([
      [1, 'B', 'high'],
      [2, 'A', 'low'],
    ]);
    expect(reasons[0].text).toBe('About debt');
  });

  it('measures against the baseline, in either direction of the output', () => {
    const baseline = { income: 0.5, debt: 0.1 };
    const contributions = { income: 0.4, debt: 0.3 };
    expect(
      reasonsOf(contributions, { baseline }).reasons.map(one => one.code),
    ).toEqual(['B']);
    const mirrored: ReasonCodes = { ...DICTIONARY, adverse: 'decrease' };
    const { reasons } = reasonsOf(contributions, {
      dictionary: mirrored,
      baseline,
    });
    // Less is worse there, so it is income that counts, at −0.1; it is low where it raises the score.
    expect(reasons).toEqual([]);
    expect(
      reasonsOf({ debt: -0.5 }, { dictionary: mirrored }).reasons[0],
    ).toMatchObject({ code: 'B', direction: 'low', contribution: -0.5 });
  });

  it('is stable where contributions are equal, and takes at most the top', () => {
    const equal = { savings: 0.5, purpose_car: 0.5, debt: 0.5 };
    const shuffled = { debt: 0.5, savings: 0.5, purpose_car: 0.5 };
    const codes = (contributions: Record<string, number>) =>
      reasonsOf(contributions, { top: 2 }).reasons.map(one => one.code);
    expect(codes(equal)).toEqual(['B', 'C']);
    expect(codes(shuffled)).toEqual(['B', 'C']);
  });

  it('gives none where a prohibited factor is among them, and all where it is not', () => {
    const { withheld, reasons } = reasonsOf({ debt: 1, age: 0.5 });
    expect(reasons).toEqual([]);
    expect(withheld).toMatch(/prohibited factor, "age"/);
    expect(reasonsOf({ debt: 1, age: 0.5 }, { top: 1 }).withheld).toBeNull();
    expect(reasonsOf({ debt: 1, age: -0.5 }).withheld).toBeNull();
  });

  it('finds a prohibited factor inside of a group that is not, even where the rest of it makes up for it', () => {
    const dictionary: ReasonCodes = {
      ...DICTIONARY,
      groups: { savings: ['age', 'balance'] },
    };
    for (const contributions of [
      { debt: 1, age: 0.5, balance: 0.2 },
      { debt: 1, age: 0.5, balance: -0.5 },
    ]) {
      const { withheld, prohibited } = reasonsOf(contributions, {
        dictionary,
      });
      expect(prohibited).toBe('age');
      expect(withheld).toMatch(/prohibited factor, "age"/);
    }
    const { reasons } = reasonsOf(
      { debt: 1, age: -0.5, balance: 0.2 },
      { dictionary },
    );
    // By hand: the group without the prohibited feature, so that this one makes nothing look better either.
    expect(reasons.map(one => [one.code, one.contribution])).toEqual([
      ['B', 1],
      ['D', 0.2],
    ]);
  });

  it('counts one-hot columns as the prohibited parent that the explanation names', () => {
    const columns = [
      { name: 'age_young', group: 'age' },
      { name: 'age_old', group: 'age' },
      { name: 'debt', group: null },
    ];
    const codes = [...DICTIONARY.codes, code('age_young', 'Y')];
    const dictionary = withParents({ ...DICTIONARY, codes }, columns);
    expect(
      reasonsOf({ debt: 1, age_young: 0.3, age_old: 0.2 }, { dictionary })
        .prohibited,
    ).toBe('age');
    // Both zero, or one making up for the other: no reason.
    expect(
      reasonsOf({ debt: 1, age_young: 0.3, age_old: -0.3 }, { dictionary })
        .withheld,
    ).toBeNull();
    const other = { ...DICTIONARY, groups: { savings: ['age_young'] } };
    expect(
      reasonsOf({ age_young: 0.3 }, { dictionary: withParents(other, columns) })
        .prohibited,
    ).toBe('age');
    expect(
      withParents(DICTIONARY, [{ name: 'debt_card', group: 'debt' }]).groups,
    ).toMatchObject({ debt: ['debt_card'] });
  });

  it('finds a prohibited factor that equals the last reason and stands after it', () => {
    const { prohibited } = reasonsOf(
      { debt: 0.5, savings: 0.2, age: 0.2 },
      { top: 2 },
    );
    expect(prohibited).toBe('age');
  });

  it('orders nearly equal ones the same, in whichever order they come', () => {
    const steps = { savings: 0.5, debt: 0.5 + 0.8e-9, purpose: 0.5 + 1.6e-9 };
    const codesOf = (entries: Array<[string, number]>) =>
      reasonsOf(Object.fromEntries(entries)).reasons.map(one => one.code);
    const entries = Object.entries(steps);
    expect(codesOf(entries)).toEqual(['B', 'C', 'D']);
    expect(codesOf(entries.reverse())).toEqual(['B', 'C', 'D']);
    expect(codesOf([entries[1], entries[0], entries[2]])).toEqual([
      'B',
      'C',
      'D',
    ]);
  });

  it('takes no name for what every object has', () => {
    const dictionary = {
      ...DICTIONARY,
      codes: [code('constructor', 'K'), code('debt', 'B')],
    };
    expect(
      reasonsOf({ constructor: 1, debt: 0.5 }, { dictionary }).reasons.map(
        one => one.code,
      ),
    ).toEqual(['K', 'B']);
    expect(
      reasonsOf({ debt: 1 }, { language: 'constructor' }).withheld,
    ).toMatch(/no wording/);
  });

  it('leaves none out for want of a code or a wording', () => {
    expect(reasonsOf({ debt: 0.1, unknown: 1 }).withheld).toMatch(
      /"unknown" is among the principal reasons, and the dictionary has no code/,
    );
    // There is a code for a low income only.
    expect(
      reasonsOf({ income: 1 }, { directions: new Map() }).withheld,
    ).toMatch(/no code/);
    expect(reasonsOf({ debt: 1 }, { language: 'de' }).withheld).toMatch(
      /no wording of the code B in the language "de"/,
    );
  });

  it('states a rule as the rule, and nothing for an approval', () => {
    expect(reasonsOf({ debt: 1 }, { outcome: 'outside' }).reasons).toEqual([
      {
        rank: 1,
        code: 'P',
        feature: null,
        direction: null,
        contribution: null,
        text: 'Outside the area',
        proxy: false,
        source: null,
      },
    ]);
    expect(reasonsOf({ debt: 1 }, { outcome: 'approved' })).toEqual({
      withheld: 'The decision was not adverse.',
      reasons: [],
      prohibited: null,
    });
  });
});

describe('lintReasonCodes', () => {
  it('finds what is missing, unused, vague and prohibited', () => {
    const found = lintReasonCodes(
      {
        ...DICTIONARY,
        baseline: 'mean of the approved',
        codes: [
          ...DICTIONARY.codes,
          code('gone', 'E', { consumer: { en: 'Other' }, source: null }),
          code('debt', 'B', { consumer: { en: 'Another wording' } }),
        ],
      },
      ['income', 'debt', 'savings', 'age', 'tenure', 'purpose_car'],
    ).map(({ level, where, message }) => `${level} ${where}: ${message}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'error tenure: The model uses it, and it has no code.',
        'warning groups.purpose: The model has no "purpose_radio".',
        'warning gone: The model has no such feature: never used.',
        'warning codes.5 (E): The wording in "en" is vague: it names no reason.',
        'warning codes.5 (E): It names no source.',
        'error codes.6 (B): The code stands for another wording above.',
        expect.stringMatching(/^error codes.4 \(X\): "age" is prohibited/),
        'error cutoff: The baseline "mean of the approved" needs one.',
        'warning why: It does not say why this baseline was chosen.',
      ]),
    );
  });

  it('finds a baseline that nothing can be measured against', () => {
    const found = lintReasonCodes(
      { ...DICTIONARY, baseline: 'near the cutoff', cutoff: 0.5 },
      null,
    );
    expect(found).toContainEqual({
      level: 'error',
      where: 'band',
      message: 'The baseline "near the cutoff" needs one.',
    });
  });

  it('finds nothing in a dictionary that is complete', () => {
    const dictionary = {
      ...DICTIONARY,
      why: 'As the scorecard before it.',
      codes: DICTIONARY.codes.filter(one => !one.prohibited),
    };
    expect(
      lintReasonCodes(dictionary, [
        'income',
        'debt',
        'savings',
        'purpose_car',
        'purpose_radio',
      ]),
    ).toEqual([]);
  });
});

describe('readReasonCodes', () => {
  it('refuses unknown keys, tags and endless aliases', () => {
    expect(() => readReasonCodes('version: "1"\nx: 1')).toThrow(/adverse/);
    expect(() => readReasonCodes('!!js/function x')).toThrow(/no plain YAML/);
    const bomb = `a: &a [${'x,'.repeat(9)}x]\nb: &b [${'*a,'.repeat(
      9,
    )}*a]\nc: [${'*b,'.repeat(9)}*b]`;
    expect(() => readReasonCodes(bomb)).toThrow();
  });
});

/**
 * The sample scorecard of the PMML specification (DMG, PMML 4.4, Scorecard: departments, ages and incomes with their
 * partial and baseline scores, `pointsBelow`); who asks was worked out by hand: points below the baseline, most first.
 */
describe('the sample scorecard of PMML', () => {
  const SCORECARD: ReasonCodes = {
    version: '1',
    // The lower the score, the worse; pointsBelow.
    adverse: 'decrease',
    baseline: 'points below maximum',
    codes: [
      code('departmentScore', 'RC1'),
      code('ageScore', 'RC2'),
      code('incomeScore', 'RC3'),
    ],
  };
  const BASELINE = { departmentScore: 19, ageScore: 18, incomeScore: 10 };

  it.each([
    // 3 of 19, 0 of 18, 5 of 10: 16, 18 and 5 points below.
    ['an engineer of 28 with 1,500', [3, 0, 5], ['RC2', 'RC1', 'RC3']],
    // 6 of 19, 12 of 18, -3 of 10: 13, 6 and 13 below; equal ones in the order of the scorecard.
    ['business, 35, 3,000', [6, 12, -3], ['RC1', 'RC3', 'RC2']],
    // All is missing: -9, -1 and 5: 28, 19 and 5 below.
    ['nothing known', [-9, -1, 5], ['RC1', 'RC2', 'RC3']],
    // 19, 12 and 26: only the age is below, and 26 of 10 is no reason.
    ['marketing, 35, 900', [19, 12, 26], ['RC2']],
  ])('%s', (_who, [departmentScore, ageScore, incomeScore], expected) => {
    const { withheld, reasons } = reasonsOf(
      { departmentScore, ageScore, incomeScore },
      { dictionary: SCORECARD, baseline: BASELINE, directions: new Map() },
    );
    expect(withheld).toBeNull();
    expect(reasons.map(reason => reason.code)).toEqual(expected);
  });

  it('marketing, 45 and 900 is below in nothing, so there is no reason', () => {
    expect(
      reasonsOf(
        { departmentScore: 19, ageScore: 18, incomeScore: 26 },
        { dictionary: SCORECARD, baseline: BASELINE, directions: new Map() },
      ),
    ).toMatchObject({
      reasons: [],
      withheld: expect.stringMatching(/No contribution was adverse/),
    });
  });
});
