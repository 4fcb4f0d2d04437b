import { driftState } from '../driftState';
import {
  DAY,
  DRIFT,
  judge,
  pointOf,
  seriesOf,
  START,
} from './__testUtils__/judgeRules';

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
