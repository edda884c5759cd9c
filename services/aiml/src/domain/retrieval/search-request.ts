import type { Collection } from '../collection.ts';
import type { Filter } from '../filters/filter.ts';
import type { Explanation } from './explain-passage.ts';
import type { RankedPassage } from './passage.ts';

/** Which legs a search uses. */
export const searchModes = ['hybrid', 'keyword', 'semantic'] as const;
export type SearchMode = (typeof searchModes)[number];

/** A collection to look in, with the filter in the form that its own fields give it. */
export interface SearchTarget {
  readonly collection: Collection;
  readonly filter: Filter | undefined;
}

/** A search that has passed all checks. */
export interface SearchRequest {
  readonly targets: readonly SearchTarget[];
  readonly query: string;
  readonly mode: SearchMode;
  readonly topK: number;
  readonly minScore: number | undefined;
  readonly maxChars: number;
  readonly rerank: boolean;
  readonly explain: boolean;
}

/** What was found, best first. */
export interface SearchAnswer {
  readonly passages: readonly RankedPassage[];
  /** Terms that were looked for; empty when the query holds no word. */
  readonly terms: readonly string[];
  readonly isCut: boolean;
  /** One for each passage, when they were asked for. */
  readonly explanations: readonly Explanation[];
}
