import { createMockDirectory } from '@backstage/backend-test-utils';
import { readdirSync } from 'node:fs';
import { GitRepositories } from './GitRepositories';

describe('GitRepositories', () => {
  const mockDir = createMockDirectory();

  it('makes a repository once for pushes of the same moment, and leaves nothing of the others', async () => {
    const repositories = new GitRepositories(mockDir.path);
    await repositories.prepare();
    await Promise.all([1, 2, 3].map(() => repositories.create('credit')));
    expect(readdirSync(repositories.root).sort()).toEqual([
      '.empty.git',
      'credit.git',
    ]);
    expect(readdirSync(mockDir.resolve('scratch'))).toEqual([]);
    expect(await repositories.isEmpty('credit')).toBe(true);
  });

  it('says so where it can make none', async () => {
    const repositories = new GitRepositories(mockDir.path);
    await repositories.prepare();
    mockDir.addContent({ 'not-a-folder': '' });
    const elsewhere = new GitRepositories(mockDir.resolve('not-a-folder'));
    await expect(elsewhere.create('credit')).rejects.toThrow();
    await expect(repositories.create('../credit')).rejects.toThrow(
      'A repository is named',
    );
  });
});
