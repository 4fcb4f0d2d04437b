/** A map of what strangers wrote; anything else has no parts. */
export function part(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.hasOwn(value, key)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}

/** A part of a part, some levels down. */
export function partAt(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>(part, value);
}

/** The items of a list; none for anything else. */
export function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text; undefined for anything else and for nothing but spaces. */
export function textPart(value: unknown, key: string): string | undefined {
  const found = part(value, key);
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
}

/** Names and values that are texts or numbers, as texts. */
export function textRecord(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) =>
      ['string', 'number', 'boolean'].includes(typeof entry) && key !== ''
        ? [[key, String(entry)]]
        : [],
    ),
  );
}
