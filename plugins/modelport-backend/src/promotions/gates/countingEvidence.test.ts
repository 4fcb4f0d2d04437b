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

describe('of what does not say when it was made', () => {
  const of = (
    part: Parameters<typeof testEvidence>[2],
    createdAt: string | null,
    maxAgeDays = 30,
  ) =>
    countingEvidence(
      { ...rule, maxAgeDays },
      testGateVersion(
        '3',
        [testEvidence('tests', {}, { producedAt: null, ...part })],
        { createdAt },
      ),
      'tests',
      NOW,
    );

  it('takes the age of the version, whenever the file was read', () => {
    const justRead = { receivedAt: '2026-05-31T23:55:00.000Z' };
    expect(of(justRead, '2020-01-01T00:00:00.000Z').why).toMatch(
      /does not say when it was made, so that it is taken to be as old as the version, of 2020-01-01/,
    );
    expect(of(justRead, '2026-05-10T00:00:00.000Z').documents).toHaveLength(1);
  });

  it('cannot tell where the creation of the version is not known either', () => {
    expect(of({}, null).why).toMatch(/when the version was is not known/);
  });

  it('takes the end of its data, where that is earlier than when it was made', () => {
    const window = { start: null, end: '2019-05-01T00:00:00.000Z' };
    const createdAt = '2026-05-31T00:00:00.000Z';
    expect(of({ window }, createdAt).why).toMatch(/is of 2019-05-01/);
    expect(
      of({ window, producedAt: '2026-05-31T00:00:00.000Z' }, createdAt).why,
    ).toMatch(/is of 2019-05-01/);
  });
});
