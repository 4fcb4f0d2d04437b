#!/usr/bin/env node
/**
 * What `npm run setup|start|test|test:e2e|test:templates|bench` and `yarn start` run. Works on Node 20 and newer without any
 * dependency: where Node or Yarn are not what Backstage needs, npm brings them and this script runs again on those.
 */
import { join } from 'node:path';
import { bench } from './bench.mjs';
import { e2e } from './e2e.mjs';
import { Mistake } from './Mistake.mjs';
import { ROOT } from './paths.mjs';
import { runAgainOnToolchain } from './toolchain.mjs';
import { setup } from './setup.mjs';
import { readSettings } from './settings.mjs';
import { start } from './start.mjs';
import { templates } from './templates.mjs';
import { test } from './test.mjs';

const COMMANDS = {
  setup,
  start,
  test,
  'test:e2e': e2e,
  'test:templates': templates,
  bench,
};

async function main([name, ...args]) {
  const command = COMMANDS[name];
  if (!command) {
    throw new Mistake(
      `Say what to run: ${Object.keys(COMMANDS).join(
        ', ',
      )}. For example: npm start`,
    );
  }
  process.chdir(ROOT);
  endWithNpm();
  if (name === 'start') {
    // A wrong setting is told at once, before anything is downloaded.
    readSettings(process.env);
  }
  const script = join(ROOT, '.tools', 'run.mjs');
  const code =
    (await runAgainOnToolchain([script, name, ...args])) ??
    (await command(args)) ??
    0;
  process.exitCode = code;
}

/** npm that is told to stop does not pass it on to what it runs; so that nothing is left behind, this looks for it. */
function endWithNpm() {
  const { ppid } = process;
  if (process.env.npm_lifecycle_event && !process.connected) {
    setInterval(() => {
      if (process.ppid !== ppid) {
        process.kill(process.pid, 'SIGTERM');
      }
    }, 1000).unref();
  }
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(
    error instanceof Mistake ? `\n${error.message}\n` : `${error.stack}\n`,
  );
  process.exitCode = 1;
});
