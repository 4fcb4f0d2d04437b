import { PortalApi } from '../../e2e/support/PortalApi.ts';
import {
  readSource,
  syncNow,
  waitForFirstPass,
} from '../../e2e/support/sync.ts';
import { startProduction } from '../../stack/startProduction.ts';
import { waitFor } from '../../stack/waitFor.ts';
import { printFigure, say } from '../printFigure.ts';
import {
  mostAtOnce,
  replay,
  startRecordingProxy,
  type Recorded,
} from '../recordingProxy.ts';
import { startSeededMlflow } from '../seedMlflow.ts';
import { ensureBuilt, FOLLOWERS, MODELS, VERSIONS } from '../stack.ts';

/** Requests of the pass's second part, in which signatures are read file by file. */
const OF_DOCUMENTS = /MLmodel|\/artifacts/;

/** The first full pass beside the same requests alone, and what a pass over an unchanged registry asks. */
export async function sync(): Promise<void> {
  await ensureBuilt();
  const mlflow = await startSeededMlflow(MODELS, VERSIONS);
  const proxy = await startRecordingProxy(mlflow.url);
  const portal = await startProduction({
    mlflowUrl: proxy.url,
    // The catalog takes models over while the pass runs, and the app keeps its assets: neither is measured here.
    without: [...FOLLOWERS, 'plugin-app-backend'],
  });
  const api = new PortalApi(portal.url, portal.token);
  try {
    say('Sync: the first full pass');
    await waitFor(
      'the metadata of everything',
      () => proxy.requests.some(({ path }) => OF_DOCUMENTS.test(path)),
      { deadlineMs: 900_000, everyMs: 5 },
    );
    const first = metadataOf(proxy.requests);
    const { models, versions } = (await readSource(api, 'mlflow')) ?? {};
    if (models !== MODELS || versions !== MODELS * VERSIONS) {
      throw new Error(
        `The pass went on to signatures with ${models} models and ${versions} versions read`,
      );
    }
    await waitForFirstPass(api, 'mlflow', { deadlineMs: 1_800_000 });
    say('Sync: a pass with nothing changed');
    proxy.requests.length = 0;
    await syncNow(api, 'mlflow');
    reportUnchanged([...proxy.requests]);
    await portal.stop();

    say('Sync: the same requests alone');
    const alone: number[] = [];
    for (let i = 0; i < 3; i++) {
      alone.push(await replay(mlflow.url, first.requests, first.concurrency));
    }
    printFigure({
      figure: `sync first full pass of metadata, ${MODELS} models x ${VERSIONS} versions`,
      ours: first.milliseconds / 1000,
      theirs: {
        what: `the same ${first.requests.length} requests, ${first.concurrency} at once, parsed and dropped`,
        value: alone.sort((a, b) => a - b)[1] / 1000,
      },
      unit: 's',
      goal: { ratioAtMost: 1.3 },
    });
  } finally {
    await portal.stop();
    await proxy.stop();
    await mlflow.stop();
  }
}

/** What was asked before the first file was, and how long that took until the portal had stored it. */
function metadataOf(requests: Recorded[]) {
  const end = requests.findIndex(({ path }) => OF_DOCUMENTS.test(path));
  const metadata = requests.slice(0, end);
  return {
    requests: metadata,
    milliseconds: requests[end].begun - metadata[0].begun,
    concurrency: mostAtOnce(metadata),
  };
}

/**
 * A change of an alias or a tag moves no time stamp in MLflow, so a change is found by listing all models and all
 * versions, once: that many pages of the size that the pass itself asks for.
 */
function reportUnchanged(requests: Recorded[]): void {
  const pagesOf = (list: string, items: number) => {
    const asked = requests.filter(({ path }) => path.includes(list));
    const size = Math.max(
      ...asked.map(({ path }) =>
        Number(new URLSearchParams(path.split('?')[1]).get('max_results')),
      ),
    );
    return Math.ceil(items / size);
  };
  const least =
    pagesOf('registered-models/search', MODELS) +
    pagesOf('model-versions/search', MODELS * VERSIONS);
  const others = requests.filter(
    ({ path }) =>
      !/registered-models\/search|model-versions\/search/.test(path),
  );
  if (others.length > 0) {
    const paths = others.map(({ path }) => path);
    say(
      `Sync: asked ${paths.length} besides, first ${paths
        .slice(0, 5)
        .join(' ')}`,
    );
  }
  printFigure({
    figure: 'sync requests of a pass with nothing changed',
    ours: requests.length,
    theirs: { what: 'pages of all models and all versions', value: least },
    unit: 'requests',
    goal: { ratioAtMost: 1.1 },
  });
}
