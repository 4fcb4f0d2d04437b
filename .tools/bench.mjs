import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runCommand } from './runCommand.mjs';
import { setup } from './setup.mjs';

/** Measures the portal beside others; one JSON line a figure. */
export async function bench(args) {
  await setup();
  return runCommand(process.execPath, [
    '--no-warnings',
    join(ROOT, 'test', 'bench', 'run.ts'),
    ...args,
  ]);
}
