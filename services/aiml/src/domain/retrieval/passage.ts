import type { Metadata } from '../collection.ts';

/** A stored chunk with what a reader needs to know of its document. */
export interface Passage {
  readonly id: number;
  readonly collection: string;
  readonly documentId: string;
  readonly ordinal: number;
  readonly title: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly headingPath: readonly string[];
  /** Equal for equal texts under equal headings. */
  readonly hash: string;
  readonly contentHash: string;
  readonly metadata: Metadata;
  readonly indexedAt: Date;
}

/** Why a candidate is not a hit of its own. */
export interface DroppedPassage {
  readonly id: string;
  readonly reason: 'same text' | 'nearly the same text' | 'joined with its neighbour';
}

/** A passage with its scores, on the way to becoming a hit. */
export interface RankedPassage extends Passage {
  readonly score: number;
  readonly keyword?: number | undefined;
  readonly vector?: number | undefined;
  readonly rerank?: number | undefined;
  readonly keywordRank?: number | undefined;
  readonly vectorRank?: number | undefined;
  readonly fused: number;
  /** Candidates that this passage stands for. */
  readonly absorbed: readonly DroppedPassage[];
}

/** How a chunk is named outside: its document and its place in it. */
export function passageId({ documentId, ordinal }: Pick<Passage, 'documentId' | 'ordinal'>): string {
  return `${documentId}#${ordinal}`;
}
