/** One candidate with what each leg says of it. A leg that did not find it says nothing. */
export interface LegScores {
  readonly id: number;
  readonly keyword?: number | undefined;
  readonly vector?: number | undefined;
}

/** A candidate with its fused score. */
export interface FusedCandidate extends LegScores {
  readonly score: number;
}

/** How much the vector leg counts beside the keyword leg with the default embedder, measured (07 A-19). */
export const lexicalAlpha = 0.3;

/**
 * Fuses both legs: the sum of the z-scores over all candidates, the vector leg times `alpha`. Best first; equal scores
 * by id, so that the order of the input does not matter (07 A-19).
 */
export function fuseScores(candidates: readonly LegScores[], alpha: number): readonly FusedCandidate[] {
  const keywordScore = zScore(candidates.map(({ keyword }) => keyword ?? 0));
  const vectorScore = zScore(candidates.map(({ vector }) => vector ?? 0));
  const fused = candidates.map((candidate) => ({
    ...candidate,
    score: keywordScore(candidate.keyword ?? 0) + alpha * vectorScore(candidate.vector ?? 0),
  }));
  return fused.toSorted((a, b) => b.score - a.score || a.id - b.id);
}

/** Distance from the mean in standard deviations; 0 for all when they are all the same. */
function zScore(values: readonly number[]): (value: number) => number {
  // Sorted, because floating point sums depend on their order.
  const sorted = values.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, sorted.length);
  const deviation = Math.sqrt(variance);
  return deviation < 1e-12 ? () => 0 : (value) => (value - mean) / deviation;
}
