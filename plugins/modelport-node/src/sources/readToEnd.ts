import { PageOptions, SourcePage } from './ModelSource';

/**
 * Walks a paged listing to its end. The next page is asked for while the caller still works on the one before.
 *
 * @param options - `pageToken` where an earlier walk was cut short.
 * @throws what `list` throws; an error where a page token comes a second time, since such a list has no end.
 * @public
 */
export async function* readToEnd<T>(
  list: (options: PageOptions) => Promise<SourcePage<T>>,
  options: PageOptions,
): AsyncGenerator<SourcePage<T>> {
  const { signal } = options;
  const tokens = new Set<string>();
  let next: Promise<SourcePage<T>> | undefined = list(options);
  while (next) {
    const page: SourcePage<T> = await next;
    const pageToken = page.nextPageToken;
    if (pageToken !== undefined && tokens.has(pageToken)) {
      throw new Error(
        'The list gave a page token for the second time, so it has no end; what was read is kept',
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
