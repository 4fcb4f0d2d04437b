import { test } from './support/demoPortal.ts';
import { walkDemo } from './support/walkDemo.ts';

test('a data scientist finds her way on the demo registry, on SQLite', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(300_000);
  await walkDemo(page, demoPortal, { pictures: true });
});
