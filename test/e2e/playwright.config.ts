import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../stack/findChromium.ts';
import { dataFolder } from '../stack/paths.ts';

const results = dataFolder('test-results');

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(results, 'playwright'),
  // every file starts servers of its own, and a machine of two cores holds one set of them
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  globalTimeout: 45 * 60_000,
  expect: {
    timeout: 15_000,
    // another Chromium smooths edges and letters a little otherwise
    toHaveScreenshot: {
      maxDiffPixelRatio: 0.001,
      threshold: 0.25,
      stylePath: join(import.meta.dirname, 'support/pictures.css'),
    },
  },
  // pictures that charts are held against
  snapshotPathTemplate: '{testDir}/references/{arg}{ext}',
  updateSnapshots: process.env.UPDATE_SCREENSHOTS === '1' ? 'changed' : 'none',
  reporter: [
    ['list'],
    ['json', { outputFile: join(results, 'playwright.json') }],
  ],
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 60_000,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_ARGS },
  },
});
