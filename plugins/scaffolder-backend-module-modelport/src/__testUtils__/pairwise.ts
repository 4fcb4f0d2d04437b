/** Each field with the values that it may have. */
export type Space = Record<string, readonly unknown[]>;

/**
 * Few combinations that hold every pair of values of every two fields at least once, always the same ones. Greedy: each
 * begins with a pair that is missing yet, and takes for every other field the value that brings most missing pairs.
 */
export function pairwise(space: Space): Array<Record<string, unknown>> {
  const fields = Object.keys(space);
  const missing = new Set<string>();
  const key = (a: number, i: number, b: number, j: number) =>
    a < b ? `${a}.${i}/${b}.${j}` : `${b}.${j}/${a}.${i}`;
  fields.forEach((first, a) =>
    fields.slice(a + 1).forEach((second, offset) =>
      space[first].forEach((_, i) =>
        space[second].forEach((__, j) => {
          missing.add(key(a, i, a + 1 + offset, j));
        }),
      ),
    ),
  );
  const rows: number[][] = [];
  while (missing.size > 0) {
    const row: number[] = [];
    const [begin] = missing;
    for (const part of begin.split('/')) {
      const [field, value] = part.split('.').map(Number);
      row[field] = value;
    }
    fields.forEach((field, a) => {
      if (row[a] === undefined) {
        const gains = space[field].map(
          (_, i) =>
            row.filter((j, b) => b !== a && missing.has(key(a, i, b, j)))
              .length,
        );
        row[a] = gains.indexOf(Math.max(...gains));
      }
    });
    row.forEach((i, a) =>
      row.forEach((j, b) => {
        if (a < b) {
          missing.delete(key(a, i, b, j));
        }
      }),
    );
    rows.push(row);
  }
  return rows.map(row =>
    Object.fromEntries(fields.map((field, a) => [field, space[field][row[a]]])),
  );
}
