import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import {
  createFreshApp,
  installFreshApp,
  startFreshApp,
} from '../../stack/createFreshApp.ts';
import { temporaryFolder } from '../../stack/paths.ts';
import { startPortal } from '../../stack/startPortal.ts';
import { startBrowser } from '../browser.ts';
import { printFigure, say } from '../printFigure.ts';

const TIMES = 2;

/** `npm start`, installed, to the first useful page, beside `yarn start` of a new Backstage app to its catalog. */
export async function start(): Promise<void> {
  say('Start: making an empty Backstage app ...');
  const folder = temporaryFolder('fresh');
  const app = join(folder, 'app');
  const browser = await startBrowser();
  try {
    await createFreshApp(app);
    await installFreshApp(app);
    // the first start of each fills caches and does not count
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let i = 0; i <= TIMES; i++) {
      say(`Start: ${i === 0 ? 'for the caches' : `${i} of ${TIMES}`}`);
      theirs.push(await timeEmptyApp(browser, app));
      ours.push(await timePortal(browser));
    }
    printFigure({
      figure: 'npm start, installed, to the first useful page',
      ours: mean(ours.slice(1)),
      theirs: {
        what: 'yarn start of a new Backstage app to its catalog',
        value: mean(theirs.slice(1)),
      },
      unit: 's',
      goal: { ratioAtMost: 1.3 },
    });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timePortal(browser: Browser): Promise<number> {
  const begun = performance.now();
  const portal = await startPortal();
  try {
    await openUntil(browser, portal.url, {
      signIn: page => page.getByRole('button', { name: 'Sign in as Ada,' }),
      row: page =>
        page.getByRole('table', { name: 'Models' }).getByRole('link').first(),
    });
    return (performance.now() - begun) / 1000;
  } finally {
    await portal.stop();
  }
}

async function timeEmptyApp(browser: Browser, folder: string): Promise<number> {
  const begun = performance.now();
  const app = await startFreshApp(folder);
  try {
    await openUntil(browser, app.url, {
      signIn: page => page.getByRole('button', { name: 'Enter' }),
      row: page => page.getByRole('row').getByRole('link').first(),
    });
    return (performance.now() - begun) / 1000;
  } finally {
    await app.running.stop();
  }
}

async function openUntil(
  browser: Browser,
  url: string,
  find: {
    signIn: (page: Page) => ReturnType<Page['getByRole']>;
    row: (page: Page) => ReturnType<Page['getByRole']>;
  },
): Promise<void> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await find.signIn(page).click({ timeout: 120_000 });
    await find.row(page).waitFor({ timeout: 120_000 });
  } finally {
    await context.close();
  }
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
