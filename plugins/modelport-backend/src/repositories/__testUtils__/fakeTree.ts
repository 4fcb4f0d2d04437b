import { UrlReaderService } from '@backstage/backend-plugin-api';
import { NotModifiedError } from '@backstage/errors';

/**
 * A reader of one tree, that asks the filter of each file as those of git hosts do.
 *
 * @param files - path and content; a number stands for a file of that size whose content nobody may ask for
 */
export function fakeTree(
  files: () => Iterable<[string, string | number]>,
  etag: () => string = () => 'first',
) {
  const readTree: UrlReaderService['readTree'] = async (_url, options) => {
    if (options?.etag === etag()) {
      throw new NotModifiedError();
    }
    const chosen: Array<{ path: string; content: () => Promise<Buffer> }> = [];
    for (const [path, content] of files()) {
      const size = typeof content === 'number' ? content : content.length;
      options?.signal?.throwIfAborted();
      if (options?.filter?.(path, { size })) {
        chosen.push({
          path,
          content: async () => Buffer.from(String(content)),
        });
      }
    }
    return {
      files: async () => chosen,
      archive: () => Promise.reject(new Error('Nobody asks for it')),
      dir: () => Promise.reject(new Error('Nobody asks for it')),
      etag: etag(),
    };
  };
  return { readTree: jest.fn(readTree) };
}
