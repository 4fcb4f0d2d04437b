// Counts tests from the results of Jest and Playwright and prints "N passed, N failed" as the last line.
// A file that is missing, unreadable or without a single test counts as one failure and says why.
import { readFileSync } from 'node:fs';

/** @param {string} file */
function count(file) {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    const counted =
      'numPassedTests' in results ? jest(results) : playwright(results);
    if (counted.passed + counted.failed === 0) {
      throw new Error('it holds no test');
    }
    return counted;
  } catch (error) {
    console.log(
      `${file}: no results (${error instanceof Error ? error.message : error})`,
    );
    return { passed: 0, failed: 1 };
  }
}

/** A suite that could not run at all fails without a failed test. */
function jest(results) {
  const broken = results.testResults.filter(
    suite =>
      suite.status === 'failed' &&
      suite.assertionResults.every(test => test.status !== 'failed'),
  ).length;
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken,
  };
}

/** `expected` ran as it should, `flaky` only at a later try; errors outside of tests stand beside. */
function playwright(results) {
  const { expected, unexpected, flaky } = results.stats;
  return {
    passed: expected,
    failed: unexpected + flaky + results.errors.length,
  };
}

const counts = process.argv.slice(2).map(count);
const passed = counts.reduce((sum, each) => sum + each.passed, 0);
const failed = counts.reduce((sum, each) => sum + each.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
