import { readFileSync } from 'node:fs';
import { waitFor } from '../stack/waitFor.ts';
import { buildProduction } from '../stack/buildProduction.ts';
import type { Mlflow } from '../stack/startMlflow.ts';
import { startProduction, type Production } from '../stack/startProduction.ts';
import { PortalApi } from '../e2e/support/PortalApi.ts';
import { waitForFirstPass } from '../e2e/support/sync.ts';
import { say } from './printFigure.ts';
import { startSeededMlflow } from './seedMlflow.ts';

/** Size of the registry that most figures are measured on. */
export const MODELS = 5_000;
export const VERSIONS = 3;

let built: Promise<void> | undefined;

/** Builds the portal once a run. */
export async function ensureBuilt(): Promise<void> {
  built ??= (async () => {
    say('Building the portal for production ...');
    await buildProduction();
  })();
  await built;
}

/** A portal that has read a registry of 5,000 models to the end, and the MLflow it read. */
export interface SyncedStack {
  mlflow: Mlflow;
  portal: Production;
  api: PortalApi;
  stop(): Promise<void>;
}

/**
 * Packages that turn models into entities and search documents. Backstage goes over all entities again and again; where
 * that is not what is measured, they are left out.
 */
export const FOLLOWERS = [
  'catalog-backend-module-modelport',
  'search-backend-module-modelport',
];

/** Starts both and waits until everything is read. */
export async function startSyncedStack(
  options: { without?: string[] } = {},
): Promise<SyncedStack> {
  await ensureBuilt();
  const mlflow = await startSeededMlflow(MODELS, VERSIONS);
  const portal = await startProduction({ mlflowUrl: mlflow.url, ...options });
  const api = new PortalApi(portal.url, portal.token);
  say('Reading the registry into the portal ...');
  await waitForFirstPass(api, 'mlflow', { deadlineMs: 1_800_000 });
  await waitForRest(portal.pid);
  return {
    mlflow,
    portal,
    api,
    async stop() {
      await portal.stop();
      await mlflow.stop();
    },
  };
}

/** Stops a process from taking any time while another is measured. */
export async function whileAsleep<T>(
  pid: number,
  measure: () => Promise<T>,
): Promise<T> {
  process.kill(-pid, 'SIGSTOP');
  try {
    return await measure();
  } finally {
    process.kill(-pid, 'SIGCONT');
  }
}

/** A portal that takes less than a twentieth of this long is at rest: cards and lineage follow a pass. */
const REST_SECONDS = 5;

/**
 * Waits until the portal is at rest.
 *
 * @param options - `looks` is how many in a row find it so; one unless given. Four take longer than the time between two
 * rounds of what the portal does by itself.
 */
export async function waitForRest(
  pid: number,
  options: { looks?: number } = {},
): Promise<void> {
  const { looks = 1 } = options;
  let before = processorSeconds(pid);
  let atRest = 0;
  await waitFor(
    'the portal to be at rest',
    () => {
      const now = processorSeconds(pid);
      const used = now - before;
      before = now;
      atRest = used < 0.05 * REST_SECONDS ? atRest + 1 : 0;
      return atRest > looks;
    },
    { deadlineMs: 900_000, everyMs: 1000 * REST_SECONDS },
  );
}

/** Processor time that a process has taken; Linux counts it in hundredths of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
