import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT, temporaryFolder } from '../../stack/paths.ts';
import { runProcess } from '../../stack/startProcess.ts';
import { startBrowser } from '../browser.ts';
import { printFigure, say } from '../printFigure.ts';

const TIMES = 3;
const LONGEST_TASK_MS = 200;

interface Drawn {
  milliseconds: number;
  longest: number;
}

/** 150,000 marks by our canvas beside recharts' scatter of the same, from rendering to what can be seen. */
export async function beeswarm(): Promise<void> {
  say('Beeswarm: 5,000 rows of 30 features');
  const folder = temporaryFolder('beeswarm');
  const bundle = join(folder, 'page.js');
  const browser = await startBrowser();
  try {
    await runProcess({
      name: 'esbuild',
      command: join(ROOT, 'node_modules/.bin/esbuild'),
      args: [
        // Not a module of this package: it is bundled with the pages' own code.
        join(import.meta.dirname, '../beeswarm.page'),
        '--loader:.page=js',
        '--bundle',
        '--minify',
        '--jsx=automatic',
        '--define:process.env.NODE_ENV="production"',
        `--outfile=${bundle}`,
      ],
      deadlineMs: 60_000,
    });
    const page = await browser.newPage({
      viewport: { width: 1440, height: 1000 },
    });
    await page.setContent('<!doctype html><body></body>');
    await page.addScriptTag({ content: readFileSync(bundle, 'utf8') });
    const ours = await bestOf(page, 'ours', TIMES);
    // It takes a minute.
    const theirs = await bestOf(page, 'theirs', 1);
    printFigure({
      figure: 'beeswarm of 150,000 marks, to its first paint',
      ours: ours.milliseconds,
      theirs: {
        what: "recharts' scatter of the same",
        value: theirs.milliseconds,
      },
      unit: 'ms',
      goal: { ratioAtMost: 0.1 },
    });
    printFigure({
      figure: 'longest task of the page while it is drawn',
      ours: ours.longest,
      theirs: { what: 'what nobody notices', value: LONGEST_TASK_MS },
      unit: 'ms',
      goal: { ratioAtMost: 1 },
    });
    const pan = await bestOf(page, 'ours', TIMES, 'pan');
    const theirPan = await bestOf(page, 'theirs', 1, 'pan');
    printFigure({
      figure: 'beeswarm of 150,000 marks, a step of panning',
      ours: pan.milliseconds,
      theirs: {
        what: "recharts' scatter of the same, on another part of its axis",
        value: theirPan.milliseconds,
      },
      unit: 'ms',
      goal: { ratioAtMost: 0.1 },
    });
    printFigure({
      figure: 'longest task of the page while it is panned',
      ours: pan.longest,
      theirs: { what: 'what nobody notices', value: LONGEST_TASK_MS },
      unit: 'ms',
      goal: { ratioAtMost: 1 },
    });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bestOf(
  page: Page,
  which: 'ours' | 'theirs',
  times: number,
  what: 'draw' | 'pan' = 'draw',
): Promise<Drawn> {
  const drawn: Drawn[] = [];
  for (let i = 0; i < times; i++) {
    drawn.push(
      await page.evaluate<Drawn>(`window.${what}(${JSON.stringify(which)})`),
    );
  }
  return drawn.reduce((best, one) =>
    one.milliseconds < best.milliseconds ? one : best,
  );
}
