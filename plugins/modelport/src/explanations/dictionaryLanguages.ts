/** The languages that every code of a dictionary has a wording in. */
export function dictionaryLanguages(
  dictionary: Readonly<Record<string, unknown>>,
): string[] {
  const codes = Array.isArray(dictionary.codes) ? dictionary.codes : [];
  const lists = codes.map((code: unknown) => {
    const consumer =
      typeof code === 'object' && code !== null && 'consumer' in code
        ? code.consumer
        : undefined;
    return typeof consumer === 'object' && consumer !== null
      ? Object.keys(consumer)
      : [];
  });
  return (lists[0] ?? []).filter(language =>
    lists.every(list => list.includes(language)),
  );
}
