import { ExplanationBody, ExplanationRow } from './explanationBody';

/** Contributions of an explanation, over all rows, classes and features. */
export const MOST_EXPLANATION_VALUES = 10_000_000;

/**
 * Refuses explanations with more values than are read.
 *
 * @throws `Error` that says how many there are.
 *
 * @public
 */
export function refuseTooManyValues(
  rows: number,
  classes: number,
  features: number,
): void {
  const values = rows * Math.max(1, classes) * features;
  if (!(values <= MOST_EXPLANATION_VALUES)) {
    throw new Error(
      `It holds ${values} contributions (${rows} rows, ${Math.max(
        1,
        classes,
      )} outputs, ${features} features); at most ${MOST_EXPLANATION_VALUES} are read. Explain a sample of the rows.`,
    );
  }
}

/**
 * Refuses an explanation whose parts don't fit together.
 *
 * @throws `Error` that names the first row and feature that is wrong.
 *
 * @public
 */
export function checkExplanation(body: ExplanationBody): void {
  const features = body.features.map(feature => feature.name);
  const classes = body.classes ?? [];
  refuseTwice('features', features);
  refuseTwice('classes', classes);
  refuseTooManyValues(body.rows.length, classes.length, features.length);
  if (body.rows.length === 0 && !body.importance?.length) {
    throw new Error('It holds neither rows nor the importance of its features');
  }
  for (const [place, { meanAbs }] of (body.importance ?? []).entries()) {
    refuseLength(
      `importance.${place}.meanAbs`,
      meanAbs.length,
      features.length,
    );
  }
  const ids = new Set<string>();
  for (const [place, row] of body.rows.entries()) {
    const where = `Row ${place + 1}`;
    if (ids.has(row.id)) {
      throw new Error(`${where}: its id is that of another row before it`);
    }
    ids.add(row.id);
    if (row.values) {
      refuseLength(`${where}: values`, row.values.length, features.length);
    }
    for (const [output, list] of contributionsOf(row).entries()) {
      if (output >= Math.max(1, classes.length)) {
        throw new Error(
          `${where}: there are contributions to ${output + 1} outputs, but ${
            classes.length
          } classes`,
        );
      }
      refuseLength(`${where}: contributions`, list.length, features.length);
      const bad = list.findIndex(value => !Number.isFinite(value));
      if (bad >= 0) {
        throw new Error(
          `${where}: the contribution of "${features[bad]}" is no number`,
        );
      }
    }
    refuseLength(
      `${where}: outputs`,
      contributionsOf(row).length,
      Math.max(1, classes.length),
    );
    for (const part of [row.baseValue, row.output]) {
      if (Array.isArray(part)) {
        refuseLength(
          `${where}: base value or output`,
          part.length,
          Math.max(1, classes.length),
        );
      }
    }
  }
}

/**
 * The contributions of a row, one list an output.
 *
 * @public
 */
export function contributionsOf(
  row: Pick<ExplanationRow, 'contributions'>,
): number[][] {
  const lists: number[][] = [];
  const flat: number[] = [];
  for (const part of row.contributions) {
    if (typeof part === 'number') {
      flat.push(part);
    } else {
      lists.push(part);
    }
  }
  return lists.length > 0 ? lists : [flat];
}

/**
 * One output of a figure that is one number or one a class; null where it isn't known.
 *
 * @public
 */
export function figureOf(
  figure: number | number[] | null | undefined,
  output: number,
): number | null {
  return (Array.isArray(figure) ? figure[output] : figure) ?? null;
}

function refuseTwice(what: string, names: string[]): void {
  const seen = new Set<string>();
  const twice = names.find(name => seen.size === seen.add(name).size);
  if (twice !== undefined) {
    throw new Error(`${what}: "${twice}" is there twice`);
  }
}

function refuseLength(where: string, length: number, expected: number): void {
  if (length !== expected) {
    throw new Error(`${where}: expected ${expected}, but there are ${length}`);
  }
}
