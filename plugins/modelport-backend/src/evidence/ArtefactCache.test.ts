import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { chmod, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { ArtefactCache } from './ArtefactCache';

const BYTES = Buffer.from('what lies at the source');
const DIGEST = createHash('sha256').update(BYTES).digest('hex');
const DAY_MS = 24 * 60 * 60 * 1000;

describe('ArtefactCache', () => {
  let directory: string;
  let fetched: string[];
  let state: string;
  let files: Map<string, Buffer>;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'artefacts-'));
    fetched = [];
    state = 's1';
    files = new Map([['a.bin', BYTES]]);
  });

  afterEach(() => rm(directory, { recursive: true }));

  const cache = (megabytes = 1) =>
    new ArtefactCache({
      directory,
      keep: { days: 7 },
      megabytes,
      models: {
        versionState: async () => ({ createdAt: null, state }),
      },
      readings: {
        streamArtefact: async (_of, path, { take }) => {
          fetched.push(path);
          const bytes = files.get(path);
          if (!bytes) {
            throw new NotFoundError(`There is no ${path}`);
          }
          return take(
            (async function* parts() {
              yield bytes.subarray(0, 5);
              yield bytes.subarray(5);
            })(),
          );
        },
      },
    });
  const of = (path: string) => ({
    source: 's',
    name: 'm',
    version: '1',
    path,
  });

  it('keeps files where nobody else can put any, and refuses a folder of somebody else', async () => {
    const { file } = await cache().get(of('a.bin'));
    const folder = join(directory, 'contents');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(folder, 0o777);
    expect((await cache().get(of('a.bin'))).file).toBe(file);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);

    const me = jest.spyOn(process, 'getuid').mockReturnValue(123_456);
    await expect(cache().get(of('a.bin'))).rejects.toThrow(
      /belongs to another user/,
    );
    me.mockRestore();
  });

  it('fetches a file once for each state of its version, whoever asks, and keeps the same bytes once', async () => {
    const one = cache();
    const [first, second] = await Promise.all([
      one.get(of('a.bin')),
      one.get(of('a.bin')),
    ]);
    expect(first).toEqual({ file: second.file, digest: DIGEST, size: 23 });
    expect(await readFile(first.file)).toEqual(BYTES);
    await cache().get(of('a.bin'));
    expect(fetched).toEqual(['a.bin']);
    state = 's2';
    expect((await cache().get(of('a.bin'))).file).toBe(first.file);
    expect(fetched).toHaveLength(2);
  });

  it('deletes what nobody used for as long as config says, and fetches it again', async () => {
    const one = cache();
    const { file } = await one.get(of('a.bin'));
    await one.sweep(new Date(Date.now() + 6 * DAY_MS));
    expect(existsSync(file)).toBe(true);
    await one.sweep(new Date(Date.now() + 8 * DAY_MS));
    expect(existsSync(file)).toBe(false);
    expect(await readFile((await one.get(of('a.bin'))).file)).toEqual(BYTES);
    expect(fetched).toHaveLength(2);
  });

  it('deletes the oldest of what is more than config allows', async () => {
    files.set('b.bin', Buffer.alloc(600_000, 1));
    files.set('c.bin', Buffer.alloc(600_000, 2));
    const one = cache();
    const old = await one.get(of('b.bin'));
    const before = new Date(Date.now() - DAY_MS);
    await utimes(old.file, before, before);
    const young = await one.get(of('c.bin'));
    await one.sweep(new Date());
    expect([old, young].map(({ file }) => existsSync(file))).toEqual([
      false,
      true,
    ]);
  });

  it('keeps nothing of a file that is too large, not there, or for one use only', async () => {
    files.set('big.bin', Buffer.alloc(2 * 1024 * 1024));
    const one = cache();
    await expect(one.get(of('big.bin'))).rejects.toThrow(
      'big.bin has more than 1048576 bytes; no larger files are fetched (modelport.evidence.cache.megabytes)',
    );
    fetched = [];
    await expect(
      one.get({ ...of('big.bin'), size: 2 * 1024 * 1024 }),
    ).rejects.toThrow('big.bin has more than 1048576 bytes');
    expect(fetched).toEqual([]);
    await expect(one.get(of('gone.bin'))).rejects.toThrow(NotFoundError);
    let used = '';
    await one.useOnce(of('a.bin'), async ({ file, digest }) => {
      expect([await readFile(file), digest]).toEqual([BYTES, DIGEST]);
      used = file;
    });
    expect(existsSync(used)).toBe(false);
    expect(existsSync(join(directory, 'contents'))).toBe(false);
  });
});
