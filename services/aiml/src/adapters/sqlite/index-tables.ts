import type { DatabaseSync } from 'node:sqlite';

/** Names of the tables that are the index of one collection. */
export interface IndexTables {
  /** FTS5 over analysed terms; its row id is the chunk's id. Holds no text of its own. */
  readonly terms: string;
  /** The distinct terms of `terms`. */
  readonly vocabulary: string;
  /** One vector a chunk, as 32-bit floats. */
  readonly vectors: string;
}

/** The index tables of a collection. The id is our own row id, never a caller's text. */
export function indexTables(collectionId: number): IndexTables {
  const suffix = String(Math.trunc(collectionId));
  return { terms: `terms_${suffix}`, vocabulary: `vocabulary_${suffix}`, vectors: `vectors_${suffix}` };
}

/** Makes the index tables that are missing. */
export function ensureIndexTables(database: DatabaseSync, collectionId: number): void {
  const { terms, vocabulary, vectors } = indexTables(collectionId);
  // Terms come analysed and joined by blanks: the tokenizer only splits them. It takes every non-ASCII character as part of a term.
  database.exec(`
    create virtual table if not exists ${terms} using fts5(terms, content='', contentless_delete=1, tokenize="ascii tokenchars '_'");
    create virtual table if not exists ${vocabulary} using fts5vocab(${terms}, 'row');
    create table if not exists ${vectors} (chunk_id integer primary key, embedding blob not null) strict;
  `);
}
