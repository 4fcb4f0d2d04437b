import { spawn } from 'node:child_process';

/**
 * Runs a command with this terminal and answers its exit code; being told to stop is passed on. Ctrl-C reaches the
 * command with this script, which waits for it to end; `passInterrupt` is for a command that takes it twice without
 * harm, and may be stopped without a terminal.
 */
export function runCommand(
  command,
  args,
  { passInterrupt = false, ...options } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const pass = signal => child.kill(signal);
    const wait = passInterrupt ? pass : () => {};
    process.on('SIGINT', wait);
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}
