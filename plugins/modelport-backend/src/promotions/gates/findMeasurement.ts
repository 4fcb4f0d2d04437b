import { fromFigure, Measurement } from '@modelport/plugin-modelport-common';
import { comesFrom, tooOld, whatCounts } from './countingEvidence';
import { tooFewRows } from './enoughRows';
import { GateRule } from './gateRules';
import { datedAt, madeAt } from './timesOf';
import { GateEvidence, GateVersion } from './types';

/** A figure of a version that counts for a gate. */
export interface FoundMeasurement {
  measurement: Measurement;
  value: number;
  /** The document that says it; none where the registry does. */
  evidence: GateEvidence[];
  producer: string | null;
  producedAt: string | null;
}

/** What the registry says itself, as rules name it. */
const REGISTRY = 'source';

const MOST_NAMES = 12;

/**
 * The figure of a version that a rule names, or why there is none. Of several that say the same the newest counts; what
 * was measured on different sets is told apart, and never chosen between.
 */
export function findMeasurement(
  rule: Pick<GateRule, 'from' | 'maxAgeDays'> & {
    metric: string;
    minimumRows?: number;
    slice?: string;
    evaluationSet?: string;
  },
  of: GateVersion,
  now: string,
): { found: FoundMeasurement; why: null } | { found: null; why: string } {
  const { version, measurements, createdAt } = of.version;
  if (of.notAll?.includes('metrics')) {
    return none(
      `Version ${version} has more metrics evidence than is read, so that nobody can tell what the rest says.`,
    );
  }
  const named = measurements.filter(
    one =>
      one.key === rule.metric &&
      (one.slice ?? undefined) === rule.slice &&
      (rule.evaluationSet === undefined ||
        one.evaluationSet?.id === rule.evaluationSet),
  );
  const what = [
    `"${rule.metric}"`,
    rule.slice === undefined ? '' : ` of the slice "${rule.slice}"`,
    rule.evaluationSet === undefined ? '' : ` on "${rule.evaluationSet}"`,
  ].join('');
  if (named.length === 0) {
    return none(
      `Version ${version} has no figure for ${what}. It has ${keysOf(
        measurements,
      )}. Push it as metrics evidence.`,
    );
  }
  const counted = named
    .map(measurement => {
      // Several may have brought the same document; one of them who counts is enough.
      const documents = of.evidence.filter(
        ({ digest }) => digest === measurement.evidence,
      );
      const document =
        documents.find(({ from }) => comesFrom(rule, from)) ?? documents[0];
      return {
        measurement,
        value: fromFigure(measurement.value),
        evidence: document ? [document] : [],
        producer: document ? null : 'the registry',
        producedAt: document ? madeAt(document) : createdAt,
        /** What its age is counted from. */
        at: document ? datedAt(document, of.version) : createdAt,
        /** Of two that say the same the later one counts. */
        order:
          (document && (madeAt(document) ?? document.receivedAt)) ??
          createdAt ??
          '',
        counts:
          measurement.evidence === null
            ? comesFrom(rule, REGISTRY)
            : document !== undefined && comesFrom(rule, document.from),
      };
    })
    .filter(({ counts }) => counts);
  if (counted.length === 0) {
    return none(
      `What is said of ${what} of version ${version} comes from nobody who counts for this gate. ${whatCounts(
        rule,
      )}`,
    );
  }
  const recent = counted.filter(({ at }) => !tooOld(rule, at, now));
  if (recent.length === 0) {
    return none(
      `What is said of ${what} of version ${version} is older than ${rule.maxAgeDays} days, or of no known time.`,
    );
  }
  const sets = new Set(recent.map(({ measurement }) => setOf(measurement)));
  if (sets.size > 1) {
    return none(
      `${what} of version ${version} was measured on ${sets.size} sets (${[
        ...sets,
      ].join(', ')}): the rule has to name the evaluation set.`,
    );
  }
  const [newest] = recent.sort((a, b) => b.order.localeCompare(a.order));
  if (!Number.isFinite(newest.value)) {
    return none(
      `${what} of version ${version} is ${newest.measurement.value}.`,
    );
  }
  const tooFew = tooFewRows(
    rule,
    newest.measurement.n,
    `${what} of version ${version}`,
  );
  return tooFew === null ? { found: newest, why: null } : none(tooFew);
}

function none(why: string) {
  return { found: null, why };
}

function setOf({ evaluationSet, dataset }: Measurement): string {
  return evaluationSet
    ? [evaluationSet.id, evaluationSet.hash].filter(Boolean).join(' ')
    : dataset?.name ?? 'a set without a name';
}

function keysOf(measurements: Measurement[]): string {
  const keys = [...new Set(measurements.map(({ key }) => key))];
  return keys.length === 0
    ? 'none at all'
    : keys
        .slice(0, MOST_NAMES)
        .map(key => `"${key}"`)
        .join(', ') + (keys.length > MOST_NAMES ? ' and more' : '');
}
