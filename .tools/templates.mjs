import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runCommand } from './runCommand.mjs';
import { setup } from './setup.mjs';

/** Tests and trains a repository of each task and framework; takes long, since each brings its own packages. */
export async function templates(args) {
  await setup();
  return runCommand(process.execPath, [
    '--no-warnings',
    join(ROOT, 'test', 'templates', 'run.ts'),
    ...args,
  ]);
}
