import { mockServices } from '@backstage/backend-test-utils';
import { addFiles } from '@backstage/plugin-scaffolder-node';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal, JournalEntry } from './Journal';

const REPOSITORY: JournalEntry = {
  kind: 'repository',
  url: 'https://git.test/credit',
  source: '.',
  made: true,
};

describe('the journal of a task', () => {
  const workspace = () => mkdtempSync(join(tmpdir(), 'journal-'));

  it('is read by later steps, and has each thing once', async () => {
    const folder = workspace();
    const journal = new Journal(folder);
    await journal.add({ kind: 'model', name: 'credit' });
    await journal.add(REPOSITORY);
    await journal.add({ kind: 'model', name: 'credit' });
    expect(await new Journal(folder).read()).toEqual([
      REPOSITORY,
      { kind: 'model', name: 'credit' },
    ]);
    await journal.clear();
    expect(await journal.read()).toEqual([]);
  });

  it('is no part of what is published, be it the whole workspace', async () => {
    const folder = workspace();
    await new Journal(folder).add(REPOSITORY);
    writeFileSync(join(folder, 'README.md'), '');
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    await addFiles({
      dir: folder,
      filepath: '.',
      auth: { username: '', password: '' },
      logger: mockServices.logger.mock(),
    });
    const files = execFileSync('git', ['ls-files'], { cwd: folder });
    expect(files.toString()).toBe('README.md\n');
  });
});
