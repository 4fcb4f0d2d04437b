import { ServiceUnavailableError } from '@backstage/errors';
import { TooManyItemsError } from '../client/errors';

const MOST_PAGES = 1000;

/**
 * Reads a paged answer of the server to its end.
 *
 * @param list - where it is, for error messages, and how many items of it are read at most
 * @throws `ServiceUnavailableError` where the server's tokens lead in a circle; `TooManyItemsError` where there are more
 * items than that, or more than 1000 pages
 */
export async function readAllPages<T>(
  list: { where: string; most: number },
  read: (
    pageToken: string | undefined,
  ) => Promise<{ items: T[]; nextPageToken: string | undefined }>,
): Promise<T[]> {
  const { where, most } = list;
  const all: T[] = [];
  const seen = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await read(pageToken);
    // One by one: more than about 100,000 arguments overflow the stack.
    for (const item of page.items) {
      all.push(item);
    }
    pageToken = page.nextPageToken || undefined;
    if (pageToken && (seen.has(pageToken) || page.items.length === 0)) {
      throw new ServiceUnavailableError(
        `${where} leads in a circle: page ${
          seen.size + 1
        } names a next page that brings nothing new. What was read before stays.`,
      );
    }
    seen.add(pageToken ?? '');
    if (all.length > most || (pageToken && seen.size >= MOST_PAGES)) {
      throw new TooManyItemsError(
        `${where} has more than is read: at most ${most} items in ${MOST_PAGES} pages. What was read before stays.`,
      );
    }
  } while (pageToken);
  return all;
}
