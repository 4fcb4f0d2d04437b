/** A number as evidence holds it; null for what is none. */
export function figureOf(
  value: unknown,
): number | 'NaN' | 'Infinity' | '-Infinity' | null {
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') {
    return value;
  }
  if (typeof value !== 'number') {
    return null;
  }
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (Number.isFinite(value)) {
    return value;
  }
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** A finite number; null for all else. */
export function numberOf(value: unknown): number | null {
  const figure = figureOf(value);
  return typeof figure === 'number' ? figure : null;
}
