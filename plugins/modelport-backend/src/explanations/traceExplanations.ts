import { ExplanationTrace, rowsTold } from '@modelport/plugin-modelport-common';
import { VersionExplanation } from './ExplanationDocuments';

/** Versions that are traced; the newest ones. */
const MOST_VERSIONS = 50;

/** The importance of each feature across versions, each on its own rows; what few rows tell is left out. */
export function traceExplanations(
  all: VersionExplanation[],
  options: { className: string | undefined; smallestGroup: number },
): ExplanationTrace {
  const versions = all.slice(-MOST_VERSIONS);
  const warnings: string[] = [];
  if (all.length > versions.length) {
    warnings.push(
      `Of ${all.length} explained versions the newest ${versions.length} are traced.`,
    );
  }
  if (new Set(versions.map(one => one.summary.explains.output)).size > 1) {
    warnings.push(
      'The versions explain outputs of different units; their figures do not compare, their ranks do.',
    );
  }
  const importance = versions.map(({ summary }) => {
    const output =
      options.className === undefined
        ? 0
        : summary.classes.indexOf(options.className);
    const told = rowsTold(summary);
    const tooFew = told !== null && told < options.smallestGroup;
    const features = tooFew ? [] : summary.outputs[output]?.features ?? [];
    return new Map(features.map(feature => [feature.name, feature]));
  });
  const silent = versions.filter((_one, place) => importance[place].size === 0);
  if (silent.length > 0) {
    warnings.push(
      `Nothing is said of ${silent
        .map(({ version }) => version)
        .join(', ')}: too few rows, or no such class.`,
    );
  }
  const names = [...new Set(importance.flatMap(one => [...one.keys()]))];
  const best = (name: string) =>
    Math.min(...importance.map(one => one.get(name)?.rank ?? Infinity));
  return {
    class: options.className ?? null,
    versions: versions.map(({ version, createdAt, digest, summary }) => ({
      version,
      createdAt,
      digest,
      rows: summary.rowCount,
    })),
    features: names
      .sort((a, b) => best(a) - best(b))
      .map(name => ({
        name,
        meanAbs: importance.map(one => one.get(name)?.meanAbs ?? null),
        ranks: importance.map(one => one.get(name)?.rank ?? null),
      })),
    warnings,
  };
}
