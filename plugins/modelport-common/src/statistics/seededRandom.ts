/**
 * Pseudo-random numbers in [0, 1) that are the same for the same seed everywhere.
 *
 * Source: mulberry32 by T. Ettinger (public domain): 32 bits of state, good enough to draw rows, not for secrets.
 *
 * @public
 */
export function seededRandom(seed: number): () => number {
  let state = Math.trunc(seed) % 2 ** 32 | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
