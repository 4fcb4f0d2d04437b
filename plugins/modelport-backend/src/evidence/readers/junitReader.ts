import { testsBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseXml, XmlElement } from './parseXml';

/** Names under which test runners write their results. */
const FILE =
  /(^|\/)((junit|test[-_]?results?|pytest)[^/]*|TEST-[^/]*|[^/]*[-_.]junit)\.xml$/i;

const MOST_NAME = 2_000;
const MOST_MESSAGE = 20_000;

/** Reads the results of tests as JUnit XML, which pytest and most other runners write. */
export const junitReader: EvidenceReader = {
  id: 'junit',
  version: '1',
  kind: 'tests',
  module: { path: __filename, name: 'junitReader' },
  matches: ({ kind, path, head }) =>
    path !== null && kind === null
      ? FILE.test(path)
      : kind === 'tests' && isXml(head),
  read: bytes => {
    const root = parseXml(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    );
    const suites = suitesOf(root);
    if (suites.length === 0) {
      throw new Error(
        `It is no JUnit XML: expected <testsuites> or <testsuite>, not <${root.name.slice(
          0,
          100,
        )}>`,
      );
    }
    const body: z.infer<typeof testsBody> = {
      suites: suites.map(suite => ({
        name: (suite.attributes.name || 'tests').slice(0, MOST_NAME),
        tests: suite.children
          .filter(({ name }) => name === 'testcase')
          .map(toTest),
      })),
    };
    const made = Date.parse(suites[0].attributes.timestamp ?? '');
    return {
      schemaVersion: 1,
      producer: null,
      producedAt: Number.isNaN(made) ? null : new Date(made).toISOString(),
      body: testsBody.parse(body),
    };
  },
};

function isXml(head: Uint8Array): boolean {
  return /^\uFEFF?\s*</.test(new TextDecoder().decode(head));
}

/** Suites may hold suites; each stands for itself. */
function suitesOf(element: XmlElement): XmlElement[] {
  const below = element.children.flatMap(suitesOf);
  return element.name === 'testsuite' ? [element, ...below] : below;
}

function toTest(test: XmlElement) {
  const failure = test.children.find(({ name }) =>
    ['failure', 'error', 'rerunFailure'].includes(name),
  );
  const skipped = test.children.find(({ name }) => name === 'skipped');
  const seconds = Number(test.attributes.time?.replace(/,/g, ''));
  const name = [test.attributes.classname, test.attributes.name]
    .filter(Boolean)
    .join(' ');
  const why = failure ?? skipped;
  const message = [why?.attributes.message, why?.text.trim()]
    .filter(Boolean)
    .join('\n');
  let outcome: 'passed' | 'failed' | 'skipped' = 'passed';
  if (failure) {
    outcome = 'failed';
  } else if (skipped) {
    outcome = 'skipped';
  }
  return {
    name: (name || 'unnamed').slice(0, MOST_NAME),
    outcome,
    message: message ? message.slice(0, MOST_MESSAGE) : null,
    seconds:
      test.attributes.time !== undefined && seconds >= 0 && seconds < 1e9
        ? seconds
        : null,
  };
}
