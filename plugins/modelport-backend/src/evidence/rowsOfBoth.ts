import {
  ComparedMeasurement,
  ComparedMetric,
  EvaluationSet,
  fromFigure,
} from '@modelport/plugin-modelport-common';
import { joinRows, PairedDifference } from '../promotions/gates/pairedMetric';
import { EvaluatedRows } from '../promotions/gates/scoredRows';

/** Rows of two classes, or of numbers. */
type Rows = EvaluatedRows<boolean | number>;

export interface RowSet {
  digest: string;
  rows: Rows;
}

export interface VersionRows {
  version: string;
  sets: RowSet[];
  /** Why there are none. */
  why: string;
}

/** Rows of two versions with the same ids and labels. */
export interface SharedRows {
  baseline: RowSet;
  other: RowSet;
  set: EvaluationSet;
}

type Versions = [baseline: string, other: string];

/** Figures that are closer than this are the same one, rounded. */
const ROUNDED = 0.0005;
/** Data that the name of a metric may say, and that is seldom what rows are pushed of. */
const OTHER_DATA = [
  ['train', 'training'],
  ['valid', 'validation', 'val', 'dev'],
  ['cv', 'oof', 'fold'],
];
const HASH_LETTERS = 12;

/**
 * The sets whose rows both versions have. The rows decide which those are; a hash that is claimed of them counts only
 * where it does not contradict them, and is remarked where it does.
 */
export function rowsOfBoth(
  metrics: ComparedMetric[],
  baseline: VersionRows,
  other: VersionRows,
): { shared: SharedRows[]; remarks: string[]; why: string | null } {
  const shared: SharedRows[] = [];
  const remarks = new Set<string>();
  let why: string | null = null;
  const both = `versions ${baseline.version} and ${other.version}`;
  for (const theirs of baseline.sets) {
    for (const ours of other.sets) {
      const [a, b] = [theirs.rows.evaluationSet, ours.rows.evaluationSet];
      const same = a.hash !== null && a.hash === b.hash ? a.hash : null;
      if (a.id !== b.id && same === null) {
        why ??= `the rows of ${both} are of other evaluation sets`;
      } else {
        const joined = joinRows(ours.rows, theirs.rows);
        if (typeof joined !== 'string' && joined.labels.length > 0) {
          shared.push({ baseline: theirs, other: ours, set: b });
          const hashes = [
            ...claimedHashes(metrics, baseline, a.id),
            ...claimedHashes(metrics, other, b.id),
          ];
          if (new Set(hashes).size > 1) {
            remarks.add(
              `Different hashes are claimed of the evaluation set "${
                b.id
              }" of ${both} (${[...new Set(hashes)]
                .map(short)
                .join(
                  ', ',
                )}), which their rows contradict: they have the same ids and labels. The rows count.`,
            );
          }
        } else {
          why = typeof joined === 'string' ? joined : why;
          if (same !== null) {
            remarks.add(
              `The same hash (${short(
                same,
              )}) is claimed of the evaluation set "${
                b.id
              }" of ${both}, which their rows contradict: ${joinedWhy(
                joined,
              )}. The rows count.`,
            );
          }
        }
      }
    }
  }
  return { shared, remarks: [...remarks], why: shared.length > 0 ? null : why };
}

/**
 * The rows that can tell of a metric: those of the set that the registry names for both; any where it names none, but
 * for those of a set that is not recorded as its own and of which there are not as many as it was measured on.
 */
export function setsFor(
  values: ComparedMeasurement[],
  versions: Versions,
  shared: SharedRows[],
): SharedRows[] {
  const [a, b] = versions.map(
    version => measurementOf(values, version)?.evaluationSet ?? null,
  );
  if (a && b && a.id === b.id) {
    return shared.filter(({ set }) => set.id === a.id);
  }
  const isNamed = ({ set }: SharedRows) => set.id === a?.id || set.id === b?.id;
  const known = shared.filter(({ baseline, other }) =>
    [baseline, other].every(({ rows }, place) => {
      const of = measurementOf(values, versions[place]);
      return (
        typeof of?.n !== 'number' ||
        of.n === rows.ids.length ||
        of.evaluationSet?.id === rows.evaluationSet.id
      );
    }),
  );
  return [...known.filter(isNamed), ...known.filter(one => !isNamed(one))];
}

/**
 * Whether figures of rows are those of a metric. One whose name says that it is of training or validation data is told
 * by rows only of a set that says so too, or that gives the figures that the registry has.
 */
export function tellsOf(
  key: string,
  set: EvaluationSet,
  values: ComparedMeasurement[],
  versions: Versions,
  paired: Pick<PairedDifference, 'candidate' | 'production'>,
): boolean {
  const data = OTHER_DATA.find(names => says(key, names));
  const known = versions.map(version => measurementOf(values, version));
  if (
    !data ||
    says(set.id, data) ||
    known.every(one => one?.evaluationSet?.id === set.id)
  ) {
    return true;
  }
  return known.every(
    (one, place) =>
      one !== null &&
      Math.abs(
        fromFigure(one.value) -
          (place === 0 ? paired.production : paired.candidate),
      ) <= ROUNDED,
  );
}

/** Whether rows are of a set, as far as is claimed of both. */
export function isSet(rows: Rows, set: EvaluationSet): boolean {
  const { id, hash } = rows.evaluationSet;
  return (
    id === set.id && (hash === null || set.hash === null || hash === set.hash)
  );
}

/** What is claimed of a set of a version, beside its rows and beside its metrics. */
function claimedHashes(
  metrics: ComparedMetric[],
  { version, sets }: VersionRows,
  id: string,
): string[] {
  return [
    ...sets.map(({ rows }) => rows.evaluationSet),
    ...metrics.map(
      ({ values }) => measurementOf(values, version)?.evaluationSet,
    ),
  ].flatMap(set => (set?.id === id && set.hash !== null ? [set.hash] : []));
}

function measurementOf(values: ComparedMeasurement[], version: string) {
  return values.find(one => one.version === version)?.measurement ?? null;
}

function says(text: string, names: string[]): boolean {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .some(word => names.includes(word));
}

function joinedWhy(joined: ReturnType<typeof joinRows>): string {
  return typeof joined === 'string' ? joined : 'no row of both is left';
}

function short(hash: string): string {
  return hash.length > HASH_LETTERS ? `${hash.slice(0, HASH_LETTERS)}…` : hash;
}
