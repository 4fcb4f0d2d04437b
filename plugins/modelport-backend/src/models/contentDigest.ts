import { createHash } from 'node:crypto';

/** SHA-256 over the content with its keys in order, so that the order in an answer does not count. */
export function contentDigest(content: unknown): string {
  return createHash('sha256')
    .update(
      JSON.stringify(content, (_key, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(
              Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
            )
          : value,
      ),
    )
    .digest('hex');
}
