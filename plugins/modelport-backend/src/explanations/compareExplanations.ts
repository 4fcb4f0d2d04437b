import {
  ComparedExplanations,
  ComparedFeature,
  ExplanationSummary,
  RetrainingNoise,
  rowsTold,
} from '@modelport/plugin-modelport-common';
import { outputOf } from './ComputeService';
import { OpenedRow } from './explainedRow';

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
  const enough = explained.length > 1 && shared.length >= smallestGroup;
  const warnings = versions
    .filter(({ document }) => !document)
    .map(({ version }) => `There is no explanation of version ${version}.`);
  if (!enough && explained.length > 1) {
    warnings.push(
      shared.length === 0
        ? 'The explanations hold no row with the same id and values, so each is taken on its own rows, and how often reasons change is not known.'
        : `The explanations have only ${shared.length} rows in common, of which nothing is said; each is taken on its own rows.`,
    );
  }
  const units = new Set(
    explained.map(({ document }) => document?.summary.explains.output),
  );
  if (units.size > 1) {
    warnings.push(
      'The versions explain outputs of different units; their figures do not compare, their ranks do.',
    );
  }
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
  const [first, ...others] = versions.map(({ document, rows }) => ({
    names: document?.summary.features.map(({ name }) => name) ?? [],
    byId: new Map(rows.map(row => [row.id, row])),
  }));
  if (!first) {
    return [];
  }
  const placesIn = others.map(({ names }) => {
    const places = new Map(names.map((name, place) => [name, place]));
    return first.names.map(name => places.get(name));
  });
  return [...first.byId.values()]
    .filter(row =>
      others.every(({ byId }, at) => {
        const other = byId.get(row.id);
        return (
          other !== undefined &&
          placesIn[at].every(
            (there, place) =>
              there === undefined ||
              row.values?.[place] === other.values?.[there],
          )
        );
      }),
    )
    .map(({ id }) => id);
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
