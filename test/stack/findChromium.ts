import { existsSync } from 'node:fs';

/** What a Chromium without a screen, a GPU, a sandbox or an internet needs. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Finds the Chromium that tests drive: `CHROMIUM_PATH`, else Debian's. */
export function findChromium(): string {
  const paths = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = paths.find(path => path && existsSync(path));
  if (!found) {
    throw new Error(
      'No Chromium found; install the package chromium, or say in CHROMIUM_PATH where it is',
    );
  }
  return found;
}
