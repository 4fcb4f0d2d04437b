import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './freePort.ts';
import { temporaryFolder } from './paths.ts';
import { readyOrStopped, runProcess, startProcess } from './startProcess.ts';
import { waitFor } from './waitFor.ts';

/** A PostgreSQL of its own, on an empty folder. */
export interface Postgres {
  url: string;
  connection: { host: string; port: number; user: string; password: string };
  stop(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';

/** Starts PostgreSQL from Debian's newest binaries; as the user `postgres` where the caller is root. */
export async function startPostgres(): Promise<Postgres> {
  const bin = newestBinaries();
  const folder = temporaryFolder('postgres');
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const user = userForPostgres();
  if (user) {
    chownSync(folder, user.uid, user.gid);
    chownSync(data, user.uid, user.gid);
  }
  await runProcess({
    name: 'initdb',
    command: join(bin, 'initdb'),
    args: [
      ...['--pgdata', data, '--username', 'modelport', '--encoding', 'UTF8'],
      ...['--locale', 'C', '--auth', 'trust', '--no-sync'],
    ],
    cwd: folder,
    ...user,
    deadlineMs: 60_000,
  });
  const port = await freePort();
  const running = startProcess({
    name: 'postgres',
    command: join(bin, 'postgres'),
    args: [
      ...['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder],
      ...['-c', 'fsync=off', '-c', 'max_connections=200'],
    ],
    cwd: folder,
    ...user,
    // fast shutdown: what is still connected is cut off
    stopSignal: 'SIGINT',
  });
  const connection = {
    host: '127.0.0.1',
    port,
    user: 'modelport',
    password: 'modelport',
  };
  await readyOrStopped(running, () =>
    waitFor(
      'PostgreSQL',
      async () => {
        running.stillAlive();
        const client = new Client({ ...connection, database: 'postgres' });
        try {
          await client.connect();
          await client.query('select 1');
          return true;
        } finally {
          await client.end();
        }
      },
      { deadlineMs: 60_000 },
    ),
  );
  return {
    url: `postgres://modelport:modelport@127.0.0.1:${port}`,
    connection,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newestBinaries(): string {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
    : [];
  const bin = versions
    .map(version => join(DEBIAN, version, 'bin'))
    .find(path => existsSync(join(path, 'initdb')));
  if (!bin) {
    throw new Error(
      `No PostgreSQL found below ${DEBIAN}; install Debian's package postgresql`,
    );
  }
  return bin;
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function userForPostgres(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
