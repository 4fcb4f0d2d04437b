/** What PostgreSQL's text cannot hold, and halves of characters, which no database gives back as they were. */
const UNSTORABLE = /\0|\p{Surrogate}/u;
/** How JSON writes them; also finds some that are none, which does no harm. */
const UNSTORABLE_IN_JSON = /\\u(?:0000|d[89a-f])/i;

/** Whether a text comes back from any database as it went in. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** The text with a replacement character for each that no database can hold. */
export function storable(text: string): string {
  return text.replace(new RegExp(UNSTORABLE, 'gu'), '\uFFFD');
}

/** The same for a text that may be absent. */
export function nullable(text: string | null): string | null {
  return text === null ? null : storable(text);
}

/** The same for every text in something made of objects and lists. */
export function storableAll<T>(value: T): T {
  return UNSTORABLE_IN_JSON.test(JSON.stringify(value) ?? '')
    ? replaceIn(value)
    : value;
}

/** What JSON says, with every text in it as databases can hold it. */
export function parseStorable(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return UNSTORABLE_IN_JSON.test(json) ? replaceIn(value) : value;
}

function replaceIn<T>(value: T): T;
function replaceIn(value: unknown): unknown {
  if (typeof value === 'string') {
    return storable(value);
  }
  if (Array.isArray(value)) {
    return value.map(replaceIn);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          storable(key),
          replaceIn(inner),
        ]),
      )
    : value;
}
