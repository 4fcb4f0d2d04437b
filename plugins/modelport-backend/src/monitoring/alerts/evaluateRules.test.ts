import { PointRow, SeriesRow } from '../PointRow';
import { driftState } from '../driftState';
import { AlertRule, rulesSchema } from './alertsConfig';
import { evaluateRules } from './evaluateRules';

const DAY = 86_400_000;
const START = Date.UTC(2026, 9, 1);

let nextSeries = 0;

function seriesOf(part: Partial<SeriesRow>): SeriesRow {
  nextSeries += 1;
  return {
    id: nextSeries,
    kind: 'drift',
    tool: 'own',
    toolVersion: null,
    feature: 'age',
    statistic: 'psi',
    variant: null,
    method: null,
    slice: null,
    labels: null,
    direction: 'above',
    bins: null,
    ...part,
  };
}

function pointOf(
  series: SeriesRow,
  day: number,
  value: number | null,
  part: Partial<PointRow> = {},
): PointRow {
  const threshold =
    part.threshold === undefined && series.kind === 'drift'
      ? 0.2
      : part.threshold ?? null;
  return {
    seriesId: series.id,
    start: START + day * DAY,
    end: START + (day + 1) * DAY,
    isReference: false,
    lower: null,
    upper: null,
    lowerThreshold: null,
    nReference: null,
    nCurrent: null,
    labelled: null,
    noiseFloor: null,
    detail: null,
    digest: 'd',
    breach:
      value === null || threshold === null
        ? series.kind === 'finding'
        : value > threshold,
    ...part,
    value,
    threshold,
  };
}

function judge(
  raw: object[],
  series: SeriesRow[],
  points: PointRow[],
  now = START + 60 * DAY,
) {
  const rules: AlertRule[] = rulesSchema.parse(raw);
  return evaluateRules({
    rules,
    series,
    points,
    importance: null,
    outsideIsDriftUpTo: 0.5,
    now,
  });
}

const DRIFT = { id: 'drift', category: 'drift', windows: 2 };

describe('tools that report at their own pace', () => {
  const monthly = seriesOf({ tool: 'NannyML', statistic: 'jensen_shannon' });
  const daily = seriesOf({ tool: 'Evidently' });
  const month = (from: number, to: number) =>
    pointOf(monthly, 0, 0.5, {
      start: Date.UTC(2026, from, 1),
      end: Date.UTC(2026, to, 1),
    });
  const points = [
    month(7, 8),
    month(8, 9),
    ...[10, 11, 12].map(day => pointOf(daily, day, 0.01)),
  ];

  it('are all listened to', () => {
    expect(judge([DRIFT], [monthly, daily], points)).toMatchObject([
      { category: 'drift', findings: [{ tool: 'NannyML' }] },
    ]);
    expect(driftState([monthly, daily], points)).toBe('drifting');
  });

  it('are no longer, where they stopped', () => {
    const later = [
      ...points.slice(0, 2),
      ...[60, 61].map(day => pointOf(daily, day, 0.01)),
    ];
    expect(judge([DRIFT], [monthly, daily], later)).toEqual([]);
    expect(driftState([monthly, daily], later)).toBe('none');
  });

  it('are missed where a rule asks for their reports, whatever others report', () => {
    const rule = {
      id: 'silence',
      category: 'missing',
      tool: 'NannyML',
      afterHours: 48,
    };
    expect(
      judge([rule], [monthly, daily], points, START + 13 * DAY),
    ).toMatchObject([{ category: 'missing', findings: [{ tool: 'NannyML' }] }]);
  });
});

describe('reports that stopped coming', () => {
  const RULE = { id: 'missing', category: 'missing' };
  const one = seriesOf({ tool: 'Evidently' });
  const other = seriesOf({ tool: 'NannyML', kind: 'performance' });
  const at = (day: number) => START + day * DAY;
  const daily = [1, 2, 3].map(day => pointOf(one, day, 0.01));

  it('are missed without a time of a rule after two windows of their tool', () => {
    expect(judge([RULE], [one], daily, at(5.9))).toEqual([]);
    expect(judge([RULE], [one], daily, at(6))).toMatchObject([
      {
        category: 'missing',
        findings: [
          {
            tool: 'Evidently',
            text: 'No report of Evidently came since the window that ended 2026-10-05 00:00 UTC; expected one within 48 hours',
          },
        ],
      },
    ]);
  });

  it('are missed a day late where windows are short', () => {
    const hourly = [0, 1].map(hour =>
      pointOf(one, 0, 0.01, {
        start: START + (hour * DAY) / 24,
        end: START + ((hour + 1) * DAY) / 24,
      }),
    );
    expect(judge([RULE], [one], hourly, at(1))).toEqual([]);
    expect(judge([RULE], [one], hourly, at(1.2))).toHaveLength(1);
  });

  it('are missed of each tool, and of none that reported once', () => {
    const once = pointOf(other, 1, 0.9);
    expect(judge([RULE], [one, other], [...daily, once], at(5))).toEqual([]);
    const twice = [once, pointOf(other, 2, 0.9)];
    expect(
      judge([RULE], [one, other], [...daily, ...twice], at(5.5)),
    ).toMatchObject([{ findings: [{ tool: 'NannyML' }] }]);
  });
});

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

describe('windows in a row', () => {
  const psi = seriesOf({});
  const on = (...days: number[]) => days.map(day => pointOf(psi, day, 0.5));

  it.each([1, 2, 3])('are none where %s between them are missing', gap => {
    expect(judge([DRIFT], [psi], on(1, 2 + gap))).toEqual([]);
    expect(driftState([psi], on(1, 2 + gap))).toBe('warning');
    expect(judge([DRIFT], [psi], on(1, 2 + gap, 3 + gap))).toHaveLength(1);
    expect(driftState([psi], on(1, 2 + gap, 3 + gap))).toBe('drifting');
  });

  it('may be months, chunks that leave moments out, and days of 23 hours', () => {
    const months = [0, 1, 2, 3].map(month =>
      pointOf(psi, 0, 0.5, {
        start: Date.UTC(2026, month, 1),
        end: Date.UTC(2026, month + 1, 1),
      }),
    );
    expect(judge([DRIFT], [psi], months.slice(0, 2))).toHaveLength(1);
    expect(judge([DRIFT], [psi], [months[0], months[2]])).toEqual([]);
    const chunks = on(1, 2).map(point => ({ ...point, end: point.end - 1 }));
    expect(judge([DRIFT], [psi], chunks)).toHaveLength(1);
    const [first, second] = on(1, 2);
    expect(
      judge([DRIFT], [psi], [first, { ...second, end: second.end - DAY / 24 }]),
    ).toHaveLength(1);
  });

  it('are needed for a rise as well', () => {
    const rule = { id: 'jump', category: 'drift', rise: 2 };
    const [low] = [pointOf(psi, 1, 0.1)];
    expect(judge([rule], [psi], [low, ...on(2)])).toHaveLength(1);
    expect(judge([rule], [psi], [low, ...on(3)])).toEqual([]);
  });
});

describe('windows that overlap', () => {
  const one = seriesOf({});
  const over = (from: number, to: number, value = 0.5) =>
    pointOf(one, 0, value, {
      start: START + from * DAY,
      end: START + to * DAY,
    });

  it('are in a row where each has rows that the other has not', () => {
    const sliding = [over(0, 7), over(1, 8)];
    expect(judge([DRIFT], [one], sliding)).toHaveLength(1);
    expect(driftState([one], sliding)).toBe('drifting');
  });

  it('are not where one holds the other whole', () => {
    const month = [over(0, 31), over(30, 31)];
    expect(judge([DRIFT], [one], month)).toEqual([]);
    expect(driftState([one], month)).toBe('warning');
    const days = [...month, over(29, 30)];
    expect(judge([DRIFT], [one], days)).toHaveLength(1);
    expect(driftState([one], days)).toBe('drifting');
    expect(driftState([one], [over(0, 31), over(30, 31, 0.1)])).toBe('none');
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
