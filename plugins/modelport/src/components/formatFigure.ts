import { Figure } from '@modelport/plugin-modelport-common';

const SIGNIFICANT = 4;

/** Writes a figure for people, to four significant digits; `NaN` and the infinities as such. */
export function formatFigure(figure: Figure): string {
  if (typeof figure !== 'number') {
    return figure;
  }
  if (Number.isInteger(figure) && Math.abs(figure) < 1e9) {
    return figure.toLocaleString('en');
  }
  const size = Math.abs(figure);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return figure.toExponential(SIGNIFICANT - 1);
  }
  return size >= 1000
    ? figure.toLocaleString('en', { maximumFractionDigits: 1 })
    : String(Number(figure.toPrecision(SIGNIFICANT)));
}

/** Writes a difference with its sign. */
export function formatDelta(delta: number): string {
  if (delta === 0) {
    return '±0';
  }
  return `${delta > 0 ? '+' : '−'}${formatFigure(Math.abs(delta))}`;
}

/** Writes a share from 0 to 1 as a percentage; never rounds up to 100 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  const rounded = share < 1 ? Math.min(Math.round(percent), 99) : 100;
  return percent > 0 && percent < 1 ? '< 1%' : `${rounded}%`;
}

/** Writes a number of bytes with its unit. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${
    units[unit]
  }`;
}
