import {
  formatBytes,
  formatDelta,
  formatFigure,
  formatShare,
} from './formatFigure';
import { formatAge } from './formatTime';

describe('formatFigure', () => {
  it.each([
    [0.227430224, '0.2274'],
    [0, '0'],
    [19819, '19,819'],
    [1234.56, '1,234.6'],
    [0.0000123456, '1.235e-5'],
    [-57.716, '-57.72'],
    ['NaN' as const, 'NaN'],
    ['-Infinity' as const, '-Infinity'],
  ])('writes %s as %s', (figure, text) => {
    expect(formatFigure(figure)).toBe(text);
  });

  it('writes differences, shares and sizes', () => {
    expect(formatDelta(0.01)).toBe('+0.01');
    expect(formatDelta(-0.01)).toBe('−0.01');
    expect(formatDelta(0)).toBe('±0');
    expect(formatShare(0.999)).toBe('99%');
    expect(formatShare(1)).toBe('100%');
    expect(formatShare(0.001)).toBe('< 1%');
    expect(formatBytes(419712)).toBe('420 kB');
    expect(formatBytes(12)).toBe('12 B');
  });
});

describe('formatAge', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');

  it.each([
    ['2026-03-10T11:59:30Z', '30 seconds ago'],
    ['2026-03-10T09:00:00Z', '3 hours ago'],
    ['2026-03-09T11:00:00Z', 'yesterday'],
    ['2024-03-01T00:00:00Z', '2 years ago'],
    ['nonsense', 'nonsense'],
  ])('says of %s: %s', (time, age) => {
    expect(formatAge(time, now)).toBe(age);
  });
});
