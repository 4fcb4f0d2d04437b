import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { ROOT } from '../stack/paths.ts';
import { startPostgres, type Postgres } from '../stack/startPostgres.ts';
import { runProcess } from '../stack/startProcess.ts';

let postgres: Postgres;

test.beforeAll(async () => {
  postgres = await startPostgres();
});

test.afterAll(async () => {
  await postgres?.stop();
});

test('the stores and the synchronisation pass their own tests on PostgreSQL', async () => {
  test.setTimeout(300_000);
  const require = createRequire(join(ROOT, 'package.json'));
  await runProcess({
    name: 'stores',
    command: process.execPath,
    args: [
      require.resolve('@backstage/cli/bin/backstage-cli'),
      'package',
      'test',
      '--watchAll=false',
      // SQLite has passed in the unit tests.
      ...['--testNamePattern', 'POSTGRES_15'],
      ...['src/sources', 'src/models', 'src/migrations.test.ts'],
    ],
    cwd: join(ROOT, 'plugins/modelport-backend'),
    env: {
      NODE_ENV: undefined,
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING: `${postgres.url}/postgres`,
    },
    deadlineMs: 280_000,
  });
});
