/** Parts of a metric that say how it was written rather than what it is. */
const HOW_WRITTEN = ['decimals'];
/** Doubles hold these digits of every number, and two more of some. */
const DIGITS = 15;

/** A value of a card in one line, for where there is no room for more. */
export function plainText(value: unknown): string {
  return plainLines(value).join('\n');
}

/** A value of a card in lines: one an item of a list, or one an entry of a map. */
export function plainLines(value: unknown): string[] {
  if (value === null || value === undefined) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.map(inLine);
  }
  return typeof value === 'object'
    ? Object.entries(value).map(([key, part]) => `${key}: ${inLine(part)}`)
    : [scalar(value)];
}

/** What one value says and another does not: of lists and maps, their lines; of anything else, all of it. */
export function ownLines(value: unknown, other: unknown): string[] {
  const lines = plainLines(value);
  const others = new Set(
    typeof value === 'object' && typeof other === 'object'
      ? plainLines(other)
      : [],
  );
  return lines.filter(line => !others.has(line));
}

/** Numbers without what doubles add at their end, such as the 4 of 0.30000000000000004. */
function scalar(value: unknown): string {
  return String(
    typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value,
  );
}

function inLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return scalar(value ?? '');
  }
  const entries = Object.entries(value).filter(
    ([key, part]) =>
      part !== null && part !== undefined && !HOW_WRITTEN.includes(key),
  );
  const named = new Map(entries);
  const head = [
    named.get('key') ?? named.get('name'),
    named.get('value') ?? named.get('type'),
  ]
    .filter(part => part !== undefined)
    .map(scalar)
    .join(' ');
  const rest = entries
    .filter(([key]) => !['key', 'name', 'value', 'type'].includes(key))
    .map(([key, part]) => `${key} ${inLine(part)}`);
  return [head, ...rest].filter(Boolean).join(', ');
}
