import { readFileSync } from 'node:fs';
import { PortalApi } from '../../e2e/support/PortalApi.ts';
import { readSource } from '../../e2e/support/sync.ts';
import { startProduction } from '../../stack/startProduction.ts';
import { waitFor } from '../../stack/waitFor.ts';
import { printFigure, say } from '../printFigure.ts';
import { startSeededMlflow } from '../seedMlflow.ts';
import { ensureBuilt, FOLLOWERS } from '../stack.ts';

const MODELS = 10_000;
const VERSIONS = 5;

/**
 * Limit of the heap on both sides, as in a small container. Without one, Node lets garbage grow to many times what is
 * held before it collects it, and the figure would tell how long that takes.
 */
const HEAP_MEGABYTES = 512;

/**
 * The most memory that the backend takes while it reads a large registry, beside one without Modelport. What the
 * catalog and Backstage's search index in memory make of the models is left out, as with the sync's time.
 */
export async function memory(): Promise<void> {
  await ensureBuilt();
  say('Memory: a Backstage without Modelport');
  const empty = await startProduction({
    without: ['plugin-modelport-backend', ...FOLLOWERS],
    heapMegabytes: HEAP_MEGABYTES,
  });
  const without = await settledMemory(empty.pid);
  await empty.stop();

  const mlflow = await startSeededMlflow(MODELS, VERSIONS);
  const portal = await startProduction({
    mlflowUrl: mlflow.url,
    without: FOLLOWERS,
    heapMegabytes: HEAP_MEGABYTES,
  });
  try {
    say(`Memory: reading ${MODELS} models with ${VERSIONS} versions each`);
    const api = new PortalApi(portal.url, portal.token);
    let most = 0;
    await waitFor(
      'the end of the first pass',
      async () => {
        most = Math.max(most, residentMegabytes(portal.pid));
        const source = await readSource(api, 'mlflow');
        return (
          source?.lastSuccessAt ??
          (source?.versions === MODELS * VERSIONS &&
            source.progress?.phase === 'documents')
        );
      },
      { deadlineMs: 1_800_000, everyMs: 200 },
    );
    printFigure({
      figure: `memory during the sync of ${MODELS} models x ${VERSIONS} versions, heap of at most ${HEAP_MEGABYTES} MB`,
      ours: most,
      theirs: { what: 'the same Backstage without Modelport', value: without },
      unit: 'MB',
      goal: { aboveTheirsAtMost: 200 },
    });
  } finally {
    await portal.stop();
    await mlflow.stop();
  }
}

/** Memory once start-up is over: the same, to 1 MB, for five seconds. */
async function settledMemory(pid: number): Promise<number> {
  let last = 0;
  let since = Date.now();
  return await waitFor(
    'the memory to settle',
    () => {
      const now = residentMegabytes(pid);
      if (Math.abs(now - last) > 1) {
        last = now;
        since = Date.now();
      }
      return Date.now() - since > 5_000 && now;
    },
    { deadlineMs: 120_000, everyMs: 250 },
  );
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB/m)?.[1]) / 1024;
}
