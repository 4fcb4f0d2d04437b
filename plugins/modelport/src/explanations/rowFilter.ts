import { ExplanationColumns } from '@modelport/plugin-modelport-common';

type Column = Pick<
  ExplanationColumns['columns'][number],
  'feature' | 'values' | 'categories'
>;

const CONDITION =
  /^\s*(?:"([^"]+)"|([^\s"<>=!(][^\s"<>=!]*))\s*(?:is\s+(not\s+)?(missing)|(<=|>=|!=|=|<|>)\s*(?:"([^"]*)"|(\S+)))\s*$/i;

const IN_PARENTHESES = /^\s*\(([^]*)\)\s*$/;
const TOKEN = /"[^"]*"|[()]|\s+(?:and|or)(?=[\s("])/gi;

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** Why a filter can't be read: how it is written, or a feature or a value that there is none of. */
export class RowFilterError extends Error {
  constructor(
    readonly reason: 'unreadable' | 'noFeature' | 'noValue',
    readonly what: string,
  ) {
    super(`${reason}: ${what}`);
    this.name = 'RowFilterError';
  }
}

/**
 * Reads a filter of rows: conditions joined by `and` and `or`, of which `and` binds closer where no parentheses say
 * otherwise, such as `age >= 30 and (purpose = car or income is missing)`; names and values with spaces or parentheses
 * stand in quotes. A row without the value satisfies no comparison.
 *
 * @throws {@link RowFilterError} that names what can't be read.
 */
export function readRowFilter(
  text: string,
  columns: ReadonlyArray<Column>,
): (place: number) => boolean {
  const alternatives = splitAt('or', text).map(part =>
    splitAt('and', part).map(one => {
      const inner = IN_PARENTHESES.exec(one)?.[1];
      return inner === undefined
        ? conditionOf(one, columns)
        : readRowFilter(inner, columns);
    }),
  );
  return place =>
    alternatives.some(conditions => conditions.every(holds => holds(place)));
}

/** The parts between a word that stands outside of quotes and parentheses. */
function splitAt(word: 'and' | 'or', text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '(') {
      depth++;
    } else if (token === ')') {
      depth--;
    } else if (depth === 0 && token.trim().toLowerCase() === word) {
      parts.push(text.slice(from, index));
      from = index + token.length;
    }
  }
  return [...parts, text.slice(from)];
}

function conditionOf(
  part: string,
  columns: ReadonlyArray<Column>,
): (place: number) => boolean {
  const [, quoted, plain, not, missing, operator, quotedValue, plainValue] =
    CONDITION.exec(part) ?? [];
  const name = quoted ?? plain;
  const column = columns.find(({ feature }) => feature === name);
  if (name === undefined) {
    throw new RowFilterError('unreadable', part.trim());
  }
  if (!column) {
    throw new RowFilterError('noFeature', name);
  }
  const { values, categories } = column;
  if (missing !== undefined) {
    return place => (values[place] === null) === (not === undefined);
  }
  const value = quotedValue ?? plainValue;
  const isText = categories.length > 0;
  const wanted = isText ? categories.indexOf(value) : Number(value);
  const isReadable = isText
    ? ['=', '!='].includes(operator)
    : value.trim() !== '' && Number.isFinite(wanted);
  if (!isReadable) {
    throw new RowFilterError('unreadable', part.trim());
  }
  if (isText && wanted === -1) {
    throw new RowFilterError('noValue', value);
  }
  const compare = COMPARISONS[operator];
  return place => {
    const own = values[place];
    return own !== null && compare(own, wanted);
  };
}
