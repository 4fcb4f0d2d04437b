import { z } from 'zod';
import {
  count,
  isSmallInteger,
  Place,
  read,
  readCount,
  write,
} from './packJson';

/** Digits after the point that numbers are tried with. */
const MOST_DECIMALS = 6;
/** A whole number that stands for one with decimals has no more. */
const MOST_UNITS = 2 ** 45;
const MOST_DIGITS = 9;

/**
 * What rows of a document have in common, and how each of their values is written: as whatever it may be, as a number of
 * a kind, or as a text. It holds names, and nothing of what any row says.
 */
export type RowTemplate =
  | 'any'
  | 'integer'
  | 'float32'
  | 'float64'
  | 'text'
  /** A text of digits, such as an id. */
  | 'digits'
  | { decimals: number }
  | { list: number; of: RowTemplate }
  | { items: RowTemplate[] }
  | { names: string[]; members: RowTemplate[] };

/** A template as it is kept. */
export const rowTemplate: z.ZodType<RowTemplate> = z.lazy(() =>
  z.union([
    z.enum(['any', 'integer', 'float32', 'float64', 'text', 'digits']),
    z.object({ decimals: z.number() }),
    z.object({ list: z.number(), of: rowTemplate }),
    z.object({ items: z.array(rowTemplate) }),
    z.object({ names: z.array(z.string()), members: z.array(rowTemplate) }),
  ]),
);

/** The template of values as JSON gives them, which takes the fewest bytes. */
export function templateOf(values: unknown[]): RowTemplate {
  if (values.every(isNumber)) {
    return templateOfNumbers(values);
  }
  if (values.every(value => typeof value === 'string')) {
    return values.every(isDigits) ? 'digits' : 'text';
  }
  if (values.every(value => Array.isArray(value))) {
    const length = values[0]?.length ?? 0;
    return values.length > 0 && values.every(list => list.length === length)
      ? templateOfLists(values, length)
      : 'any';
  }
  if (values.every(isRecord)) {
    const names = Object.keys(values[0]);
    return values.every(value => isSame(Object.keys(value), names))
      ? {
          names,
          members: names.map(name =>
            templateOf(values.map(value => value[name])),
          ),
        }
      : 'any';
  }
  return 'any';
}

/** Writes a value that the template was made of. */
export function writeBy(
  template: RowTemplate,
  value: unknown,
  parts: Buffer[],
): void {
  if (template === 'any') {
    write(value, parts);
  } else if (template === 'text') {
    const text = Buffer.from(String(value));
    parts.push(count(text.length), text);
  } else if (template === 'float32' || template === 'float64') {
    parts.push(floatBytes(template, Number(value)));
  } else if (template === 'integer' || template === 'digits') {
    parts.push(count(signed(Number(value))));
  } else if ('decimals' in template) {
    parts.push(
      count(signed(Math.round(Number(value) * 10 ** template.decimals))),
    );
  } else if ('list' in template || 'items' in template) {
    const list: unknown[] = Array.isArray(value) ? value : [];
    for (const [at, item] of list.entries()) {
      writeBy(
        'list' in template ? template.of : template.items[at],
        item,
        parts,
      );
    }
  } else {
    const members = isRecord(value) ? value : {};
    for (const [at, name] of template.names.entries()) {
      writeBy(template.members[at], members[name], parts);
    }
  }
}

/** What `writeBy` was given. */
export function readBy(
  template: RowTemplate,
  bytes: Buffer,
  place: Place,
): unknown {
  if (template === 'any') {
    return read(bytes, place);
  }
  if (template === 'text') {
    const length = readCount(bytes, place);
    place.at += length;
    return bytes.toString('utf8', place.at - length, place.at);
  }
  if (template === 'float32') {
    place.at += 4;
    return bytes.readFloatLE(place.at - 4);
  }
  if (template === 'float64') {
    place.at += 8;
    return bytes.readDoubleLE(place.at - 8);
  }
  if (template === 'integer') {
    return unsigned(readCount(bytes, place));
  }
  if (template === 'digits') {
    return String(unsigned(readCount(bytes, place)));
  }
  if ('decimals' in template) {
    return unsigned(readCount(bytes, place)) / 10 ** template.decimals;
  }
  if ('list' in template) {
    return Array.from({ length: template.list }, () =>
      readBy(template.of, bytes, place),
    );
  }
  if ('items' in template) {
    return template.items.map(item => readBy(item, bytes, place));
  }
  return Object.fromEntries(
    template.names.map((name, at) => [
      name,
      readBy(template.members[at], bytes, place),
    ]),
  );
}

function templateOfNumbers(values: number[]): RowTemplate {
  const sizes: Array<{ template: RowTemplate; size: number }> = [];
  const sizeOf = (numbers: number[]) =>
    numbers.reduce((sum, value) => sum + count(signed(value)).length, 0);
  if (values.every(isSmallInteger)) {
    sizes.push({ template: 'integer', size: sizeOf(values) });
  }
  if (values.every(value => Math.fround(value) === value)) {
    sizes.push({ template: 'float32', size: 4 * values.length });
  }
  for (let decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
    const units = values.map(value => Math.round(value * 10 ** decimals));
    const isExact = values.every(
      (value, at) =>
        Math.abs(units[at]) < MOST_UNITS &&
        !Object.is(value, -0) &&
        units[at] / 10 ** decimals === value,
    );
    if (isExact) {
      // More decimals only take more bytes.
      sizes.push({ template: { decimals }, size: sizeOf(units) });
      break;
    }
  }
  return sizes.reduce((best, one) => (one.size < best.size ? one : best), {
    template: 'float64',
    size: 8 * values.length,
  }).template;
}

function templateOfLists(lists: unknown[][], length: number): RowTemplate {
  const items = Array.from({ length }, (_, at) =>
    templateOf(lists.map(list => list[at])),
  );
  const [first] = items;
  return first !== undefined &&
    items.every(item => JSON.stringify(item) === JSON.stringify(first))
    ? { list: length, of: first }
    : { items };
}

function floatBytes(kind: 'float32' | 'float64', value: number): Buffer {
  const bytes = Buffer.alloc(kind === 'float32' ? 4 : 8);
  if (kind === 'float32') {
    bytes.writeFloatLE(value);
  } else {
    bytes.writeDoubleLE(value);
  }
  return bytes;
}

/** Numbers around zero are small, whatever their sign. */
function signed(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

function unsigned(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isDigits(value: string): boolean {
  return value.length <= MOST_DIGITS && /^(0|[1-9]\d*)$/.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}
