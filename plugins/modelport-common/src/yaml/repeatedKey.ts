import { Document, isScalar, visit } from 'yaml';

/**
 * A key that stands twice in one map of a document, in a time that grows with its length: the parser's own check of that
 * grows with the square, so it is left off.
 */
export function repeatedKey(document: Document): string | undefined {
  let repeated: string | undefined;
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (isScalar(key)) {
          if (seen.has(key.value)) {
            repeated = String(key.value).slice(0, 100);
            return visit.BREAK;
          }
          seen.add(key.value);
        }
      }
      return undefined;
    },
  });
  return repeated;
}
