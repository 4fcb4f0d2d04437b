/** The features whose values nobody is shown: those marked personal, and those that a pattern names. */
export function maskedFeatures(
  features: ReadonlyArray<{ name: string; personal: boolean }>,
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
        ({ name, personal }) =>
          personal || expressions.some(expression => expression.test(name)),
      )
      .map(({ name }) => name),
  );
}
