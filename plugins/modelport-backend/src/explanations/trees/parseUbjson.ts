const MOST_LEVELS = 100;

/** Bytes of a number by its marker. */
const SIZES: Record<string, number> = {
  i: 1,
  U: 1,
  I: 2,
  l: 4,
  L: 8,
  d: 4,
  D: 8,
};

class UbjsonParser {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  parse(): unknown {
    return this.value(this.marker(), 0);
  }

  private value(marker: string, level: number): unknown {
    if (level > MOST_LEVELS) {
      throw this.error(`it is nested more than ${MOST_LEVELS} levels deep`);
    }
    if (SIZES[marker]) {
      return this.number(marker);
    }
    switch (marker) {
      case 'Z':
        return null;
      case 'T':
        return true;
      case 'F':
        return false;
      case 'C':
        return this.text(1);
      case 'S':
      case 'H':
        return this.text(this.length());
      case '[':
        return this.array(level);
      case '{':
        return this.object(level);
      default:
        throw this.error(`unknown marker "${marker}"`);
    }
  }

  private array(level: number): unknown {
    const { type, count } = this.header();
    if (type !== null) {
      return this.typed(type, count ?? 0);
    }
    const items: unknown[] = [];
    while (count === null ? !this.takes(']') : items.length < count) {
      items.push(this.value(this.marker(), level + 1));
    }
    return items;
  }

  /** Values of one type, without a marker each. */
  private typed(type: string, count: number): unknown {
    const size = SIZES[type];
    if (!size) {
      throw this.error(`arrays of the type "${type}" are not read`);
    }
    this.need(count * size);
    const numbers = new Float64Array(count);
    for (let place = 0; place < count; place++) {
      numbers[place] = this.number(type);
    }
    return numbers;
  }

  private object(level: number): Record<string, unknown> {
    const { type, count } = this.header();
    const entries = new Map<string, unknown>();
    let read = 0;
    while (count === null ? !this.takes('}') : read < count) {
      const key = this.text(this.length());
      entries.set(key, this.value(type ?? this.marker(), level + 1));
      read++;
    }
    return Object.fromEntries(entries);
  }

  private header(): { type: string | null; count: number | null } {
    const type = this.takes('$') ? this.marker() : null;
    const count = this.takes('#') ? this.length() : null;
    if (type !== null && count === null) {
      throw this.error('a type without a count');
    }
    // Every element takes a byte at least.
    this.need(count ?? 0);
    return { type, count };
  }

  private length(): number {
    const marker = this.marker();
    if (!SIZES[marker]) {
      throw this.error('expected a length');
    }
    const length = this.number(marker);
    if (!Number.isSafeInteger(length) || length < 0) {
      throw this.error(`a length of ${length}`);
    }
    return length;
  }

  private text(length: number): string {
    this.need(length);
    this.at += length;
    return new TextDecoder().decode(
      this.bytes.subarray(this.at - length, this.at),
    );
  }

  private number(marker: string): number {
    const size = SIZES[marker];
    this.need(size);
    const at = this.at;
    this.at += size;
    switch (marker) {
      case 'i':
        return this.view.getInt8(at);
      case 'U':
        return this.view.getUint8(at);
      case 'I':
        return this.view.getInt16(at);
      case 'l':
        return this.view.getInt32(at);
      case 'L':
        return Number(this.view.getBigInt64(at));
      case 'd':
        return this.view.getFloat32(at);
      default:
        return this.view.getFloat64(at);
    }
  }

  private marker(): string {
    this.need(1);
    const marker = String.fromCharCode(this.bytes[this.at++]);
    // No-ops may stand before any marker.
    return marker === 'N' ? this.marker() : marker;
  }

  private takes(marker: string): boolean {
    this.need(1);
    const is = this.bytes[this.at] === marker.charCodeAt(0);
    this.at += is ? 1 : 0;
    return is;
  }

  private need(count: number): void {
    if (!(count <= this.bytes.length - this.at)) {
      throw this.error(
        `${count} more bytes are announced than the ${
          this.bytes.length - this.at
        } that are there`,
      );
    }
  }

  private error(what: string): Error {
    return new Error(`It is no UBJSON: ${what}, at byte ${this.at}`);
  }
}

/**
 * Reads Universal Binary JSON (draft 12) as XGBoost writes it; arrays of numbers become `Float64Array`s.
 *
 * @throws `Error` that says what is wrong and at which byte.
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  return new UbjsonParser(bytes).parse();
}
