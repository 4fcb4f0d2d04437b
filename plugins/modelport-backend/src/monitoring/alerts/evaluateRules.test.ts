import {
  DAY,
  DRIFT,
  judge,
  pointOf,
  seriesOf,
  START,
} from './__testUtils__/judgeRules';

describe('findings', () => {
  const drift = seriesOf({});
  const finding = seriesOf({ kind: 'finding', statistic: 'completeness' });
  const DATA = { id: 'data', category: 'data' };

  it('are over with the first window that is fine', () => {
    const bad = [
      pointOf(drift, 1, 0.01),
      pointOf(finding, 1, null, { detail: 'Half' }),
    ];
    expect(judge([DATA], [drift, finding], bad)).toHaveLength(1);
    expect(
      judge([DATA], [drift, finding], [...bad, pointOf(drift, 2, 0.01)]),
    ).toEqual([]);
  });

  it('are not in a row where a window between was fine', () => {
    const rule = { ...DATA, windows: 2 };
    const days = (fine: number[], bad: number[]) => [
      ...fine.map(day => pointOf(drift, day, 0.01)),
      ...bad.map(day => pointOf(finding, day, null)),
    ];
    expect(judge([rule], [drift, finding], days([1, 2, 3], [1, 3]))).toEqual(
      [],
    );
    expect(
      judge([rule], [drift, finding], days([1, 2, 3], [2, 3])),
    ).toHaveLength(1);
  });
});

describe('shares of missing, unseen, outside and wrongly typed values', () => {
  const missing = seriesOf({ statistic: 'missingShare', tool: 'Modelport' });
  const points = [
    pointOf(missing, 1, 0.1, { threshold: null, breach: null }),
    pointOf(missing, 2, 0.4, { threshold: null, breach: null }),
  ];

  it('are a matter of data, whichever rule asks for them', () => {
    const rule = { id: 'm', category: 'drift', statistic: 'missingShare' };
    for (const asked of [
      { ...rule, threshold: 0.3, actions: ['retrain'] },
      { ...rule, rise: 3, actions: ['retrain'] },
      { ...rule, category: 'data', threshold: 0.3 },
    ]) {
      expect(judge([asked], [missing], points)).toMatchObject([
        { category: 'data', severity: 'medium' },
      ]);
    }
    expect(
      judge([{ id: 'm', category: 'drift', rise: 2 }], [missing], points),
    ).toEqual([]);
  });
});

describe('values outside of the range of the reference', () => {
  const outside = seriesOf({
    kind: 'finding',
    statistic: 'outside of the range',
    feature: 'income',
  });
  const share = seriesOf({ statistic: 'outsideShare', feature: 'income' });
  const days = (...shares: number[]) =>
    shares.flatMap((value, day) => [
      pointOf(outside, day, null, { detail: `${value} are outside` }),
      pointOf(share, day, value, { threshold: null, breach: null }),
    ]);
  const RULES = [DRIFT, { id: 'data', category: 'data' }];

  it('are drift while they are some, and wrong data when they are most', () => {
    const all = [outside, share];
    expect(judge(RULES, all, days(0.06, 0.1, 0.2))).toMatchObject([
      { category: 'drift', rules: [{ id: 'drift' }] },
    ]);
    expect(judge(RULES, all, days(0.06, 0.1, 0.98))).toMatchObject([
      { category: 'data', rules: [{ id: 'data' }] },
    ]);
  });

  it('are wrong data where nobody knows how many they are, or a rule asks for it', () => {
    const [newest] = days(0.1);
    expect(judge(RULES, [outside], [newest])).toMatchObject([
      { category: 'data' },
    ]);
    const rule = { id: 'o', category: 'data', statistic: 'outsideShare' };
    expect(
      judge([{ ...rule, threshold: 0.05 }], [outside, share], days(0.1)),
    ).toMatchObject([{ category: 'data' }]);
    expect(
      judge(
        [{ ...rule, category: 'drift', threshold: 0.05 }],
        [outside, share],
        days(0.1),
      ),
    ).toMatchObject([{ category: 'drift' }]);
  });

  it.each(['type', 'missing values', 'unseen categories'])(
    'are another matter than %s, which always are wrong data',
    statistic => {
      const finding = seriesOf({ kind: 'finding', statistic });
      const points = [0, 1, 2].map(day => pointOf(finding, day, null));
      expect(judge(RULES, [finding], points)).toMatchObject([
        { category: 'data' },
      ]);
    },
  );
});

describe('performance of windows whose labels are not all in', () => {
  const auc = seriesOf({
    kind: 'performance',
    statistic: 'auc',
    variant: 'realised',
    feature: null,
  });
  const drift = seriesOf({});
  const bad = (day: number, labelled: number | null) =>
    pointOf(auc, day, 0.5, { lowerThreshold: 0.8, breach: true, labelled });
  const PERFORMANCE = { id: 'p', category: 'performance' };

  it('is judged by no rule before they are', () => {
    const rules = [
      PERFORMANCE,
      { ...PERFORMANCE, threshold: 0.9 },
      { ...PERFORMANCE, rise: 1.1 },
    ];
    const points = [bad(1, 0.3), bad(2, 0)];
    for (const rule of rules) {
      expect(judge([rule], [auc], points)).toEqual([]);
    }
  });

  it('is judged when they are, although newer windows are open', () => {
    const days = Array.from({ length: 60 }, (_, day) => day);
    const points = [
      bad(1, 1),
      ...days.slice(2).map(day => bad(day, 0.2)),
      ...days.map(day => pointOf(drift, day, 0.01)),
    ];
    expect(judge([PERFORMANCE], [auc, drift], points)).toMatchObject([
      { findings: [{ start: new Date(START + DAY).toISOString() }] },
    ]);
  });
});

describe('a rise', () => {
  it('counts for nothing below the floor of noise', () => {
    const psi = seriesOf({ bins: 10 });
    const sizes = { nReference: 200, nCurrent: 200 };
    const rule = { id: 'jump', category: 'drift', rise: 3 };
    expect(
      judge(
        [rule],
        [psi],
        [pointOf(psi, 1, 0.01, sizes), pointOf(psi, 2, 0.05, sizes)],
      ),
    ).toEqual([]);
    expect(
      judge(
        [rule],
        [psi],
        [pointOf(psi, 1, 0.01, sizes), pointOf(psi, 2, 0.15, sizes)],
      ),
    ).toHaveLength(1);
  });

  it('is one to the worse', () => {
    const accuracy = seriesOf({
      kind: 'performance',
      statistic: 'accuracy',
      variant: 'realised',
      feature: null,
    });
    const rule = { id: 'fall', category: 'performance', rise: 1.5 };
    const values = (...list: number[]) =>
      list.map((value, day) => pointOf(accuracy, day, value));
    expect(judge([rule], [accuracy], values(0.5, 0.9))).toEqual([]);
    expect(judge([rule], [accuracy], values(0.9, 0.5))).toHaveLength(1);
  });
});

it('a threshold without a statistic is held against distances alone', () => {
  const all = [
    seriesOf({}),
    seriesOf({ statistic: 'chiSquare' }),
    seriesOf({ statistic: 'ks p-value', direction: 'below' }),
  ];
  const points = [
    pointOf(all[0], 1, 0.1),
    pointOf(all[1], 1, 40, { threshold: null, breach: null }),
    pointOf(all[2], 1, 0.2, { threshold: 0.05, breach: false }),
  ];
  const rule = { id: 'x', category: 'drift', threshold: 0.25 };
  expect(judge([rule], all, points)).toEqual([]);
  expect(
    judge([rule], all, [pointOf(all[0], 1, 0.3), ...points.slice(1)]),
  ).toMatchObject([{ findings: [{ statistic: 'psi' }] }]);
});

it('only p-values are corrected for their number', () => {
  const overlaps = Array.from({ length: 10 }, (_, at) =>
    seriesOf({ statistic: 'overlap', direction: 'below', feature: `f${at}` }),
  );
  const points = overlaps.map(one =>
    pointOf(one, 1, 0.7, { threshold: 0.9, breach: true }),
  );
  expect(
    judge([{ id: 'any', category: 'drift' }], overlaps, points),
  ).toMatchObject([{ findings: { length: 10 } }]);
});
