/** Passages that fit, and whether something was left out. */
export interface CutPassages<P> {
  readonly passages: readonly P[];
  readonly isCut: boolean;
}

/** A rest shorter than this says nothing, so that it is left out instead of cut. */
const restCharsMin = 100;

/** Keeps whole passages up to `maxChars` in sum; the last one is cut after a sentence. Keeps at least one. */
export function cutPassages<P extends { readonly text: string }>(
  passages: readonly P[],
  maxChars: number,
): CutPassages<P> {
  const kept: P[] = [];
  let rest = maxChars;
  for (const passage of passages) {
    if (passage.text.length > rest) {
      if (kept.length === 0 || rest >= restCharsMin) kept.push({ ...passage, text: cutAtSentence(passage.text, rest) });
      return { passages: kept, isCut: true };
    }
    kept.push(passage);
    rest -= passage.text.length;
  }
  return { passages: kept, isCut: false };
}

/** The longest start of a text that ends a sentence, else a word, else a whole character. */
function cutAtSentence(text: string, maxChars: number): string {
  const start = text.slice(0, maxChars);
  const sentence = Math.max(...['. ', '.\n', '! ', '? ', '\n\n'].map((mark) => start.lastIndexOf(mark)));
  if (sentence > maxChars / 2) return start.slice(0, sentence + 1).trimEnd();
  const word = start.search(/\s\S*$/);
  return (word > maxChars / 2 ? start.slice(0, word) : withoutHalfPair(start)).trimEnd();
}

function withoutHalfPair(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1);
}
