import { failedFigures, say } from './printFigure.ts';
import { api } from './figures/api.ts';
import { beeswarm } from './figures/beeswarm.ts';
import { events } from './figures/events.ts';
import { explanations } from './figures/explanations.ts';
import { heatMap } from './figures/heatMap.ts';
import { lineage } from './figures/lineage.ts';
import { memory } from './figures/memory.ts';
import { monitoring } from './figures/monitoring.ts';
import { pages } from './figures/pages.ts';
import { promotions } from './figures/promotions.ts';
import { start } from './figures/start.ts';
import { sync } from './figures/sync.ts';
import { templates } from './figures/templates.ts';

const BENCHMARKS = new Map(
  Object.entries({
    api,
    sync,
    memory,
    pages,
    lineage,
    events,
    explanations,
    beeswarm,
    monitoring,
    heatMap,
    promotions,
    templates,
    start,
  }),
);

/**
 * Measures Modelport beside what it stands in for, on this machine: one JSON line a figure on the standard output, what
 * is going on on the standard error. Names, such as `npm run bench -- api pages`, choose; without any, all are run.
 */
async function main(names: string[]): Promise<void> {
  const unknown = names.filter(name => !BENCHMARKS.has(name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no benchmark ${unknown.join(', ')}; there are ${[
        ...BENCHMARKS.keys(),
      ].join(', ')}`,
    );
  }
  let broken = 0;
  for (const [name, benchmark] of BENCHMARKS) {
    if (names.length === 0 || names.includes(name)) {
      try {
        await benchmark();
      } catch (error) {
        broken++;
        say(
          `${name} broke off: ${error instanceof Error ? error.stack : error}`,
        );
      }
    }
  }
  process.exitCode = broken + failedFigures() > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch(error => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
