import type { Passage } from './passage.ts';

/** Where a passage comes from, exactly enough to open the lines and to notice that they changed (07 A-23). */
export interface Citation {
  /** `c1` for the first hit: the mark that an answer puts behind a sentence. */
  readonly key: string;
  readonly uri: string;
  readonly title: string;
  readonly heading_path: readonly string[];
  /** Offsets in UTF-16 units of the normalised text. */
  readonly start: number;
  readonly end: number;
  readonly line_start: number;
  readonly line_end: number;
  readonly content_hash: string;
  readonly indexed_at: string;
}

/** The citation of the hit at `index`, counted from 0. `text` may be shorter than the stored passage. */
export function citationOf(passage: Passage, index: number): Citation {
  const end = Math.min(passage.end, passage.start + passage.text.length);
  const lineEnd = passage.lineStart + (passage.text.match(/\n/g)?.length ?? 0);
  return {
    key: `c${index + 1}`,
    uri: `${documentUri(passage.collection, passage.documentId)}#L${passage.lineStart}-L${lineEnd}`,
    title: passage.title,
    heading_path: passage.headingPath,
    start: passage.start,
    end,
    line_start: passage.lineStart,
    line_end: lineEnd,
    content_hash: passage.contentHash,
    indexed_at: passage.indexedAt.toISOString(),
  };
}

/** The address of a document. */
export function documentUri(collection: string, documentId: string): string {
  return `doc://${collection}/${documentId}`;
}
