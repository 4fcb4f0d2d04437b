import { spawn, SpawnOptionsWithoutStdio } from 'node:child_process';

const MOST_ERROR_TEXT = 500;

/** The environment of every git process here: nothing of the machine's or the user's own settings. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/**
 * Runs git and gives what it wrote.
 *
 * @throws an `Error` with the first words of its error output.
 */
export async function runGit(
  args: readonly string[],
  options: SpawnOptionsWithoutStdio = {},
): Promise<Buffer> {
  const child = spawn('git', args, {
    ...options,
    env: { ...gitEnvironment(), ...options.env },
  });
  child.stdin.end();
  const output: Buffer[] = [];
  let problem = '';
  child.stdout.on('data', part => output.push(part));
  child.stderr.on('data', part => {
    problem = `${problem}${part}`.slice(0, MOST_ERROR_TEXT);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`git ${args[0]} ended with ${code}: ${problem.trim()}`);
  }
  return Buffer.concat(output);
}
