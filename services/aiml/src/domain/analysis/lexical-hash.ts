import { stopWords } from './stop-words.ts';

/** What the default embedder is called wherever it shows. A change of a single bit needs a new version. */
export const lexicalHash = { id: 'lexical-hash-v1', kind: 'lexical', dimensions: 512 } as const;

/** Turns terms into a vector of unit length; `undefined` when nothing in the terms tells one text from another. */
export type LexicalHasher = (terms: readonly string[]) => Float32Array<ArrayBuffer> | undefined;

const wordWeight = 2;
const rememberedTermsMax = 50_000;

/**
 * Makes the embedder `lexical-hash-v1`: signed hashing of words (weight 2) and of their 3- to 5-letter parts, each
 * weighted 1 + ln(count of the word), 512 numbers, unit length (07 section 6). It sees spelling, not meaning. No corpus
 * statistics go in, so that an old vector never goes stale.
 */
export function createLexicalHasher(): LexicalHasher {
  const remembered = new Map<string, Int32Array>();
  const slotsOf = (term: string): Int32Array => {
    const known = remembered.get(term);
    if (known) return known;
    if (remembered.size >= rememberedTermsMax) remembered.clear();
    const slots = hashTerm(term);
    remembered.set(term, slots);
    return slots;
  };
  return (terms) => {
    const vector = new Float64Array(lexicalHash.dimensions);
    for (const [term, count] of countTerms(terms)) addTerm(vector, slotsOf(term), 1 + Math.log(count));
    return toUnitLength(vector);
  };
}

function countTerms(terms: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) {
    if (!stopWords.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

/** The slot of the whole word first, then those of its parts. A slot is `index * 2 + sign`. */
function hashTerm(term: string): Int32Array {
  const bounded = `<${term}>`;
  const slots = [slotOf(hashRange(term, 0, term.length))];
  for (let start = 0; start + 3 <= bounded.length; start += 1) {
    for (let length = 3; length <= 5 && start + length <= bounded.length; length += 1) {
      slots.push(slotOf(hashRange(bounded, start, start + length)));
    }
  }
  return Int32Array.from(slots);
}

function addTerm(vector: Float64Array, slots: Int32Array, weight: number): void {
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    const amount = at === 0 ? weight * wordWeight : weight;
    const index = slot >> 1;
    vector[index] = (vector[index] ?? 0) + ((slot & 1) === 0 ? amount : -amount);
  }
}

/** FNV-1a over UTF-16 units, then the finaliser of MurmurHash3, which spreads it over all bits. */
function hashRange(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function slotOf(hash: number): number {
  return (hash % lexicalHash.dimensions) * 2 + (hash >>> 31);
}

function toUnitLength(vector: Float64Array): Float32Array<ArrayBuffer> | undefined {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (length < 1e-6) return undefined;
  const unit = new Float32Array(vector.length);
  for (let index = 0; index < vector.length; index += 1) unit[index] = (vector[index] ?? 0) / length;
  return unit;
}
