/** Most collections of one search. */
export const collectionsMax = 8;
/** Candidates of the keyword leg that the vector leg scores again (07 A-19). */
export const rescoredMax = 200;
/** Candidates that a reranker sees. */
export const rerankedMax = 30;
/** Below this share of known query words the spelling is probably off, and all vectors are compared (07 A-19). */
const coverageMin = 0.75;

/** How many candidates each leg brings. */
export function candidateCount(topK: number): number {
  return Math.max(50, 4 * topK);
}

/** Whether the vector leg looks at every vector, or scores the keyword leg's candidates again. */
export function needsFullScan(terms: readonly string[], knownTerms: number): boolean {
  return knownTerms < terms.length * coverageMin;
}
