import { join } from 'node:path';
import { commandOf, ROOT } from './paths.mjs';
import { runCommand } from './runCommand.mjs';
import { setup } from './setup.mjs';

/** Walks the portal in a real browser, against real servers. */
export async function e2e(args) {
  await setup();
  return runCommand(
    process.execPath,
    [
      commandOf('@playwright/test/cli.js'),
      'test',
      '--config=e2e/playwright.config.ts',
      ...args,
    ],
    { cwd: join(ROOT, 'test') },
  );
}
