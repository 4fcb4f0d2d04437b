import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Ends as Backstage does: slowly on the first signal, at once on the second. */
const PROCESS = `
const { endOnFirstSignal } = require(process.argv[1]);
let ending = false;
endOnFirstSignal(process);
const end = () => {
  if (ending) process.exit(3);
  ending = true;
  console.log('ending');
  process.stdin.once('data', () => process.exit(0));
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
process.stdin.resume();
console.log('ready');
`;

describe('endOnFirstSignal', () => {
  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGTERM'],
  ] as const)(
    'goes on ending by %s where %s follows',
    async (first, second) => {
      const child = spawn(
        process.execPath,
        [
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
          '--eval',
          PROCESS,
          join(__dirname, 'endOnFirstSignal.ts'),
        ],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      const lines = createInterface({ input: child.stdout });
      const exited = once(child, 'exit');
      for await (const line of lines) {
        if (line === 'ready') {
          child.kill(first);
        } else {
          child.kill(second);
          child.stdin.write('end\n');
        }
      }
      expect(await exited).toEqual([0, null]);
    },
    30_000,
  );
});
