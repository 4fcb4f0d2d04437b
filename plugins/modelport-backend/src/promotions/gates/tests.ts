import { testsBody } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { countingEvidence } from './countingEvidence';
import { gateResult } from './gateResult';
import { RuleOf } from './RuleOf';
import { GateEvidence, GateFacts, GateResult } from './types';

type TestSuite = z.output<typeof testsBody>['suites'][number];

const MOST_NAMES = 5;

/** Golden and behavioural tests: of each suite the newest document counts. */
export function tests(rule: RuleOf<'tests'>, facts: GateFacts): GateResult {
  const title = rule.suites
    ? `Tests pass: ${rule.suites.join(', ')}`
    : 'Tests pass';
  const { documents, why } = countingEvidence(
    rule,
    facts.candidate,
    'tests',
    facts.now,
  );
  if (why !== null) {
    return gateResult(rule, title, { outcome: 'unknown', message: why });
  }
  const suites = new Map(
    [...documents]
      .reverse()
      .flatMap(document =>
        suitesOf(document).map(
          suite => [suite.name, { ...suite, document }] as const,
        ),
      ),
  );
  const missing = (rule.suites ?? []).filter(name => !suites.has(name));
  const judged = [...suites.values()].filter(
    ({ name }) => rule.suites?.includes(name) ?? true,
  );
  const all = judged.flatMap(suite =>
    suite.tests.map(test => ({ ...test, suite: suite.name })),
  );
  const of = (outcome: (typeof all)[number]['outcome']) =>
    all.filter(test => test.outcome === outcome);
  const [passed, failed, skipped] = [of('passed'), of('failed'), of('skipped')];
  const names = failed
    .slice(0, MOST_NAMES)
    .map(({ suite, name }) => `${suite}: ${name}`)
    .join('; ');
  const counted = `${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`;
  const isShort =
    missing.length > 0 ||
    passed.length < rule.minimum ||
    (skipped.length > 0 && !rule.allowSkipped);
  return gateResult(rule, title, {
    outcome: failed.length > 0 ? 'fail' : (isShort && 'unknown') || 'pass',
    value: `${passed.length} of ${all.length}`,
    threshold: `${rule.minimum} or more, none failed${
      rule.allowSkipped ? '' : ' or skipped'
    }`,
    evidence: judged.map(({ document }) => document),
    message: [
      `${counted}.`,
      failed.length > 0 &&
        `Failed: ${names}${
          failed.length > MOST_NAMES
            ? ` and ${failed.length - MOST_NAMES} more`
            : ''
        }.`,
      missing.length > 0 && `Not there: ${missing.join(', ')}.`,
      failed.length === 0 &&
        missing.length === 0 &&
        passed.length < rule.minimum &&
        `At least ${rule.minimum} have to pass.`,
      skipped.length > 0 &&
        !rule.allowSkipped &&
        'What a skipped test would say is not known.',
    ]
      .filter(Boolean)
      .join(' '),
  });
}

/** The suites of a document by their names, of which one report may have several. */
function suitesOf({ body }: GateEvidence): TestSuite[] {
  const suites = new Map<string, TestSuite>();
  for (const suite of testsBody.safeParse(body).data?.suites ?? []) {
    const before = suites.get(suite.name)?.tests ?? [];
    suites.set(suite.name, { ...suite, tests: [...before, ...suite.tests] });
  }
  return [...suites.values()];
}
