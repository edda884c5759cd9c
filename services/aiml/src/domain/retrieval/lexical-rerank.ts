/** What is compared with the query: the title and headings, and the text. */
export interface RerankInput {
  readonly headingTerms: readonly string[];
  readonly textTerms: readonly string[];
}

/** What the reranker is called wherever it shows (07 A-32). */
export const lexicalRerankName = 'lexical-rerank';

const k1 = 1.2;
const b = 0.75;
const proximityWeight = 1;
const headingWeight = 1;

/**
 * Scores passages against the query's terms by words alone: BM25 among the given passages, how close together the
 * words stand, and how many of them the headings hold. Named lexical, because it knows no meaning.
 */
export function lexicalRerank(queryTerms: readonly string[], inputs: readonly RerankInput[]): readonly number[] {
  const wanted = new Set(queryTerms);
  const averageLength = inputs.reduce((sum, { textTerms }) => sum + textTerms.length, 0) / Math.max(1, inputs.length);
  const weights = new Map(queryTerms.map((term) => [term, inverseFrequency(term, inputs)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return inputs.map((input) => {
    const counts = countWanted(input.textTerms, wanted);
    const lengthPenalty = k1 * (1 - b + b * (input.textTerms.length / Math.max(1, averageLength)));
    const words = [...counts].reduce(
      (sum, [term, count]) => sum + ((weights.get(term) ?? 0) * count * (k1 + 1)) / (count + lengthPenalty),
      0,
    );
    const headings = [...countWanted(input.headingTerms, wanted).keys()].reduce(
      (sum, term) => sum + (weights.get(term) ?? 0),
      0,
    );
    return (
      words +
      total *
        (proximityWeight * proximity(input.textTerms, wanted, counts.size) +
          (headingWeight * headings) / Math.max(1e-9, total))
    );
  });
}

function inverseFrequency(term: string, inputs: readonly RerankInput[]): number {
  const found = inputs.filter(
    ({ textTerms, headingTerms }) => textTerms.includes(term) || headingTerms.includes(term),
  ).length;
  return Math.log(1 + (inputs.length - found + 0.5) / (found + 0.5));
}

function countWanted(terms: readonly string[], wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) {
    if (wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

/** 0 to 1: the found words stand side by side at 1. Looks for the shortest stretch that holds all of them. */
function proximity(terms: readonly string[], wanted: ReadonlySet<string>, distinct: number): number {
  if (distinct < 2) return 0;
  const inWindow = new Map<string, number>();
  const positions = terms.flatMap((term, at) => (wanted.has(term) ? [{ term, at }] : []));
  let shortest = Number.POSITIVE_INFINITY;
  let left = 0;
  for (const { term, at } of positions) {
    inWindow.set(term, (inWindow.get(term) ?? 0) + 1);
    for (let first = positions[left]; first && inWindow.size === distinct; first = positions[left]) {
      shortest = Math.min(shortest, at - first.at + 1);
      const rest = (inWindow.get(first.term) ?? 0) - 1;
      if (rest === 0) inWindow.delete(first.term);
      else inWindow.set(first.term, rest);
      left += 1;
    }
  }
  return (distinct / shortest) * (distinct / wanted.size);
}
