import { fakeTree } from './__testUtils__/fakeTree';
import { readRepositoryFiles } from './readRepositoryFiles';

const URL = 'https://git.example.org/o/r/tree/main/';
const limits = { files: 100, bytes: 1_000_000, milliseconds: 30_000 };

describe('readRepositoryFiles', () => {
  it('reads what is checked, and of what only has to be there nothing', async () => {
    const reader = fakeTree(() => [
      ['modelport.yaml', 'name: a'],
      ['uv.lock', 800_000],
      ['data/rows.csv', 90_000],
      ['docs/model-card.md', 10_000],
    ]);
    const { files, etag } = await readRepositoryFiles(reader, URL, { limits });
    expect(etag).toBe('first');
    expect([...files]).toEqual([
      ['modelport.yaml', 'name: a'],
      ['uv.lock', null],
      ['docs/model-card.md', '10000'],
    ]);
  });

  it('takes the first of files of one path, and none that is too large', async () => {
    const reader = fakeTree(() => [
      ['modelport.yaml', 'first'],
      ['modelport.yaml', 'second'],
      ['catalog-info.yaml', 200_001],
    ]);
    const { files } = await readRepositoryFiles(reader, URL, { limits });
    expect([...files]).toEqual([
      ['modelport.yaml', 'first'],
      ['catalog-info.yaml', null],
    ]);
  });

  it.each<[string, Iterable<[string, number]>]>([
    ['too many files', Array.from({ length: 101 }, (_, at) => [`${at}`, 1])],
    ['too many bytes', [['huge.bin', 1_000_001]]],
  ])('gives up on %s', async (_what, files) => {
    const reader = fakeTree(() => files);
    await expect(readRepositoryFiles(reader, URL, { limits })).rejects.toThrow(
      'It holds more than 100 files or 1 MB',
    );
  });

  it('gives up on what never ends', async () => {
    const reader = { readTree: () => new Promise<never>(() => {}) };
    await expect(
      readRepositoryFiles(reader, URL, {
        limits: { ...limits, milliseconds: 20 },
      }),
    ).rejects.toThrow('Reading it took longer than 0.02 s');
  });
});
