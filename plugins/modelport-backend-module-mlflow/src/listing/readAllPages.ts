import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Reads a paged answer of the server to its end.
 *
 * @throws `ServiceUnavailableError` where the server's tokens lead in a circle
 */
export async function readAllPages<T>(
  where: string,
  read: (
    pageToken: string | undefined,
  ) => Promise<{ items: T[]; nextPageToken: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await read(pageToken);
    all.push(...page.items);
    pageToken = page.nextPageToken || undefined;
    if (pageToken && (seen.has(pageToken) || page.items.length === 0)) {
      throw new ServiceUnavailableError(
        `${where} leads in a circle: page ${
          seen.size + 1
        } names a next page that brings nothing new`,
      );
    }
    seen.add(pageToken ?? '');
  } while (pageToken);
  return all;
}
