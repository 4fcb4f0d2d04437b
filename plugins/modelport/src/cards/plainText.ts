/** A value of a card in one line, for where there is no room for more. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'string') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(plainText).join('\n');
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, part]) => part !== null && part !== undefined)
      .map(([key, part]) => `${key}: ${plainText(part)}`)
      .join(', ');
  }
  return String(value);
}
