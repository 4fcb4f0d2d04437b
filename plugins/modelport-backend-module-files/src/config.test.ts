import { mockServices } from '@backstage/backend-test-utils';
import { readFilesSourcesConfig } from './config';

const read = (files: unknown) =>
  readFilesSourcesConfig(
    mockServices.rootConfig({
      data: JSON.parse(JSON.stringify({ modelport: { sources: { files } } })),
    }),
  );

describe('readFilesSourcesConfig', () => {
  it('is empty without config', () => {
    expect(read(undefined)).toEqual([]);
  });

  it('fills in defaults and leaves out what is not enabled', () => {
    expect(
      read({
        demo: { directory: 'examples' },
        off: { enabled: false },
        repo: { url: 'https://example.org/tree', maxFileSize: 5 },
      }),
    ).toEqual([
      {
        id: 'demo',
        place: { directory: 'examples' },
        maxFileSize: 67108864,
        maxTotalSize: 1073741824,
        maxFiles: 100000,
      },
      {
        id: 'repo',
        place: { url: 'https://example.org/tree' },
        maxFileSize: 5,
        maxTotalSize: 1073741824,
        maxFiles: 100000,
      },
    ]);
  });

  it.each([
    [
      { a: {} },
      'modelport.sources.files.a: expected exactly one of directory and url, found neither',
    ],
    [{ a: { directory: 'x', url: 'https://x' } }, 'found both'],
    [{ a: { url: 'models' } }, 'modelport.sources.files.a.url: expected'],
    [
      { a: { directory: 'x', maxFiles: 0 } },
      'modelport.sources.files.a.maxFiles: expected a whole number above 0',
    ],
    [{ a: { directory: 3 } }, 'modelport.sources.files.a.directory'],
  ])('refuses %j', (files, message) => {
    expect(() => read(files)).toThrow(message);
  });
});
