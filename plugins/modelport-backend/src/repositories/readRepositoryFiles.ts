import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  checkedAs,
  MOST_CHECKED_BYTES,
  RepositoryFiles,
} from '@modelport/plugin-modelport-common';

/** What is read of a repository at most: all that its archive lists and unpacks to, and how long it takes. */
export interface RepositoryLimits {
  files: number;
  bytes: number;
  milliseconds: number;
}

/**
 * Reads of a repository what a check looks at. Its archive may be of any size and hold anything: of each path only the
 * first file counts, and reading stops where there is more than the limits allow.
 *
 * @param etag - of what is known already.
 * @throws `NotModifiedError` where it has not changed since; `Error` that says why it can't be read.
 */
export async function readRepositoryFiles(
  reader: Pick<UrlReaderService, 'readTree'>,
  url: string,
  options: { etag?: string; limits: RepositoryLimits },
): Promise<{ files: RepositoryFiles; etag: string }> {
  const { etag, limits } = options;
  const files = new Map<string, string | null>();
  const stop = new AbortController();
  const tooMuch = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason));
  });
  tooMuch.catch(() => undefined);
  const timer = setTimeout(
    () =>
      stop.abort(
        new Error(
          `Reading it took longer than ${limits.milliseconds / 1000} s`,
        ),
      ),
    limits.milliseconds,
  );
  let seen = 0;
  let bytes = 0;
  const filter = (path: string, info?: { size: number }): boolean => {
    seen += 1;
    bytes += info?.size ?? 0;
    if (seen > limits.files || bytes > limits.bytes) {
      stop.abort(
        new Error(
          `It holds more than ${limits.files} files or ${
            limits.bytes / 1_000_000
          } MB`,
        ),
      );
    }
    const wanted = checkedAs(path);
    if (stop.signal.aborted || wanted === undefined || files.has(path)) {
      return false;
    }
    files.set(path, null);
    return wanted === 'content' && (info?.size ?? 0) <= MOST_CHECKED_BYTES;
  };
  try {
    const read = async () => {
      const tree = await reader.readTree(url, {
        ...{ etag, filter, signal: stop.signal },
      });
      for (const { path, content } of await tree.files()) {
        const text = await content();
        if (text.length <= MOST_CHECKED_BYTES) {
          files.set(path, text.toString('utf8'));
        }
      }
      return { files, etag: tree.etag };
    };
    return await Promise.race([read(), tooMuch]);
  } finally {
    clearTimeout(timer);
  }
}
