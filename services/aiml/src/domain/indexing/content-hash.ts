import { hash } from 'node:crypto';
import { lexicalHash } from '../analysis/lexical-hash.ts';
import { chunkerVersion } from '../chunking/chunk-sizes.ts';
import type { Metadata } from '../collection.ts';

/** What makes a document another one. */
export interface HashedContent {
  readonly text: string;
  readonly title: string;
  readonly uri: string;
  readonly metadata: Metadata;
}

/** SHA-256 over all that an index is made of: equal means that there is nothing to do (07 A-11). */
export function contentHash({ text, title, uri, metadata }: HashedContent): string {
  const sortedMetadata = Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([chunkerVersion, lexicalHash.id, title, uri, sortedMetadata, text]), 'hex');
}
