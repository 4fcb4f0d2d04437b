import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { dataFolder } from '../../stack/paths.ts';

const COMMITTED = join(import.meta.dirname, '../screenshots');

/**
 * Takes a picture of the page in dark and in light, into `.data/screenshots`, once something of it is there and nothing
 * is loading. `UPDATE_SCREENSHOTS=1` brings them to `test/e2e/screenshots` too, where the README shows them from.
 */
export async function takeScreenshots(
  page: Page,
  name: string,
  ready: Locator,
): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    // Backstage draws the whole page anew for another theme
    await page.emulateMedia({ colorScheme });
    await page.waitForLoadState('networkidle');
    await ready.waitFor();
    await ready.scrollIntoViewIfNeeded();
    await expect(page.locator('[class*=MuiSkeleton-root]')).toHaveCount(0);
    const file = `${name}-${colorScheme}.png`;
    const path = join(dataFolder('screenshots'), file);
    await page.screenshot({ path, animations: 'disabled' });
    if (process.env.UPDATE_SCREENSHOTS === '1') {
      mkdirSync(COMMITTED, { recursive: true });
      copyFileSync(path, join(COMMITTED, file));
    }
  }
}
