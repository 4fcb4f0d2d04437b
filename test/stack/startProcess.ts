import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './paths.ts';
import { GivenUp, waitFor } from './waitFor.ts';

/** A program that a test started, with all that it started itself. */
export interface Running {
  pid: number;
  logFile: string;
  /** Throws `GivenUp` with the end of the log once the program has ended. */
  stillAlive(): void;
  /** Ends the program's process group, and waits until it is gone. */
  stop(): Promise<void>;
  /** Kills the program and all that it started, also in groups of their own, as a power cut would. */
  kill(): Promise<void>;
}

const groups = new Set<number>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endGroups();
    process.kill(process.pid, signal);
  });
}
process.once('exit', endGroups);

/** Starts a program in a process group of its own, with its output in a file below `.data/logs`. */
export function startProcess(options: {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Sent first, SIGTERM unless told; what does not end within `graceMs`, 15 s unless told, is killed. */
  stopSignal?: NodeJS.Signals;
  graceMs?: number;
}): Running {
  const logFile = join(
    dataFolder('logs'),
    `${options.name}-${process.pid}-${Date.now()}.log`,
  );
  const log = openSync(logFile, 'a');
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('error', error => {
    ended = `did not start: ${error.message}`;
  });
  child.once('exit', (code, signal) => {
    ended = `ended with ${signal ?? code}`;
  });
  const pid = child.pid;
  if (pid === undefined) {
    throw new Error(`${options.name}: ${options.command} could not be started`);
  }
  groups.add(pid);
  return {
    pid,
    logFile,
    stillAlive() {
      if (ended) {
        throw new GivenUp(
          `${options.name} ${ended}; the end of ${logFile}:\n${tail(logFile)}`,
        );
      }
    },
    async stop() {
      signalGroup(pid, options.stopSignal ?? 'SIGTERM');
      try {
        await waitFor(
          `${options.name} to end`,
          () => ended !== undefined && !groupLives(pid),
          { deadlineMs: options.graceMs ?? 15_000, everyMs: 50 },
        );
      } catch {
        signalGroup(pid, 'SIGKILL');
        await waitFor(`${options.name} to be killed`, () => !groupLives(pid), {
          deadlineMs: 10_000,
          everyMs: 50,
        });
      }
      groups.delete(pid);
    },
    async kill() {
      const victims = freezeTree(pid);
      victims.forEach(victim => signalOne(victim, 'SIGKILL'));
      await waitFor(
        `${options.name} to be killed`,
        () => ended !== undefined && !victims.some(runs),
        { deadlineMs: 10_000, everyMs: 50 },
      );
      groups.delete(pid);
    },
  };
}

/**
 * Whether a process still holds its files and ports. One that only waits to be collected does not, unless a thread of
 * it lives: files are closed when the last thread has ended.
 */
function runs(pid: number): boolean {
  try {
    return (
      !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) ||
      readdirSync(`/proc/${pid}/task`).length > 1
    );
  } catch {
    return false;
  }
}

/** Stops a process and all that descend from it, so that none of them can start another one; gives them. */
function freezeTree(pid: number): number[] {
  const frozen = [pid];
  signalOne(pid, 'SIGSTOP');
  for (;;) {
    const more = descendants(pid).filter(found => !frozen.includes(found));
    if (more.length === 0) {
      return frozen;
    }
    more.forEach(found => signalOne(found, 'SIGSTOP'));
    frozen.push(...more);
  }
}

/** Processes that a process started, and those that these started. */
function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (/^\d+$/.test(entry)) {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
        // the name, in brackets, may hold anything
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        parents.set(Number(entry), Number(parent));
      } catch {
        // it ended meanwhile
      }
    }
  }
  const found = [pid];
  for (const parent of found) {
    for (const [child, itsParent] of parents) {
      if (itsParent === parent) {
        found.push(child);
      }
    }
  }
  return found.slice(1);
}

/** Waits for what a started program has to answer first; where that fails, the program is stopped. */
export async function readyOrStopped<T>(
  running: Running,
  ready: () => Promise<T>,
): Promise<T> {
  try {
    return await ready();
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Runs a program to its end; throws with the end of its log where it fails. */
export async function runProcess(
  options: Parameters<typeof startProcess>[0] & { deadlineMs: number },
): Promise<{ logFile: string }> {
  const running = startProcess(options);
  try {
    await waitFor(`${options.name} to end`, () => !groupLives(running.pid), {
      deadlineMs: options.deadlineMs,
      everyMs: 50,
    });
  } finally {
    await running.stop();
  }
  try {
    running.stillAlive();
  } catch (error) {
    if (error instanceof Error && !/ ended with 0;/.test(error.message)) {
      throw error;
    }
  }
  return { logFile: running.logFile };
}

function groupLives(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone already
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // gone already
  }
}

/** By the mild signal: what holds groups of its own ends those at it, which nobody else could. */
function endGroups(): void {
  for (const pid of groups) {
    signalGroup(pid, 'SIGTERM');
    // a stopped program would not hear it
    signalGroup(pid, 'SIGCONT');
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-40).join('\n');
}
