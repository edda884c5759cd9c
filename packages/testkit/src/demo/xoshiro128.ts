/** Four 32-bit words, not all zero. */
export type XoshiroState = readonly [number, number, number, number];

/** A source of whole numbers that depend on nothing but the state it began with. */
export interface RandomSource {
  /** The next number, 0 to 2^32 - 1. */
  next(): number;
  /** A number from 0 to `bound - 1`. */
  below(bound: number): number;
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item;
  /** True in `parts` of 1,000 cases. */
  chance(parts: number): boolean;
}

/**
 * The generator xoshiro128** (Blackman and Vigna, 2018): whole 32-bit numbers only, so that every host makes the same ones.
 *
 * @throws RangeError for a state of zeros, from which only zeros follow.
 */
export function createXoshiro128([a, b, c, d]: XoshiroState): RandomSource {
  if ((a | b | c | d) === 0) throw new RangeError('the state of xoshiro128** is all zero');
  const state = Uint32Array.of(a, b, c, d);
  const next = (): number => {
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = state;
    const mixed2 = s2 ^ s0;
    const mixed3 = s3 ^ s1;
    state.set([s0 ^ mixed3, s1 ^ mixed2, mixed2 ^ (s1 << 9), rotateLeft(mixed3, 11)]);
    return Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  return { next, below, pick: (items) => pickAt(items, below(items.length)), chance: (parts) => below(1_000) < parts };
}

/** Spreads a seed and the number of a stream over a state (SplitMix32), so that streams of one seed are unrelated. */
export function seedXoshiro128(seed: number, stream: number): XoshiroState {
  let word = (seed ^ Math.imul(stream, 0x9e3779b9)) | 0;
  const spread = (): number => {
    word = (word + 0x9e3779b9) | 0;
    const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
    return (second ^ (second >>> 16)) >>> 0;
  };
  return [spread(), spread(), spread(), spread()];
}

function rotateLeft(word: number, bits: number): number {
  return ((word << bits) | (word >>> (32 - bits))) >>> 0;
}

function pickAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
