import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { FileTree } from './FileTree';
import { EntryBudget, listFiles } from './walkTree';

describe('FileTree', () => {
  const mockDir = createMockDirectory();
  const { signal } = new AbortController();

  beforeEach(() => {
    mockDir.setContent({
      'secret.txt': 'secret',
      outside: { 'file.txt': 'outside' },
      root: {
        'a.txt': 'abc',
        sub: { 'b.txt': 'b', deep: { 'c.txt': 'c' } },
        '.git': { config: 'x' },
      },
    });
  });

  const openTree = () => FileTree.open(mockDir.resolve('root'));

  it('lists a folder by name', async () => {
    const tree = await openTree();
    expect(await tree.list('')).toMatchObject([
      { name: '.git', kind: 'folder' },
      { name: 'a.txt', path: 'a.txt', kind: 'file', size: 3 },
      { name: 'sub', path: 'sub', kind: 'folder', size: null },
    ]);
    expect(await tree.list('sub/deep')).toMatchObject([
      { path: 'sub/deep/c.txt' },
    ]);
  });

  it.each([
    '..',
    '../secret.txt',
    'sub/../../secret.txt',
    '/etc/passwd',
    'sub//b.txt',
    './a.txt',
    'a.txt\0',
    '..\\secret.txt',
  ])('refuses the path %j', async path => {
    const tree = await openTree();
    await expect(tree.read(path, 100)).rejects.toMatchObject({
      name: 'InputError',
    });
    await expect(tree.list(path)).rejects.toMatchObject({ name: 'InputError' });
  });

  it('refuses links that leave the folder and says so in listings', async () => {
    symlinkSync(mockDir.resolve('secret.txt'), mockDir.resolve('root/l1'));
    symlinkSync('../outside', mockDir.resolve('root/l2'));
    symlinkSync('nowhere', mockDir.resolve('root/l3'));
    symlinkSync('l4', mockDir.resolve('root/l4'));
    const tree = await openTree();
    const kinds = (await tree.list('')).map(({ name, kind }) => [name, kind]);
    expect(kinds).toEqual([
      ['.git', 'folder'],
      ['a.txt', 'file'],
      ['l1', 'refused'],
      ['l2', 'refused'],
      ['l3', 'refused'],
      ['l4', 'refused'],
      ['sub', 'folder'],
    ]);
    await expect(tree.read('l1', 100)).rejects.toThrow(
      'l1 is a link that leaves the folder',
    );
    await expect(tree.read('l2/file.txt', 100)).rejects.toThrow(
      'is a link that leaves the folder',
    );
    await expect(tree.list('l2')).rejects.toThrow(
      'is a link that leaves the folder',
    );
  });

  it('follows links to files within, never links to folders', async () => {
    symlinkSync('sub/b.txt', mockDir.resolve('root/file'));
    symlinkSync('..', mockDir.resolve('root/sub/loop'));
    const tree = await openTree();
    expect((await tree.read('file', 10)).toString()).toBe('b');
    const files = await listFiles(tree, '', {
      budget: new EntryBudget(100),
      signal,
    });
    expect(files.map(({ path }) => path)).toEqual([
      'a.txt',
      'file',
      '.git/config',
      'sub/b.txt',
      'sub/deep/c.txt',
    ]);
  });

  it('takes a link as its root, and only a folder', async () => {
    symlinkSync('root', mockDir.resolve('current'));
    const tree = await FileTree.open(mockDir.resolve('current'));
    expect((await tree.read('a.txt', 10)).toString()).toBe('abc');
    await expect(FileTree.open(mockDir.resolve('secret.txt'))).rejects.toThrow(
      'is not a folder',
    );
  });

  it('opens nothing but plain files, and none beyond the limit', async () => {
    execFileSync('mkfifo', [mockDir.resolve('root/pipe')]);
    const tree = await openTree();
    expect((await tree.list('')).map(({ name }) => name)).not.toContain('pipe');
    await expect(tree.read('pipe', 10)).rejects.toThrow('is not a file');
    await expect(tree.read('sub', 10)).rejects.toThrow('is not a file');
    await expect(tree.read('a.txt', 2)).rejects.toThrow(
      'a.txt has 3 bytes; at most 2 are read',
    );
  });

  it('says what is missing without naming the machine', async () => {
    const tree = await openTree();
    await expect(tree.read('sub/none', 10)).rejects.toThrow(
      expect.objectContaining({
        name: 'NotFoundError',
        message: "There is no 'sub/none' in the folder",
      }),
    );
    await expect(tree.list('a.txt')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('changes the identity of a file that was written anew', async () => {
    const tree = await openTree();
    const before = await tree.list('sub');
    writeFileSync(mockDir.resolve('root/sub/b.txt'), 'B');
    const after = await tree.list('sub');
    expect(after[0].identity).not.toBe(before[0].identity);
    expect(after[1]).toEqual(before[1]);
  });

  it('stops at the entries that a scan may look at', async () => {
    const tree = await openTree();
    await expect(
      listFiles(tree, '', { budget: new EntryBudget(3), signal }),
    ).rejects.toThrow('more than 3 files and folders (maxFiles)');
  });
});
