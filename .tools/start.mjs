import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { describeFirstPass } from './firstPass.mjs';
import { Mistake } from './Mistake.mjs';
import { commandOf, ROOT } from './paths.mjs';
import { openPortalLog } from './portalLog.mjs';
import { requireFreePorts } from './ports.mjs';
import { setup } from './setup.mjs';
import { readSettings } from './settings.mjs';

/** Time that the portal gets to end by itself: its tasks get ten seconds, and a moment to give back their locks. */
const GRACE_MS = 15_000;
const PAUSE_MS = 250;

const say = text => process.stdout.write(`${text}\n`);

/** Starts the portal, says when and where it can be opened, and stays until it is stopped. */
export async function start(args) {
  const settings = readSettings(process.env);
  await setup();
  await requireFreePorts(settings);

  const { port, backendPort } = settings;
  const logFile = join(
    ROOT,
    '.data',
    port === 3000 ? 'portal.log' : join('logs', `portal-${port}.log`),
  );
  say('Starting Modelport ...');
  settings.words.forEach(say);
  const portal = startPortal({ args, env: settings.env, logFile });
  const backendUrl = `http://127.0.0.1:${backendPort}`;
  try {
    await Promise.all([
      portal
        .answers(`${backendUrl}/.backstage/health/v1/readiness`)
        .then(() => say('The backend answers.')),
      portal
        .answers(`http://127.0.0.1:${port}/`)
        .then(() => say('The pages are built.')),
    ]);
    const lines = await describeFirstPass(backendUrl, portal.ended);
    if (!portal.ended.aborted) {
      lines.forEach(say);
      say(`\nModelport is ready. Open http://localhost:${port}`);
      if (lines.length > 0) {
        say(
          'Reports, explanations and cards among the models’ files are read as the next thing, and figures computed of their data: drift and alerts appear one by one within the first minutes.',
        );
      }
      say(
        `Ctrl-C stops it. All that it says is in ${relative(ROOT, logFile)}.\n`,
      );
    }
  } catch (error) {
    if (!portal.ended.aborted) {
      throw error;
    }
  }
  return portal.exit();
}

/** Runs the frontend and the backend in a process group of their own, so that both can be ended together. */
function startPortal({ args, env, logFile }) {
  let reasons;
  const log = openPortalLog(logFile, {
    // Backstage's own command would wait for a change of the code.
    onGivenUp: given => {
      reasons = given;
      log.silence();
      signalGroup('SIGTERM');
      setTimeout(() => signalGroup('SIGKILL'), GRACE_MS).unref();
    },
  });
  const ended = new AbortController();
  const child = spawn(
    process.execPath,
    [commandOf('@backstage/cli/bin/backstage-cli'), 'repo', 'start', ...args],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { NODE_ENV: 'development', BROWSER: 'none', ...process.env, ...env },
    },
  );
  log.follow(child.stdout);
  log.follow(child.stderr);

  let stopping = false;
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      ended.abort();
      resolve(code);
    });
  });
  const signalGroup = signal => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  };
  const stop = () => {
    if (!stopping) {
      stopping = true;
      log.silence();
      say('\nStopping Modelport ...');
      signalGroup('SIGTERM');
      setTimeout(() => signalGroup('SIGKILL'), GRACE_MS).unref();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, stop);
  }
  // The run on another Node ends with the one that started it, however that ends.
  process.on('disconnect', stop);

  return {
    ended: ended.signal,
    /** Waits until an address answers with success. */
    async answers(url) {
      for (;;) {
        ended.signal.throwIfAborted();
        const response = await fetch(url, { signal: ended.signal }).catch(
          () => undefined,
        );
        await response?.body?.cancel();
        if (response?.ok) {
          return;
        }
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
      }
    },
    /** Waits for the end, and tells one that nobody asked for. */
    async exit() {
      const code = await closed;
      signalGroup('SIGKILL');
      if (process.connected) {
        process.disconnect();
      }
      if (stopping) {
        say('Modelport has stopped.');
        return 0;
      }
      const where = relative(ROOT, logFile);
      throw new Mistake(
        reasons
          ? `The backend could not start:\n${reasons.join(
              '\n',
            )}\nMend that and start again. All that it said is in ${where}.`
          : `${log.lastLines()}\n\nModelport ended by itself (${
              code ?? 'killed'
            }). What it said last stands above, all of it in ${where}.`,
      );
    },
  };
}
