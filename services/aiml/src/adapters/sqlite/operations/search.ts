import type { Filter } from '../../../domain/filters/filter.ts';
import type { Passage } from '../../../domain/retrieval/passage.ts';
import type { Scope } from '../../../domain/scope.ts';
import { column } from '../columns.ts';
import { filterToSql } from '../filter-to-sql.ts';
import { indexTables } from '../index-tables.ts';
import type { Row, Session } from '../session.ts';
import { canRead } from './collections.ts';

/** A chunk that a leg found. A higher score is better. */
export interface Found {
  readonly id: number;
  readonly score: number;
}

/** What both legs are told. */
export interface LegRequest {
  readonly scope: Scope;
  readonly collectionId: number;
  readonly filter: Filter | undefined;
  readonly limit: number;
}

/** Ranks chunks by BM25 (k1 1.2, b 0.75) over analysed terms, and counts the terms that occur in the collection. */
export function searchTerms(
  session: Session,
  { scope, collectionId, filter, limit, terms }: LegRequest & { readonly terms: readonly string[] },
): { readonly found: readonly Found[]; readonly knownTerms: number } {
  if (terms.length === 0 || !canRead(session, scope, collectionId)) return { found: [], knownTerms: 0 };
  const tables = indexTables(collectionId);
  const among = amongFiltered('rowid', collectionId, filter);
  const rows = session.all(
    `select rowid as id, -rank as score from ${tables.terms} where ${tables.terms} match ?${among.sql} order by rank, rowid limit ?`,
    anyOf(terms),
    ...among.values,
    limit,
  );
  const known = session.first(
    `select count(*) as known from ${tables.vocabulary} where term in (select value from json_each(?))`,
    JSON.stringify(terms),
  );
  return { found: rows.map(toFound), knownTerms: known ? column.number(known, 'known') : 0 };
}

/**
 * Ranks chunks by the cosine of their vectors, exactly: given ones, or all that pass the filter.
 *
 * Vectors lie in a plain table and sqlite-vec compares them: looking 200 up takes a twentieth of the time that the same
 * takes in a vec0 table, which holds its vectors in blocks, and that is what nearly every search does (07 A-19).
 */
export function searchVectors(
  session: Session,
  {
    scope,
    collectionId,
    filter,
    limit,
    vector,
    among,
  }: LegRequest & { readonly vector: Float32Array; readonly among: readonly number[] | undefined },
): readonly Found[] {
  if (!canRead(session, scope, collectionId)) return [];
  const { vectors } = indexTables(collectionId);
  const filtered = amongFiltered('chunk_id', collectionId, filter);
  const given = among
    ? { sql: ' and chunk_id in (select value from json_each(?))', values: [JSON.stringify(among)] }
    : { sql: '', values: [] };
  const rows = session.all(
    `select chunk_id as id, 1 - vec_distance_cosine(embedding, ?) as score from ${vectors} where true${given.sql}${filtered.sql} order by score desc, chunk_id limit ?`,
    new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
    ...given.values,
    ...filtered.values,
    limit,
  );
  return rows.map(toFound);
}

/** The passages of some chunks. Chunks that are gone, or not for the caller, are left out. */
export function readPassages(
  session: Session,
  { scope, ids }: { scope: Scope; ids: readonly number[] },
): readonly Passage[] {
  const rows = session.all(
    `select c.id, c.ordinal, c.start_offset, c.end_offset, c.line_start, c.line_end, c.heading_path, c.hash, c.text,
       d.id as document_id, d.title, d.content_hash, d.metadata, d.indexed_at, k.name as collection
     from json_each(?) wanted join chunk c on c.id = wanted.value join document d on d.key = c.document_key
       join collection k on k.id = d.collection_id
     where k.tenant = ? or k.visibility = 'shared'`,
    JSON.stringify(ids),
    scope.tenant,
  );
  return rows.map(toPassage);
}

/** Analysed terms as an FTS5 query. They hold letters, digits and underscores only; quotes keep them words all the same (07 A-18). */
function anyOf(terms: readonly string[]): string {
  return terms.map((term) => `"${term.replaceAll('"', '')}"`).join(' OR ');
}

/** The chunks of documents that pass the filter, found first, so that no good match is lost behind worse ones. */
function amongFiltered(
  id: string,
  collectionId: number,
  filter: Filter | undefined,
): { readonly sql: string; readonly values: readonly (string | number)[] } {
  if (!filter) return { sql: '', values: [] };
  const { sql, values } = filterToSql(filter);
  const chunks = `select c.id from document d join chunk c on c.document_key = d.key where d.collection_id = ? and ${sql}`;
  return { sql: ` and ${id} in (${chunks})`, values: [collectionId, ...values] };
}

function toFound(row: Row): Found {
  return { id: column.number(row, 'id'), score: column.number(row, 'score') };
}

function toPassage(row: Row): Passage {
  return {
    id: column.number(row, 'id'),
    collection: column.text(row, 'collection'),
    documentId: column.text(row, 'document_id'),
    ordinal: column.number(row, 'ordinal'),
    title: column.text(row, 'title'),
    text: column.text(row, 'text'),
    start: column.number(row, 'start_offset'),
    end: column.number(row, 'end_offset'),
    lineStart: column.number(row, 'line_start'),
    lineEnd: column.number(row, 'line_end'),
    headingPath: column.texts(row, 'heading_path'),
    hash: column.text(row, 'hash'),
    contentHash: column.text(row, 'content_hash'),
    metadata: column.metadata(row, 'metadata'),
    indexedAt: new Date(column.number(row, 'indexed_at')),
  };
}
