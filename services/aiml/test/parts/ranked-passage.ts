import type { RankedPassage } from '../../src/domain/retrieval/passage.ts';

/** A passage of the document `d1` of the collection `docs`, with what a test says of it. */
export function rankedPassage(given: Partial<RankedPassage> & Pick<RankedPassage, 'id'>): RankedPassage {
  const { text = `text of passage ${given.id}`, start = 0 } = given;
  return {
    collection: 'docs',
    documentId: 'd1',
    ordinal: given.id,
    title: 'Guide',
    text,
    start,
    end: start + text.length,
    lineStart: 1,
    lineEnd: 1,
    headingPath: [],
    hash: `hash-${given.id}`,
    contentHash: 'c0',
    metadata: {},
    indexedAt: new Date('2026-11-20T08:00:00Z'),
    score: 1,
    fused: 1,
    absorbed: [],
    ...given,
  };
}
