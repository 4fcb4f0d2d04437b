import { matchesPattern } from '../../matchesPattern';
import { GateRule } from './gateRules';
import { datedAt, isUndated } from './timesOf';
import { GateEvidence, GateVersion } from './types';

const DAY = 24 * 60 * 60 * 1000;

/** Documents that count for a gate, or why none does. */
export type Counting =
  | { documents: [GateEvidence, ...GateEvidence[]]; why: null }
  | { documents: []; why: string };

/**
 * The documents of a kind that count for a gate, the newest first: those that come from whom the rule names, and are not
 * older than it allows. What is not there, and what would fill it, is said in words.
 */
export function countingEvidence(
  rule: Pick<GateRule, 'from' | 'maxAgeDays'>,
  of: GateVersion,
  kind: string,
  now: string,
): Counting {
  const { version } = of.version;
  const known = of.evidence.filter(document => document.kind === kind);
  if (known.length === 0) {
    return none(
      `Version ${version} has no ${kind} evidence. ${whatCounts(rule)}`,
    );
  }
  const cut = whyCut(of, kind);
  if (cut !== null) {
    return none(cut);
  }
  const counted = known.filter(({ from }) => comesFrom(rule, from));
  if (counted.length === 0) {
    return none(
      `The ${kind} evidence of version ${version} comes from ${listed(
        known.map(({ from }) => from),
      )}, which does not count for this gate. ${whatCounts(rule)}`,
    );
  }
  const [newest, ...older] = counted.filter(
    document => !tooOld(rule, datedAt(document, of.version), now),
  );
  return newest
    ? { documents: [newest, ...older], why: null }
    : none(
        `The newest ${kind} evidence of version ${version} that counts ${ageText(
          counted[0],
          of.version,
        )}, and none older than ${rule.maxAgeDays} days does.`,
      );
}

/**
 * Why nobody can tell what all documents of some kinds say; null where all are read. What says the same in other words
 * must not be taken in their place then: who pushes much would choose what is judged.
 */
export function whyCut(
  { version: { version }, notAll }: GateVersion,
  ...kinds: string[]
): string | null {
  const cut = kinds.find(kind => notAll?.includes(kind));
  return cut === undefined
    ? null
    : `Version ${version} has more ${cut} evidence than is read, so that nobody can tell what the rest says.`;
}

/** Whether evidence from somebody counts for a gate; `*` in the rule stands for any letters. */
export function comesFrom(rule: Pick<GateRule, 'from'>, from: string): boolean {
  return rule.from.some(pattern => matchesPattern(pattern, from));
}

/** How old a document is, in words. */
function ageText(
  document: GateEvidence,
  version: { createdAt: string | null },
): string {
  const at = datedAt(document, version);
  if (!isUndated(document)) {
    return `is of ${at}`;
  }
  return at === null
    ? 'does not say when it was made, and when the version was is not known either'
    : `does not say when it was made, so that it is taken to be as old as the version, of ${at}`;
}

/** Whether something of a time is older than a gate allows; of what no time is known nobody can tell that it is not. */
export function tooOld(
  rule: Pick<GateRule, 'maxAgeDays'>,
  at: string | null,
  now: string,
): boolean {
  return (
    rule.maxAgeDays !== undefined &&
    (at === null ||
      !(Date.parse(now) - Date.parse(at) <= rule.maxAgeDays * DAY))
  );
}

/** Whose evidence a gate counts, in words. */
export function whatCounts(rule: Pick<GateRule, 'from'>): string {
  return `It counts what comes from ${listed(rule.from)}.`;
}

function none(why: string): Counting {
  return { documents: [], why };
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].map(name => `"${name}"`).join(', ');
}
