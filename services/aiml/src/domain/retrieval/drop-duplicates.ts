import { passageId, type DroppedPassage, type RankedPassage } from './passage.ts';

/** Share of equal three-word shingles from which two passages say the same (07 section 4). */
const overlapMin = 0.95;

/** Keeps the best of passages that say the same, and notes on it what it stands for. Keeps the order; stops at `limit`. */
export function dropDuplicates(passages: readonly RankedPassage[], limit: number): readonly RankedPassage[] {
  const kept: { passage: RankedPassage; shingles: ReadonlySet<string> }[] = [];
  for (const passage of passages) {
    const shingles = shinglesOf(passage.text);
    const index = kept.findIndex((earlier) => isDuplicate(earlier, { passage, shingles }));
    const earlier = kept[index];
    if (!earlier) {
      if (kept.length === limit) break;
      kept.push({ passage, shingles });
      continue;
    }
    const isEqual = earlier.passage.text === passage.text;
    const dropped: DroppedPassage = { id: passageId(passage), reason: isEqual ? 'same text' : 'nearly the same text' };
    kept[index] = { ...earlier, passage: { ...earlier.passage, absorbed: [...earlier.passage.absorbed, dropped] } };
  }
  return kept.map(({ passage }) => passage);
}

interface Candidate {
  readonly passage: RankedPassage;
  readonly shingles: ReadonlySet<string>;
}

function isDuplicate(a: Candidate, b: Candidate): boolean {
  if (a.passage.hash === b.passage.hash) return true;
  const smaller = Math.min(a.shingles.size, b.shingles.size);
  const larger = Math.max(a.shingles.size, b.shingles.size);
  if (smaller < larger * overlapMin) return false;
  const shared = [...a.shingles].filter((shingle) => b.shingles.has(shingle)).length;
  return shared / (a.shingles.size + b.shingles.size - shared) >= overlapMin;
}

function shinglesOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < 3) return new Set([words.join(' ')]);
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}
