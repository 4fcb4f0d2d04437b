import { InputError } from '@backstage/errors';
import { SourcePage } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { compareText } from '../tree/FileTree';

const tokenSchema = z.array(z.string()).min(1).max(2);

/**
 * Cuts a sorted list into pages. A token is the last item's key, so that what comes or goes meanwhile shifts nothing.
 *
 * @param keyOf - What the items are sorted by, part by part.
 * @throws `InputError` where the token is none of ours.
 */
export function toPage<T>(
  items: T[],
  options: {
    size: number;
    keyOf: (item: T) => string[];
    pageToken: string | undefined;
  },
): SourcePage<T> {
  const { size, keyOf, pageToken } = options;
  const after = pageToken === undefined ? undefined : parseToken(pageToken);
  const start = after
    ? items.findIndex(item => compareKeys(keyOf(item), after) > 0)
    : 0;
  const page = start < 0 ? [] : items.slice(start, start + size);
  const isLast = start < 0 || start + size >= items.length;
  return {
    items: page,
    ...(isLast
      ? {}
      : { nextPageToken: JSON.stringify(keyOf(page[page.length - 1])) }),
  };
}

function parseToken(token: string): string[] {
  try {
    return tokenSchema.parse(JSON.parse(token));
  } catch (error) {
    throw new InputError('The page token is not one of this source', error);
  }
}

function compareKeys(a: string[], b: string[]): number {
  for (const [index, part] of a.entries()) {
    const order = compareText(part, b[index] ?? '');
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}
