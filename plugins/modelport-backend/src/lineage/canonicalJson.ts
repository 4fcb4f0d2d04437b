/**
 * JSON with the keys of every object in one order, so that the same event is the same text. What is in order already, as
 * most tools write it, is not built anew. It is not deep.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value));
}

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const items = value.map(ordered);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries: Array<[string, unknown]> = Object.entries(value);
  let isSame = true;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    const inner = ordered(entry[1]);
    if (inner !== entry[1]) {
      entry[1] = inner;
      isSame = false;
    }
    isSame &&= i === 0 || entries[i - 1][0] < entry[0];
  }
  return isSame
    ? value
    : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
