/** Words of a text in lower case, each once: a search looks for words, wherever they stand. */
export function searchWords(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s\0]+/)
        .filter(Boolean),
    ),
  ];
}
