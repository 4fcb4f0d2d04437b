import type { Browser } from '@playwright/test';
import { waitFor } from '../../stack/waitFor.ts';
import { openCold, startBrowser, type Opened, type Ready } from '../browser.ts';
import { printFigure, say } from '../printFigure.ts';
import {
  MODELS,
  startSyncedStack,
  waitForRest,
  whileAsleep,
  type SyncedStack,
} from '../stack.ts';

const TIMES = 9;
const AS_ADA = { 'modelport.demo-user': 'ada' };
const ALLOWED_KB = 300;
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
    const [catalog] = await openOften([
      {
        browser,
        url: `${stack.portal.url}${CATALOG}`,
        ready: { row: '' },
        asleep: stack.mlflow.pid,
      },
    ]);
    const entity = model.entityRef.replace(':', '/').split('/');
    const page = [
      {
        name: 'Models',
        ours: `${stack.portal.url}/models`,
        theirs: `${stack.mlflow.url}/#/models`,
        ready: { row: '', link: model.name },
      },
      {
        name: 'Versions',
        ours: `${stack.portal.url}/catalog/${entity[1]}/${entity[0]}/${entity[2]}/versions`,
        theirs: `${stack.mlflow.url}/#/models/${encodeURIComponent(
          model.name,
        )}`,
        ready: { row: 'champion' },
      },
    ];
    for (const { name, ours, theirs, ready } of page) {
      say(`Pages: ${name}`);
      const [portal, mlflow] = await openOften([
        { browser, url: ours, ready, asleep: stack.mlflow.pid },
        { browser, url: theirs, ready, asleep: stack.portal.pid },
      ]);
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

interface Subject {
  browser: Browser;
  url: string;
  ready: Ready;
  /** The server that the page does not need. */
  asleep: number;
}

/** Opens pages in turns, so that both see the same machine, after a round that does not count; gives the medians. */
async function openOften(subjects: Subject[]): Promise<Opened[]> {
  const all: Opened[][] = subjects.map(() => []);
  for (let round = 0; round <= TIMES; round++) {
    for (const [i, { browser, url, ready, asleep }] of subjects.entries()) {
      const opened = await whileAsleep(asleep, () =>
        openCold(browser, url, { ready, localStorage: AS_ADA }),
      );
      if (round > 0) {
        all[i].push(opened);
      }
    }
  }
  return all.map(opened => ({
    milliseconds: median(opened.map(one => one.milliseconds)),
    bytes: median(opened.map(one => one.bytes)),
  }));
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Waits until the catalog has taken all models over, and search its index of them, and the portal is at rest. */
async function waitForCatalog({ portal }: SyncedStack): Promise<void> {
  await waitFor(
    `${MODELS} entities in the catalog`,
    async () => {
      const response = await fetch(
        `${portal.url}/api/catalog/entities/by-query?limit=0&filter=kind=resource,spec.type=ml-model`,
        { headers: { authorization: `Bearer ${portal.token}` } },
      );
      const { totalItems } = await response.json();
      return totalItems === MODELS;
    },
    { deadlineMs: 900_000, everyMs: 2_000 },
  );
  await waitForRest(portal.pid);
}

function kilobytes(opened: Opened): number {
  return Math.round(opened.bytes / 1000);
}
