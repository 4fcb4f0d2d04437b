import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { waitFor } from '../../stack/waitFor.ts';
import { openCold, startBrowser, type Opened } from '../browser.ts';
import { printFigure, say } from '../printFigure.ts';
import {
  MODELS,
  startSyncedStack,
  whileAsleep,
  type SyncedStack,
} from '../stack.ts';

const TIMES = 5;
const AS_ADA = { 'modelport.demo-user': 'ada' };
const ALLOWED_KB = 300;
/** A portal that takes less than a twentieth of this long is at rest. */
const REST_SECONDS = 5;
/** Backstage's own list of the same models. */
const CATALOG = '/catalog?filters[kind]=resource&filters[user]=all';

/** Time until rows can be read, and bytes, of Models and of a model's Versions beside MLflow's own pages. */
export async function pages(): Promise<void> {
  const stack = await startSyncedStack();
  const browser = await startBrowser();
  try {
    const { items } = await stack.api.read<{ items: ApiModel[] }>(
      'models?limit=1',
    );
    const [model] = items;
    say('Pages: waiting for the catalog ...');
    await waitForCatalog(stack);
    const catalog = await openOften(browser, `${stack.portal.url}${CATALOG}`, {
      ready: catalogRow,
      localStorage: AS_ADA,
    });
    const entity = model.entityRef.replace(':', '/').split('/');
    const page = [
      {
        name: 'Models',
        ours: `${stack.portal.url}/models`,
        theirs: `${stack.mlflow.url}/#/models`,
        row: async (p: Page) => p.getByRole('link', { name: model.name }),
      },
      {
        name: 'Versions',
        ours: `${stack.portal.url}/catalog/${entity[1]}/${entity[0]}/${entity[2]}/versions`,
        theirs: `${stack.mlflow.url}/#/models/${encodeURIComponent(
          model.name,
        )}`,
        row: async (p: Page) =>
          p
            .getByRole('row')
            .filter({ hasText: 'champion' })
            .getByRole('link')
            .first(),
      },
    ];
    for (const { name, ours, theirs, row } of page) {
      say(`Pages: ${name}`);
      const ready = async (p: Page) => (await row(p)).first().waitFor();
      const mlflow = await whileAsleep(stack.portal.pid, () =>
        openOften(browser, theirs, { ready }),
      );
      const portal = await whileAsleep(stack.mlflow.pid, () =>
        openOften(browser, ours, { ready, localStorage: AS_ADA }),
      );
      printFigure({
        figure: `page ${name}, time until its rows can be read, cold cache`,
        ours: portal.milliseconds / 1000,
        theirs: {
          what: `the same page of MLflow (${kilobytes(mlflow)} kB)`,
          value: mlflow.milliseconds / 1000,
        },
        unit: 's',
        goal: { ratioAtMost: 0.8 },
      });
      printFigure({
        figure: `page ${name}, transferred, cold cache`,
        ours: kilobytes(portal),
        theirs: {
          what: "Backstage's catalog page in the same portal",
          value: kilobytes(catalog),
        },
        unit: 'kB',
        goal: { aboveTheirsAtMost: ALLOWED_KB },
      });
    }
  } finally {
    await browser.close();
    await stack.stop();
  }
}

interface ApiModel {
  name: string;
  entityRef: string;
}

async function catalogRow(page: Page): Promise<void> {
  await page.getByRole('row').getByRole('link').first().waitFor();
}

/** Opens a page a number of times after one that does not count; gives the medians. */
async function openOften(
  browser: Browser,
  url: string,
  options: Parameters<typeof openCold>[2],
): Promise<Opened> {
  await openCold(browser, url, options);
  const all: Opened[] = [];
  for (let i = 0; i < TIMES; i++) {
    all.push(await openCold(browser, url, options));
  }
  const median = (values: number[]) =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return {
    milliseconds: median(all.map(opened => opened.milliseconds)),
    bytes: median(all.map(opened => opened.bytes)),
  };
}

/** Waits until the catalog has taken all models over, and search its index of them, and the portal is at rest. */
async function waitForCatalog({ portal }: SyncedStack): Promise<void> {
  await waitFor(
    `${MODELS} entities in the catalog`,
    async () => {
      const response = await fetch(
        `${portal.url}/api/catalog/entities/by-query?limit=0&filter=spec.type=ml-model`,
        { headers: { authorization: `Bearer ${portal.token}` } },
      );
      const { totalItems } = await response.json();
      return totalItems === MODELS;
    },
    { deadlineMs: 900_000, everyMs: 2_000 },
  );
  let before = processorSeconds(portal.pid);
  await waitFor(
    'the portal to be at rest',
    () => {
      const now = processorSeconds(portal.pid);
      const used = now - before;
      before = now;
      return used < 0.05 * REST_SECONDS;
    },
    { deadlineMs: 600_000, everyMs: 1000 * REST_SECONDS },
  );
}

/** Processor time that a process has taken; Linux counts it in hundredths of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function kilobytes(opened: Opened): number {
  return Math.round(opened.bytes / 1000);
}
