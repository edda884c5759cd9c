import type { RankedPassage } from './passage.ts';

/** Why a passage stands where it stands (07 A-26). */
export interface Explanation {
  readonly keyword?: { readonly rank: number; readonly score: number } | undefined;
  readonly vector?: { readonly rank: number; readonly score: number } | undefined;
  readonly matched_terms: readonly string[];
  readonly fused: number;
  readonly alpha?: number | undefined;
  readonly filtered: boolean;
  readonly dropped: readonly { readonly id: string; readonly reason: string }[];
}

/** What the explanation is made of. */
export interface ExplainContext {
  readonly queryTerms: readonly string[];
  readonly passageTerms: ReadonlySet<string>;
  /** Weight of the vector leg; absent when one leg alone ranked. */
  readonly alpha: number | undefined;
  readonly isFiltered: boolean;
}

/** Explains one hit: both legs, the terms that matched, and what it stands for. */
export function explainPassage(passage: RankedPassage, context: ExplainContext): Explanation {
  return {
    keyword: legOf(passage.keywordRank, passage.keyword),
    vector: legOf(passage.vectorRank, passage.vector),
    matched_terms: context.queryTerms.filter((term) => context.passageTerms.has(term)),
    fused: passage.fused,
    alpha: context.alpha,
    filtered: context.isFiltered,
    dropped: passage.absorbed,
  };
}

function legOf(
  rank: number | undefined,
  score: number | undefined,
): { readonly rank: number; readonly score: number } | undefined {
  return rank === undefined || score === undefined ? undefined : { rank, score };
}
