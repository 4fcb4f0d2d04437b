import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadTreeResponse,
} from '@backstage/backend-plugin-api';
import { NotModifiedError } from '@backstage/errors';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FilesSource } from '../source/FilesSource';
import { UrlOrigin } from './UrlOrigin';

const URL = 'https://me:secret@git.example.org/org/models/tree/main';

describe('UrlOrigin', () => {
  const mockDir = createMockDirectory();
  const { signal } = new AbortController();
  const limits = { maxFileSize: 100, maxTotalSize: 1000, maxFiles: 10 };
  let files: Record<string, string>;
  let etag: string;
  let fetched: string[];

  /** Extracts `files` as Backstage's readers do: through the filter, into a folder that is the caller's to remove. */
  const readTree = jest.fn(
    async (
      _url: string,
      options?: UrlReaderServiceReadTreeOptions,
    ): Promise<UrlReaderServiceReadTreeResponse> => {
      if (options?.etag === etag) {
        throw new NotModifiedError();
      }
      return {
        etag,
        files: jest.fn(),
        archive: jest.fn(),
        dir: async () => {
          const directory = mockDir.resolve(`fetched-${fetched.length}`);
          mkdirSync(directory);
          fetched.push(directory);
          for (const [path, content] of Object.entries(files)) {
            if (options?.filter?.(path, { size: content.length }) ?? true) {
              mkdirSync(dirname(join(directory, path)), { recursive: true });
              writeFileSync(join(directory, path), content);
            }
          }
          return directory;
        },
      };
    },
  );
  const createOrigin = (overrides = {}) =>
    new UrlOrigin(URL, {
      urlReader: mockServices.urlReader.mock({ readTree }),
      logger: mockServices.logger.mock(),
      limits: { ...limits, ...overrides },
    });

  beforeEach(() => {
    mockDir.clear();
    readTree.mockClear();
    fetched = [];
    etag = 'one';
    files = {
      'm/modelport.yaml': 'name: m',
      'm/versions/1/version.yaml': 'author: ada',
      'm/versions/1/big/model.bin': 'x'.repeat(101),
      '.git/config': 'x',
    };
  });

  it('shows its address without credentials and reads with them', async () => {
    const origin = createOrigin();
    await origin.refresh({ signal });
    expect(origin.url).toBe('https://git.example.org/org/models/tree/main');
    expect(readTree).toHaveBeenCalledWith(URL, expect.anything());
  });

  it('is a source like a directory, large files listed and not fetched', async () => {
    const source = new FilesSource({
      id: 'repo',
      origin: createOrigin(),
      ...limits,
      maxFiles: 100,
    });
    expect((await source.listModels({ signal })).items).toMatchObject([
      { name: 'm' },
    ]);
    const [version] = (await source.listVersions({ signal })).items;
    expect(version).toMatchObject({ version: '1', author: 'ada' });
    expect(await source.listArtefacts(version, 'big', { signal })).toEqual([
      {
        path: 'big/model.bin',
        isFolder: false,
        size: 101,
        state: expect.any(String),
      },
    ]);
    await expect(
      source.readArtefact(version, 'big/model.bin', { signal, maxBytes: 500 }),
    ).rejects.toThrow(
      "m/versions/1/big/model.bin has 101 bytes, more than the source's maxFileSize, and was not fetched",
    );
    expect(existsSync(join(fetched[0], '.git'))).toBe(false);
  });

  it('fetches nothing that has not changed, and keeps revisions over a new fetch', async () => {
    const source = new FilesSource({
      id: 'repo',
      origin: createOrigin(),
      ...limits,
      maxFiles: 100,
    });
    const pass = async () => {
      await source.listModels({ signal });
      return (await source.listVersions({ signal })).items;
    };
    const first = await pass();
    expect(await pass()).toEqual(first);
    expect(fetched).toHaveLength(1);
    etag = 'two';
    expect(await pass()).toEqual(first);
    expect(fetched).toHaveLength(2);
    etag = 'three';
    files['m/versions/1/version.yaml'] = 'author: bob';
    expect(await pass()).not.toEqual(first);
    expect(existsSync(fetched[0])).toBe(false);
    expect(existsSync(fetched[1])).toBe(true);
  });

  it('fetches again what others have removed from the temporary folder', async () => {
    const origin = createOrigin();
    await origin.refresh({ signal });
    rmSync(join(fetched[0], 'm/modelport.yaml'));
    const tree = await origin.refresh({ signal });
    expect((await tree.read('m/modelport.yaml', 100)).toString()).toBe(
      'name: m',
    );
    expect(fetched).toHaveLength(2);
  });

  it('fails and keeps the last tree where the reader fails', async () => {
    const origin = createOrigin();
    const tree = await origin.refresh({ signal });
    readTree.mockRejectedValueOnce(new Error('503'));
    await expect(origin.refresh({ signal })).rejects.toThrow('503');
    expect(await origin.current({ signal })).toBe(tree);
  });

  it.each([
    ['files', { maxFiles: 1 }, 'more than 1 files (maxFiles)'],
    ['bytes', { maxTotalSize: 10 }, '10 bytes (maxTotalSize)'],
  ])('refuses more %s than configured', async (_, overrides, message) => {
    await expect(createOrigin(overrides).refresh({ signal })).rejects.toThrow(
      message,
    );
  });

  it('never lets the path of a large file out of its folder', async () => {
    files['../../evil/model.bin'] = 'x'.repeat(200);
    await createOrigin().refresh({ signal });
    expect(existsSync(mockDir.resolve('../evil'))).toBe(false);
    expect(existsSync(mockDir.resolve('evil'))).toBe(false);
  });

  it('removes what it fetched when it is closed', async () => {
    const origin = createOrigin();
    await origin.refresh({ signal });
    await origin.close();
    expect(existsSync(fetched[0])).toBe(false);
  });
});
