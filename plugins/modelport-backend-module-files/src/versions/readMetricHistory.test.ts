import { readMetricHistory } from './readMetricHistory';

describe('readMetricHistory', () => {
  it('reads points in the order of steps and times', () => {
    const history = readMetricHistory(
      'metric,step,time,value\r\nloss,10,2026-01-01T00:00:01Z,0.25\r\nloss,0,,NaN\r\n"a,""b""",1,2026-01-01T00:00:00+01:00,-inf\r\n',
    );
    expect(Object.fromEntries(history)).toEqual({
      loss: [
        { step: 0, time: null, value: NaN },
        { step: 10, time: Date.UTC(2026, 0, 1, 0, 0, 1), value: 0.25 },
      ],
      'a,"b"': [
        { step: 1, time: Date.UTC(2025, 11, 31, 23), value: -Infinity },
      ],
    });
  });

  it('takes columns in any order, and none for times', () => {
    expect(readMetricHistory('value,metric,step\n1,m,2').get('m')).toEqual([
      { step: 2, time: null, value: 1 },
    ]);
  });

  it.each([
    ['', /expected one column metric/],
    ['metric,step,value,value\n', /expected one column value/],
    ['metric,step,value\nm,1', 'expected 3 fields, found 2 (line 2)'],
    ['metric,step,value\n\nm,x,1', 'step: expected a whole number (line 3)'],
    ['metric,step,value\nm,1,', /value: expected a number.*\(line 2\)/],
    ['metric,step,value\n,1,1', /metric: expected text.*\(line 2\)/],
    ['metric,step,time,value\nm,1,noon,1', /time: expected a time.*\(line 2\)/],
  ])('refuses %j', (csv, message) => {
    expect(() => readMetricHistory(csv)).toThrow(message);
  });
});
