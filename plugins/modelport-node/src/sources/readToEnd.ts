import { PageOptions, SourcePage } from './ModelSource';

/** Pages without anything in them that may follow each other, as where all that they had was left out. */
const MOST_EMPTY_PAGES = 1000;

/**
 * Walks a paged listing to its end. The next page is asked for while the caller still works on the one before.
 *
 * @param options - `pageToken` where an earlier walk was cut short.
 * @throws what `list` throws; an error where the list has no end: where a page token comes a second time, or 1000 pages
 * with nothing in them follow each other.
 * @public
 */
export async function* readToEnd<T>(
  list: (options: PageOptions) => Promise<SourcePage<T>>,
  options: PageOptions,
): AsyncGenerator<SourcePage<T>> {
  const { signal } = options;
  const tokens = new Set<string>();
  let emptyPages = 0;
  let next: Promise<SourcePage<T>> | undefined = list(options);
  while (next) {
    const page: SourcePage<T> = await next;
    const pageToken = page.nextPageToken;
    if (pageToken !== undefined && tokens.has(pageToken)) {
      throw new Error(
        'The list gave a page token for the second time, so it has no end; what was read is kept',
      );
    }
    const isEmpty = page.items.length === 0 && !page.problems?.length;
    emptyPages = isEmpty ? emptyPages + 1 : 0;
    if (pageToken !== undefined && emptyPages >= MOST_EMPTY_PAGES) {
      throw new Error(
        `The list gave ${MOST_EMPTY_PAGES} pages with nothing in them one after the other, so it seems to have no end; what was read is kept`,
      );
    }
    tokens.add(pageToken ?? '');
    next = pageToken === undefined ? undefined : list({ pageToken, signal });
    // Whoever stops early does not hear of the page that was asked for ahead.
    next?.catch(() => {});
    yield page;
    signal.throwIfAborted();
  }
}
