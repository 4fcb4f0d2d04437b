import {
  ComparedExplanations,
  ComparedFeature,
  ExplanationSummary,
  RetrainingNoise,
  rowsTold,
} from '@modelport/plugin-modelport-common';
import { outputOf } from './ComputeService';
import { OpenedRow } from './explainedRow';
import { whyMadeOtherwise } from './whyMadeOtherwise';

/** The explanation of one of the versions that are compared. */
export interface ExplainedVersion {
  version: string;
  document:
    | { evidence: { digest: string }; summary: ExplanationSummary }
    | undefined;
  rows: OpenedRow[];
}

/**
 * How the reasons moved between versions. Importance and churn are those of the rows that all of them explain with the
 * same values; where there are too few, importance is that of each version's own rows, which a warning says.
 */
export function compareExplanations(
  versions: ExplainedVersion[],
  options: { className: string | undefined; smallestGroup: number },
): ComparedExplanations {
  const { className, smallestGroup } = options;
  const explained = versions.filter(({ document }) => document);
  const shared = sharedRows(explained);
  const fewest = fewestApart(explained);
  const enough =
    explained.length > 1 &&
    shared.length >= smallestGroup &&
    fewest >= smallestGroup;
  const warnings = versions
    .filter(({ document }) => !document)
    .map(({ version }) => `There is no explanation of version ${version}.`);
  if (!enough && explained.length > 1) {
    warnings.push(whyNotShared(shared.length, smallestGroup));
  }
  const units = new Set(
    explained.map(({ document }) => document?.summary.explains.output),
  );
  if (units.size > 1) {
    warnings.push(
      'The versions explain outputs of different units; their figures do not compare, their ranks do.',
    );
  }
  warnings.push(...whyMadeOtherwise(explained));
  const noise = noiseOf(explained);
  const importance = versions.map(one =>
    importanceOf(one, enough ? new Set(shared) : undefined, options),
  );
  const names = [...new Set(importance.flatMap(one => [...one.keys()]))];
  const known = importance.filter(one => one.size > 0);
  const first = known[0];
  const last = known[known.length - 1];
  return {
    versions: versions.map(({ version, document }) => ({
      version,
      digest: document?.evidence.digest ?? null,
    })),
    class: className ?? null,
    rows: enough ? shared.length : null,
    features: names
      .map((name): ComparedFeature => {
        const from = first?.get(name);
        const to = last?.get(name);
        const ends = [from?.direction, to?.direction];
        return {
          name,
          meanAbs: importance.map(one => one.get(name)?.meanAbs ?? null),
          ranks: importance.map(one => one.get(name)?.rank ?? null),
          directions: importance.map(one => one.get(name)?.direction ?? null),
          rankShift:
            from && to && known.length > 1 ? from.rank - to.rank : null,
          flipped: ends.includes('increasing') && ends.includes('decreasing'),
        };
      })
      .sort((a, b) => bestRank(a) - bestRank(b)),
    churn: enough
      ? churnOf(explained, new Set(shared)).map(one => ({
          ...one,
          aboveNoise: isAbove(one.share, noise?.churn ?? null),
        }))
      : [],
    noise,
    warnings,
  };
}

/** What the newest of them says of training it again. */
function noiseOf(versions: ExplainedVersion[]): RetrainingNoise | null {
  const [newest] = [...versions].reverse().flatMap(({ version, document }) => {
    const noise = document?.summary.retrainingNoise;
    return document && noise
      ? [{ ...noise, version, digest: document.evidence.digest }]
      : [];
  });
  return newest ?? null;
}

function isAbove(share: number, noise: number | null): boolean | null {
  return noise === null ? null : share > noise;
}

interface Importance {
  meanAbs: number;
  rank: number;
  direction: string | null;
}

function importanceOf(
  { document, rows }: ExplainedVersion,
  shared: ReadonlySet<string> | undefined,
  options: { className: string | undefined; smallestGroup: number },
): Map<string, Importance> {
  if (!document) {
    return new Map();
  }
  const { summary } = document;
  const own =
    summary.outputs[outputOf(options.className, summary.classes)].features;
  if (!shared) {
    const told = rowsTold(summary);
    const tooFew = told !== null && told < options.smallestGroup;
    return new Map(tooFew ? [] : own.map(one => [one.name, one]));
  }
  const counted = rows.filter(({ id }) => shared.has(id));
  return new Map(
    summary.features
      .map(({ name }, place) => ({
        name,
        meanAbs:
          counted.reduce(
            (sum, row) => sum + Math.abs(row.contributions[place]),
            0,
          ) / counted.length,
        direction: own.find(one => one.name === name)?.direction ?? null,
      }))
      .sort((a, b) => b.meanAbs - a.meanAbs)
      .map((one, place) => [one.name, { ...one, rank: place + 1 }]),
  );
}

/** Ids of rows that all versions explain, with the same values of the features that they share. */
function sharedRows(versions: ExplainedVersion[]): string[] {
  const [first, ...others] = versions;
  if (!first) {
    return [];
  }
  const also = others.map(other => rowsAlsoIn(first, other));
  return first.rows
    .filter(({ id }) => also.every(ids => ids.has(id)))
    .map(({ id }) => id);
}

/**
 * The fewest rows that one of the versions shares with the very same others. Figures of some rows and of all but a few of
 * them tell of these few by their difference, so that where this is below the smallest group none are told of shared rows.
 */
function fewestApart(versions: ExplainedVersion[]): number {
  let fewest = Infinity;
  for (const version of versions) {
    const also = versions
      .filter(other => other !== version)
      .map(other => rowsAlsoIn(version, other));
    const counts = new Map<string, number>();
    for (const { id } of version.rows) {
      const who = also.map(ids => (ids.has(id) ? '+' : '-')).join('');
      counts.set(who, (counts.get(who) ?? 0) + 1);
    }
    fewest = Math.min(fewest, ...counts.values());
  }
  return fewest;
}

/** Ids of a version's rows that another one explains with the same values of the features that both have. */
function rowsAlsoIn(
  version: ExplainedVersion,
  other: ExplainedVersion,
): Set<string> {
  const places = new Map(namesOf(other).map((name, place) => [name, place]));
  const there = namesOf(version).map(name => places.get(name));
  const byId = new Map(other.rows.map(row => [row.id, row]));
  return new Set(
    version.rows
      .filter(row => {
        const same = byId.get(row.id);
        return (
          same !== undefined &&
          there.every(
            (at, place) =>
              at === undefined || row.values?.[place] === same.values?.[at],
          )
        );
      })
      .map(({ id }) => id),
  );
}

function namesOf({ document }: ExplainedVersion): string[] {
  return document?.summary.features.map(({ name }) => name) ?? [];
}

function whyNotShared(shared: number, smallestGroup: number): string {
  if (shared === 0) {
    return 'The explanations hold no row with the same id and values, so each is taken on its own rows, and how often reasons change is not known.';
  }
  return shared < smallestGroup
    ? `The explanations have only ${shared} rows in common, of which nothing is said; each is taken on its own rows.`
    : `Fewer than ${smallestGroup} rows are in some of the explanations and not in others. Figures of the rows in common would tell of these few by their difference, so each is taken on its own rows, and how often reasons change is not known. Explain the same rows in each, or at least ${smallestGroup} others.`;
}

/**
 * How often the largest contribution, up or down, is another feature's in the next version. Where several are equally
 * large, each of them is; where nothing contributes, none is.
 */
function churnOf(versions: ExplainedVersion[], shared: ReadonlySet<string>) {
  return versions.slice(1).map((to, place) => {
    const from = versions[place];
    const before = topReasons(from, shared);
    const after = topReasons(to, shared);
    const changed = [...before].filter(([id, features]) =>
      isAnother(features, after.get(id) ?? []),
    ).length;
    return {
      from: from.version,
      to: to.version,
      rows: before.size,
      share: changed / before.size,
    };
  });
}

function topReasons(
  { document, rows }: ExplainedVersion,
  shared: ReadonlySet<string>,
): Map<string, string[]> {
  const names = document?.summary.features.map(({ name }) => name) ?? [];
  return new Map(
    rows
      .filter(({ id }) => shared.has(id))
      .map(({ id, contributions }) => {
        const largest = contributions.reduce(
          (most, value) => Math.max(most, Math.abs(value)),
          0,
        );
        return [
          id,
          names.filter(
            (_name, place) =>
              largest > 0 && Math.abs(contributions[place]) === largest,
          ),
        ];
      }),
  );
}

function isAnother(before: string[], after: string[]): boolean {
  return before.length === 0 || after.length === 0
    ? before.length !== after.length
    : !before.some(feature => after.includes(feature));
}

function bestRank({ ranks }: ComparedFeature): number {
  return Math.min(...ranks.map(rank => rank ?? Infinity));
}
