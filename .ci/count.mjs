// Counts tests from the results of Jest and Playwright and prints "N passed, N failed" as the last line. What broke
// without a failed test that says so, or left no results, counts as one failure and is named.
import { readFileSync } from 'node:fs';

const [jestFile, playwrightFile, ...broken] = process.argv.slice(2);

const counts = [
  count(jestFile, countJest, broken.includes('npm test')),
  count(playwrightFile, countPlaywright, broken.includes('npm run test:e2e')),
];
if (broken.includes('postgresql')) {
  console.log('PostgreSQL did not start');
  counts.push({ passed: 0, failed: 1 });
}
const sum = key => counts.reduce((total, each) => total + each[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 || broken.length > 0 ? 1 : 0;

function count(file, read, isBroken) {
  try {
    const counted = read(JSON.parse(readFileSync(file, 'utf8')));
    if (counted.passed + counted.failed === 0) {
      throw new Error('it holds no test');
    }
    if (isBroken && counted.failed === 0) {
      console.log(`${file}: no test failed, but the run around it did`);
      return { ...counted, failed: 1 };
    }
    return counted;
  } catch (error) {
    console.log(`${file}: no results: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

/** A suite that could not run at all fails without a failed test. */
function countJest(results) {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  };
}

/** `flaky` passed only at a later try; errors outside of tests, as of a file that does not load, stand beside. */
function countPlaywright(results) {
  const { expected, unexpected, flaky } = results.stats;
  return {
    passed: expected,
    failed: unexpected + flaky + results.errors.length,
  };
}
