const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/** What files gave as texts, with numbers and booleans read as such. */
export function withScalars(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withScalars);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, withScalars(part)]),
    );
  }
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  return typeof value === 'string' && NUMBER.test(value)
    ? Number(value)
    : value;
}
