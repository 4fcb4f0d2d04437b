import type { Browser, Page } from '@playwright/test';
import { PortalApi, modelPath } from '../../e2e/support/PortalApi.ts';
import { entityTab } from '../../e2e/support/pages.ts';
import { startProduction } from '../../stack/startProduction.ts';
import { waitFor } from '../../stack/waitFor.ts';
import { startBrowser } from '../browser.ts';
import { printFigure, say } from '../printFigure.ts';
import { ensureBuilt, waitForRest } from '../stack.ts';

const MODEL = 'car-loan-default';
const SMALL_MODEL = 'german-credit-risk';
const NODES = 2_000;
const TIMES = 5;
const MOST_MS = 200;

/** The page of a lineage of 2,000 nodes, in the portal built for production. */
export async function lineage(): Promise<void> {
  await ensureBuilt();
  const portal = await startProduction({ demo: true });
  const browser = await startBrowser();
  try {
    const api = new PortalApi(portal.url, portal.token);
    await waitFor(
      `the lineage of ${MODEL}`,
      async () => (await nodesOf(api)) > 0,
      { deadlineMs: 120_000 },
    );
    const sent = await api.post('lineage/openlineage', eventsOf(NODES));
    if (sent.status !== 201) {
      throw new Error(`The events were answered with ${sent.status}`);
    }
    say(`Lineage: ${await nodesOf(api)} nodes`);
    say('Lineage: waiting for the catalog ...');
    await waitFor(
      'the models in the catalog',
      async () => {
        const response = await fetch(
          `${portal.url}/api/catalog/entities/by-query?limit=0&filter=kind=resource,spec.type=ml-model`,
          { headers: { authorization: `Bearer ${portal.token}` } },
        );
        return (await response.json()).totalItems > 3;
      },
      { deadlineMs: 120_000 },
    );
    await waitForRest(portal.pid);
    const [large, small] = await Promise.all(
      [MODEL, SMALL_MODEL].map(async name => {
        const { entityRef } = await api.read<{ entityRef: string }>(
          modelPath('demo', name),
        );
        const [kind, namespace, entity] = entityRef.split(/[:/]/);
        return `${portal.url}/catalog/${namespace}/${kind}/${entity}`;
      }),
    );
    const all: Record<'large' | 'small', Drawn[]> = { large: [], small: [] };
    for (let round = 0; round <= TIMES; round++) {
      const pair = {
        large: await drawGraph(browser, large),
        small: await drawGraph(browser, small),
      };
      if (round > 0) {
        all.large.push(pair.large);
        all.small.push(pair.small);
      }
    }
    printFigure({
      figure: `lineage of ${NODES} nodes, time from its tab to the first paint`,
      ours: median(all.large.map(drawn => drawn.milliseconds)),
      theirs: {
        what: 'the same page of a model with a small lineage',
        value: median(all.small.map(drawn => drawn.milliseconds)),
      },
      unit: 'ms',
      goal: { ratioAtMost: 3 },
    });
    printFigure({
      figure: `lineage of ${NODES} nodes, longest task of the main thread while it opens, is moved and is seen as a whole`,
      ours: Math.max(...all.large.map(drawn => drawn.longestTask)),
      theirs: { what: 'what a person does not notice yet', value: MOST_MS },
      unit: 'ms',
      goal: { ratioAtMost: 1 },
    });
    printFigure({
      figure: `lineage of ${NODES} nodes, boxes that are mounted when it opens`,
      ours: Math.max(...all.large.map(drawn => drawn.mounted)),
      theirs: { what: 'its nodes', value: NODES },
      unit: 'boxes',
      goal: { ratioAtMost: 0.1 },
    });
  } finally {
    await browser.close();
    await portal.stop();
  }
}

interface Drawn {
  milliseconds: number;
  longestTask: number;
  mounted: number;
}

/** Opens the tab of a model that was loaded before, drags the graph, and shows all of it. */
async function drawGraph(browser: Browser, url: string): Promise<Drawn> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(() =>
      window.localStorage.setItem('modelport.demo-user', 'ada'),
    );
    await page.goto(url, { waitUntil: 'networkidle' });
    await entityTab(page, 'Lineage').waitFor();
    await watchTasks(page);
    await entityTab(page, 'Lineage').click();
    const boxes = page.locator('.react-flow__node');
    await boxes.first().waitFor();
    const milliseconds = await page.evaluate(
      () =>
        performance.getEntriesByName('drawn')[0].startTime - window.clickedAt,
    );
    const mounted = await boxes.count();
    const graph = await page.locator('.react-flow').boundingBox();
    const [x, y] = [(graph?.x ?? 0) + 300, (graph?.y ?? 0) + 200];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 20; step++) {
      await page.mouse.move(x + 15 * step, y + 10 * step);
    }
    await page.mouse.up();
    await page.getByRole('button', { name: 'Fit View' }).click();
    await page.waitForTimeout(1_000);
    const longestTask = await page.evaluate(() =>
      Math.max(0, ...window.longTasks),
    );
    return { milliseconds, mounted, longestTask };
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    longTasks: number[];
    clickedAt: number;
  }
}

/** Notes tasks of more than 50 ms from now on, when the next click was, and when the first box stood in the page. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver(list =>
      list
        .getEntries()
        .forEach(({ duration }) => window.longTasks.push(duration)),
    ).observe({ type: 'longtask' });
    window.addEventListener(
      'click',
      event => (window.clickedAt ??= event.timeStamp),
      { capture: true },
    );
    const observer = new MutationObserver(() => {
      if (document.querySelector('.react-flow__node')) {
        observer.disconnect();
        requestAnimationFrame(() => performance.mark('drawn'));
      }
    });
    observer.observe(document, { subtree: true, childList: true });
  });
}

async function nodesOf(api: PortalApi): Promise<number> {
  const { body } = await api.get<{ nodes?: unknown[] }>(
    `${modelPath('demo', MODEL, 'lineage')}?depth=20`,
  );
  return body.nodes?.length ?? 0;
}

/** Runs of jobs that make datasets of datasets, each of three others, down to a version of the model. */
function eventsOf(nodes: number) {
  const perRun = 3;
  const inputs = 3;
  return Array.from({ length: Math.ceil(nodes / perRun) - 10 }, (_, index) => ({
    eventType: 'COMPLETE',
    eventTime: '2026-11-20T10:00:00Z',
    producer: 'https://example.org/pipeline',
    schemaURL:
      'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: {
      runId: `0194f6b2-7c3a-7b0e-9d5e-${String(index).padStart(12, '0')}`,
    },
    job: { namespace: 'airflow', name: `job ${index}` },
    inputs: Array.from({ length: inputs }, (_input, input) => ({
      namespace: 's3://lake',
      name: `table ${inputs * index + input + 1}`,
    })),
    outputs: [
      index === 0
        ? { namespace: 'modelport', name: `demo/${MODEL}/2` }
        : { namespace: 's3://lake', name: `table ${index}` },
    ],
  }));
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
