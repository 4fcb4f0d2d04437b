/** What a packed value starts with; no JSON text does. */
const PACKED = 1;

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const INTEGER = 3;
const FLOAT32 = 4;
const FLOAT64 = 5;
const TEXT = 6;
const LIST = 7;
const OBJECT = 8;
const FLOAT32_LIST = 9;
const FLOAT64_LIST = 10;

/** Whole numbers up to here are written with as few bytes as they need. */
const MOST_INTEGER = 2 ** 31;

/** Names that rows have over and over: their place stands for them. The order never changes; more may follow. */
const NAMES = [
  'id',
  'values',
  'baseValue',
  'output',
  'contributions',
  'label',
  'score',
  'group',
  'weight',
  'slices',
  'subject',
];

/**
 * What JSON can say, in fewer bytes: numbers as 32-bit floats or small integers wherever that is exact.
 *
 * @param value - what `JSON.stringify` is given; what that leaves out is left out here too.
 */
export function packJson(value: unknown): Buffer {
  const parts: Buffer[] = [Buffer.of(PACKED)];
  write(value, parts);
  return Buffer.concat(parts);
}

/** What `packJson` was given; JSON text is read as it is. */
export function unpackJson(bytes: Buffer): unknown {
  if (bytes[0] !== PACKED) {
    return JSON.parse(bytes.toString());
  }
  return read(bytes, { at: 1 });
}

/** Writes a value that is told from others by its first byte. */
export function write(value: unknown, parts: Buffer[]): void {
  if (typeof value === 'number' && Number.isFinite(value)) {
    writeNumber(value, parts);
  } else if (typeof value === 'boolean') {
    parts.push(Buffer.of(value ? TRUE : FALSE));
  } else if (typeof value === 'string') {
    const text = Buffer.from(value);
    parts.push(Buffer.of(TEXT), count(text.length), text);
  } else if (Array.isArray(value)) {
    writeList(value, parts);
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(
      ([, member]) => member !== undefined,
    );
    parts.push(Buffer.of(OBJECT), count(members.length));
    for (const [name, member] of members) {
      const known = NAMES.indexOf(name);
      if (known >= 0) {
        parts.push(count(known * 2 + 1));
      } else {
        const text = Buffer.from(name);
        parts.push(count(text.length * 2), text);
      }
      write(member, parts);
    }
  } else {
    // As JSON writes what is no number, and what is nothing within a list.
    parts.push(Buffer.of(NULL));
  }
}

function writeNumber(value: number, parts: Buffer[]): void {
  if (isSmallInteger(value)) {
    parts.push(
      Buffer.of(INTEGER),
      count(value >= 0 ? value * 2 : -value * 2 - 1),
    );
  } else if (Math.fround(value) === value) {
    const bytes = Buffer.alloc(5, FLOAT32);
    bytes.writeFloatLE(value, 1);
    parts.push(bytes);
  } else {
    const bytes = Buffer.alloc(9, FLOAT64);
    bytes.writeDoubleLE(value, 1);
    parts.push(bytes);
  }
}

function writeList(values: unknown[], parts: Buffer[]): void {
  const numbers = values.filter(
    (value): value is number =>
      typeof value === 'number' && Number.isFinite(value),
  );
  const isNumbers = numbers.length > 0 && numbers.length === values.length;
  if (!isNumbers || numbers.every(isSmallInteger)) {
    parts.push(Buffer.of(LIST), count(values.length));
    for (const value of values) {
      write(value, parts);
    }
    return;
  }
  const isShort = numbers.every(value => Math.fround(value) === value);
  const width = isShort ? 4 : 8;
  const bytes = Buffer.alloc(numbers.length * width);
  for (const [place, value] of numbers.entries()) {
    if (isShort) {
      bytes.writeFloatLE(value, place * width);
    } else {
      bytes.writeDoubleLE(value, place * width);
    }
  }
  parts.push(
    Buffer.of(isShort ? FLOAT32_LIST : FLOAT64_LIST),
    count(numbers.length),
    bytes,
  );
}

/** Minus zero, which is no integer's, is kept as a float. */
export function isSmallInteger(value: number): boolean {
  return (
    Number.isInteger(value) &&
    Math.abs(value) < MOST_INTEGER &&
    !Object.is(value, -0)
  );
}

/** Seven bits a byte, the lowest first; the last one has no mark. */
export function count(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** How far bytes were read. */
export interface Place {
  at: number;
}

/** What `count` was given. */
export function readCount(bytes: Buffer, place: Place): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = bytes[place.at++];
    value += (byte % 128) * factor;
    if (byte < 128) {
      return value;
    }
    factor *= 128;
  }
}

function readText(bytes: Buffer, place: Place, length: number): string {
  place.at += length;
  return bytes.toString('utf8', place.at - length, place.at);
}

/** What `write` was given. */
export function read(bytes: Buffer, place: Place): unknown {
  const tag = bytes[place.at++];
  switch (tag) {
    case NULL:
      return null;
    case FALSE:
      return false;
    case TRUE:
      return true;
    case INTEGER: {
      const value = readCount(bytes, place);
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    case FLOAT32:
      place.at += 4;
      return bytes.readFloatLE(place.at - 4);
    case FLOAT64:
      place.at += 8;
      return bytes.readDoubleLE(place.at - 8);
    case TEXT:
      return readText(bytes, place, readCount(bytes, place));
    case LIST: {
      const length = readCount(bytes, place);
      return Array.from({ length }, () => read(bytes, place));
    }
    case FLOAT32_LIST:
    case FLOAT64_LIST: {
      const length = readCount(bytes, place);
      const width = tag === FLOAT32_LIST ? 4 : 8;
      const from = place.at;
      place.at += length * width;
      return Array.from({ length }, (_, i) =>
        width === 4
          ? bytes.readFloatLE(from + i * width)
          : bytes.readDoubleLE(from + i * width),
      );
    }
    case OBJECT: {
      const length = readCount(bytes, place);
      return Object.fromEntries(
        Array.from({ length }, () => {
          const name = readCount(bytes, place);
          const text =
            name % 2 === 1
              ? NAMES[(name - 1) / 2]
              : readText(bytes, place, name / 2);
          return [text, read(bytes, place)];
        }),
      );
    }
    default:
      throw new Error(`It is no packed row: ${tag} at ${place.at - 1}`);
  }
}
