import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandOf, ROOT } from './paths.mjs';
import { runCommand } from './runCommand.mjs';
import { setup } from './setup.mjs';

const BACKSTAGE_CLI = commandOf('@backstage/cli/bin/backstage-cli');
const REPORT = join(ROOT, '.data', 'test-results', 'jest.json');

/** Checks everything that can be checked without a server: types, style, API reports, unit and integration tests. */
export async function test(args) {
  await setup();
  const steps = [
    // Types written anew each time, since what is kept from before changes their order in the API reports.
    ['Types', [commandOf('typescript/bin/tsc'), '--incremental', 'false']],
    ['Lint', [BACKSTAGE_CLI, 'repo', 'lint', '--max-warnings', '0']],
    [
      'Lint of test',
      [
        commandOf('eslint/bin/eslint.js'),
        '--ext=.ts',
        '--max-warnings=0',
        'test',
      ],
    ],
    ['Formatting', [commandOf('prettier/bin-prettier.js'), '--check', '.']],
    [
      'API reports',
      [
        commandOf('@backstage/repo-tools/bin/backstage-repo-tools'),
        'api-reports',
        '--allow-all-warnings',
        '--omit-messages=ae-wrong-input-file-type',
        '--ci',
      ],
    ],
    ['Tools', ['--test', ...toolTests()]],
    [
      'Tests',
      [
        BACKSTAGE_CLI,
        'repo',
        'test',
        '--watchAll=false',
        '--json',
        `--outputFile=${REPORT}`,
        ...args,
      ],
    ],
  ];

  rmSync(REPORT, { force: true });
  mkdirSync(dirname(REPORT), { recursive: true });
  const results = [];
  for (const [name, command] of steps) {
    process.stdout.write(`\n${name} ...\n`);
    const begun = Date.now();
    const code = await runCommand(process.execPath, command, {
      env: {
        ...process.env,
        CI: '1',
        // No test may want a container engine: databases come from the machine, by their connection strings.
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      },
    });
    results.push({ name, ok: code === 0, ms: Date.now() - begun });
  }

  process.stdout.write('\n');
  for (const { name, ok, ms } of results) {
    const seconds = `${(ms / 1000).toFixed(0)} s`;
    process.stdout.write(
      `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)} ${seconds.padStart(
        6,
      )}\n`,
    );
  }
  const counts = readCounts();
  process.stdout.write(
    counts
      ? `${counts.passed} passed, ${counts.failed} failed\n`
      : 'The tests did not get as far as to be counted\n',
  );
  return results.every(({ ok }) => ok) && counts?.failed === 0 ? 0 : 1;
}

function toolTests() {
  const folder = join(ROOT, '.tools');
  return readdirSync(folder)
    .filter(name => name.endsWith('.test.mjs'))
    .map(name => join(folder, name));
}

/** Counts of tests; a suite that did not even load counts as one that failed. */
function readCounts() {
  try {
    const report = JSON.parse(readFileSync(REPORT, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    };
  } catch {
    return undefined;
  }
}
