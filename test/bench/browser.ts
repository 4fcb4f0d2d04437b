import { chromium, type Browser } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../stack/findChromium.ts';
import { waitFor } from '../stack/waitFor.ts';

/** A page that loads nothing for so long has loaded everything. */
const QUIET_MS = 1_000;

/** Starts the Chromium that all pages are measured in. */
export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS,
  });
}

/**
 * How a page opened: time from its navigation until what is asked for stood in it, by the page's own clock, and what was
 * transferred until it had loaded all.
 */
export interface Opened {
  milliseconds: number;
  bytes: number;
}

/** A visible row of a table, whatever it is made of, that holds a link and a text. */
export interface Ready {
  /** Text of the row; any if empty. */
  row: string;
  /** Text of a link in it; any if not given. */
  link?: string;
}

/** Opens an address with nothing in the cache, in a context of its own, and waits for something to be readable. */
export async function openCold(
  browser: Browser,
  url: string,
  options: {
    ready: Ready;
    /** Kept in the browser before the page opens, such as who is signed in. */
    localStorage?: Record<string, string>;
  },
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = await context.newPage();
    if (options.localStorage) {
      await page.addInitScript(entries => {
        for (const [key, value] of Object.entries(entries)) {
          window.localStorage.setItem(key, value);
        }
      }, options.localStorage);
    }
    // The page looks itself: asked from outside, it would be looked at up to half a second later.
    await page.addInitScript(({ row, link }: Ready) => {
      const stands = () =>
        [...document.querySelectorAll('tr, [role=row]')].some(
          found =>
            found.textContent?.includes(row) &&
            [...found.querySelectorAll('a')].some(
              a =>
                (link === undefined || a.textContent?.trim() === link) &&
                a.checkVisibility(),
            ),
        );
      const observer = new MutationObserver(() => {
        if (stands()) {
          observer.disconnect();
          requestAnimationFrame(() => performance.mark('ready'));
        }
      });
      observer.observe(document, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    }, options.ready);
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    let bytes = 0;
    let lastAt = performance.now();
    network.on('Network.loadingFinished', event => {
      bytes += event.encodedDataLength;
      lastAt = performance.now();
    });
    await page.goto(url, { waitUntil: 'commit' });
    const mark = await page.waitForFunction(
      () => performance.getEntriesByName('ready')[0]?.startTime,
    );
    const milliseconds = Number(await mark.jsonValue());
    // a page that asks again and again, as MLflow's does, never comes to rest otherwise
    await waitFor(
      `${url} to load no more`,
      () => performance.now() - lastAt > QUIET_MS,
      { deadlineMs: 30_000, everyMs: 50 },
    );
    return { milliseconds, bytes };
  } finally {
    await context.close();
  }
}
