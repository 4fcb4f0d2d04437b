import { comesFrom, countingEvidence } from './countingEvidence';
import {
  NOW,
  testEvidence,
  testGateVersion,
} from '../../__testUtils__/gateFacts';

const rule = { from: ['artefact', 'service:ci-*'] };

it.each([
  ['artefact', true],
  ['service:ci-main', true],
  ['service:ci-', true],
  ['service:ci', false],
  ['other service:ci-main', false],
  ['service:ciXmain', false],
  ['push-token:12', false],
])('counts what comes from "%s": %s', (from, counts) => {
  expect(comesFrom(rule, from)).toBe(counts);
});

it('takes a dot of a rule for a dot', () => {
  expect(comesFrom({ from: ['service:a.b'] }, 'service:aXb')).toBe(false);
});

it('says what is not there and who could bring it', () => {
  expect(countingEvidence(rule, testGateVersion('3'), 'tests', NOW)).toEqual({
    documents: [],
    why: 'Version 3 has no tests evidence. It counts what comes from "artefact", "service:ci-*".',
  });
});

it('passes over what anybody could have pushed, and names who did', () => {
  const version = testGateVersion('3', [
    testEvidence('tests', {}, { from: 'push-token:9' }),
  ]);
  expect(countingEvidence(rule, version, 'tests', NOW).why).toMatch(
    /comes from "push-token:9", which does not count/,
  );
});

it('passes over what is too old, also where it calls itself newer than its arrival', () => {
  const version = testGateVersion('3', [
    testEvidence(
      'tests',
      {},
      {
        producedAt: '2026-12-01T00:00:00Z',
        receivedAt: '2026-05-01T00:00:00Z',
      },
    ),
  ]);
  const of = (maxAgeDays: number) =>
    countingEvidence({ ...rule, maxAgeDays }, version, 'tests', NOW);
  expect(of(30).why).toMatch(/is of 2026-05-01T00:00:00.000Z, and none older/);
  expect(of(31).documents).toHaveLength(1);
});
