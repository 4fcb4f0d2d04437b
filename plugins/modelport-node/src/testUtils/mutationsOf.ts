/** Texts that stand where parsers trip. */
const TEXTS = [
  '{',
  '['.repeat(10_000),
  '"',
  'NaN',
  '-1e999',
  '\0',
  '\ud800',
  '__proto__',
  '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;',
  '&#x110000;',
  '- &a [*a]\n',
  '999999999999999999999',
];

/** What befalls the bytes of a file: the kinds of harm that a mutation does. */
const HARMS: Array<(bytes: Uint8Array, random: () => number) => Uint8Array> = [
  (bytes, random) => {
    const harmed = bytes.slice();
    for (let i = 0; i < 1 + random() * 8; i++) {
      harmed[Math.floor(random() * harmed.length)] = random() * 256;
    }
    return harmed;
  },
  (bytes, random) => bytes.slice(0, random() * bytes.length),
  (bytes, random) => bytes.slice(random() * bytes.length),
  (bytes, random) => {
    const [from, to] = [random() * bytes.length, random() * bytes.length];
    return joined(
      bytes.slice(0, from),
      bytes.slice(Math.min(from, to), Math.max(from, to)),
      bytes.slice(from),
    );
  },
  (bytes, random) => {
    const at = random() * bytes.length;
    return joined(bytes.slice(0, at), bytes.slice(at + random() * 64));
  },
  (bytes, random) => {
    const at = random() * bytes.length;
    const text = TEXTS[Math.floor(random() * TEXTS.length)];
    return joined(
      bytes.slice(0, at),
      new TextEncoder().encode(text),
      bytes.slice(at),
    );
  },
  (bytes, random) => {
    const harmed = bytes.slice();
    // Lengths and offsets are read from groups of four bytes.
    const at = Math.floor(random() * Math.max(1, harmed.length - 4));
    harmed.fill(random() < 0.5 ? 0xff : 0x7f, at, at + 4);
    return harmed;
  },
];

/**
 * Damaged copies of a file, the same for the same seed: bytes changed, cut out, doubled, put in, and numbers made huge.
 *
 * @public
 */
export function* mutationsOf(
  bytes: Uint8Array,
  options: { count: number; seed?: number },
): Generator<Uint8Array> {
  const random = numbers(options.seed ?? 1);
  for (let i = 0; i < options.count; i++) {
    const harm = HARMS[Math.floor(random() * HARMS.length)];
    yield harm(bytes, random);
  }
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Numbers from 0 up to 1 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
