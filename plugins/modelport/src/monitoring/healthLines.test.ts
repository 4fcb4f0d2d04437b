import { testDriftingMonitoring } from '../__testUtils__/testMonitoring';
import { dataHealth, performanceHealth } from './healthLines';
import { timeQuery } from './timeQuery';
import { windowLabel } from './windowLabel';

describe('the lines of health', () => {
  const { performance, integrity } = testDriftingMonitoring();

  it('speak of the newest window of performance', () => {
    expect(performanceHealth(performance)).toEqual({
      metric: 'roc_auc',
      kind: 'estimated',
      start: '2019-05-01T00:00:00.000Z',
      end: '2019-06-01T00:00:00.000Z',
      breach: false,
    });
    const [realised] = performance;
    expect(performanceHealth([realised])).toMatchObject({
      kind: 'realised',
      start: '2019-03-01T00:00:00.000Z',
      breach: false,
    });
    const points = realised.points.map(point => ({
      ...point,
      open: false,
      breach: true,
    }));
    expect(performanceHealth([{ ...realised, points }])).toMatchObject({
      start: '2019-04-01T00:00:00.000Z',
      breach: true,
    });
    expect(performanceHealth([])).toBeNull();
  });

  it('count the findings of the newest window that has any', () => {
    const [finding] = integrity;
    const older = { ...finding, start: '2018-01-01T00:00:00.000Z' };
    expect(dataHealth([older, finding, finding], [])).toEqual({
      isFine: false,
      count: 2,
      start: finding.start,
      end: finding.end,
    });
    expect(dataHealth([], [])).toBeNull();
  });

  it('tell data that were checked and are fine from those that nobody looked at', () => {
    const [finding] = integrity;
    const checked = { feature: 'age', tool: 'Modelport' };
    const same = { start: finding.start, end: finding.end };
    const later = {
      start: '2019-06-01T00:00:00.000Z',
      end: '2019-07-01T00:00:00.000Z',
    };
    expect(dataHealth([finding], [{ ...checked, ...same }])).toEqual({
      isFine: false,
      count: 1,
      ...same,
    });
    expect(dataHealth([finding], [{ ...checked, ...later }])).toEqual({
      isFine: true,
      count: 1,
      ...later,
    });
    const whole = { feature: null, tool: 'SageMaker Model Monitor' };
    expect(
      dataHealth(
        [finding],
        [
          { ...checked, ...same },
          { ...whole, ...later },
        ],
      ),
    ).toEqual({ isFine: true, count: 0, ...later });
  });
});

it.each([
  ['2019-04-01T00:00:00.000Z', '2019-05-01T00:00:00.000Z', '2019-04'],
  ['2019-12-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z', '2019-12'],
  ['2019-04-02T00:00:00.000Z', '2019-04-03T00:00:00.000Z', '2019-04-02'],
  [
    '2019-04-02T00:00:00.000Z',
    '2019-04-09T00:00:00.000Z',
    '2019-04-02 – 2019-04-08',
  ],
  ['2019-04-02T13:00:00.000Z', '2019-04-02T14:00:00.000Z', '2019-04-02 13:00Z'],
])('the window from %s to %s is %s', (start, end, label) => {
  expect(windowLabel(start, end)).toBe(label);
});

it('asks for the last day as well, and for nothing where it is no day', () => {
  expect(timeQuery({ from: '2019-04-01', to: '2019-04-30' })).toEqual({
    from: '2019-04-01T00:00:00.000Z',
    to: '2019-05-01T00:00:00.000Z',
  });
  expect(timeQuery({ from: 'x' })).toEqual({});
});
