import { ExplainedVersion } from './compareExplanations';

const DIGEST = 12;

/**
 * What else than the model may have moved the figures of versions that are compared: another perturbation, another
 * background, or one that is not said.
 */
export function whyMadeOtherwise(versions: ExplainedVersion[]): string[] {
  const explained = versions.flatMap(({ version, document }) =>
    document ? [{ version, ...document.summary }] : [],
  );
  if (explained.length < 2) {
    return [];
  }
  const ways = explained.map(({ version, perturbation }) => ({
    version,
    is: perturbation,
  }));
  const backgrounds = explained.map(({ version, background }) => ({
    version,
    is: background?.digest?.slice(0, DIGEST) ?? null,
  }));
  const unsaid = backgrounds.filter(({ is }) => is === null);
  return [
    ...(differ(ways)
      ? [
          `The explanations were made in different ways (${words(
            ways,
          )}); that alone moves figures.`,
        ]
      : []),
    ...(differ(backgrounds)
      ? [
          `The explanations were made against different backgrounds (${words(
            backgrounds,
          )}); that alone may move figures.`,
        ]
      : []),
    ...(unsaid.length > 0
      ? [
          `Against which background version ${unsaid
            .map(({ version }) => version)
            .join(
              ', ',
            )} was explained is not said; another one may move figures.`,
        ]
      : []),
  ];
}

interface Said {
  version: string;
  is: string | null;
}

function differ(said: Said[]): boolean {
  return new Set(said.flatMap(({ is }) => is ?? [])).size > 1;
}

function words(said: Said[]): string {
  return said.map(({ version, is }) => `${version}: ${is ?? '?'}`).join(', ');
}
