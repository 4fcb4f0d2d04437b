import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dataFolder } from '../../stack/paths.ts';

/**
 * Takes a picture of the page in light and in dark, into `.data/screenshots`. `UPDATE_SCREENSHOTS=1` brings them to
 * `test/e2e/screenshots` too, where the README shows them from.
 */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const file = `${name}-${colorScheme}.png`;
    const path = join(dataFolder('screenshots'), file);
    await page.screenshot({ path, animations: 'disabled' });
    if (process.env.UPDATE_SCREENSHOTS === '1') {
      copyFileSync(path, join(import.meta.dirname, '../screenshots', file));
    }
  }
}
