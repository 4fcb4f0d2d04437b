/** The features whose values nobody is shown: those marked personal, and those that a pattern names, or what they are part of. */
export function maskedFeatures(
  features: ReadonlyArray<{
    name: string;
    group?: string | null;
    personal: boolean;
  }>,
  patterns: readonly string[],
): Set<string> {
  const expressions = patterns.map(
    pattern =>
      new RegExp(
        `^${pattern
          .split('*')
          .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('.*')}$`,
        's',
      ),
  );
  return new Set(
    features
      .filter(
        ({ name, group, personal }) =>
          personal ||
          expressions.some(
            expression => expression.test(name) || expression.test(group ?? ''),
          ),
      )
      .map(({ name }) => name),
  );
}
