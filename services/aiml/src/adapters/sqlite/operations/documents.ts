import type { StoredFingerprint } from '../../../domain/indexing/prepare-document.ts';
import type { StoredDocument } from '../../../domain/indexing/store-records.ts';
import type { Scope } from '../../../domain/scope.ts';
import { column } from '../columns.ts';
import type { Session } from '../session.ts';
import { canRead } from './collections.ts';

/** Which document of which collection, asked by whom. */
export interface DocumentKey {
  readonly scope: Scope;
  readonly collectionId: number;
  readonly documentId: string;
}

/** A document with its whole text; undefined when it is not there or not for the caller. */
export function readDocument(
  session: Session,
  { scope, collectionId, documentId }: DocumentKey,
): StoredDocument | undefined {
  if (!canRead(session, scope, collectionId)) return undefined;
  const row = session.first(
    `select d.id, d.uri, d.title, d.mime, d.metadata, d.content_hash, d.indexed_at, t.text
     from document d join document_text t on t.document_key = d.key where d.collection_id = ? and d.id = ?`,
    collectionId,
    documentId,
  );
  if (!row) return undefined;
  return {
    id: column.text(row, 'id'),
    uri: column.text(row, 'uri'),
    title: column.text(row, 'title'),
    mime: column.text(row, 'mime'),
    metadata: column.metadata(row, 'metadata'),
    text: column.text(row, 'text'),
    contentHash: column.text(row, 'content_hash'),
    indexedAt: new Date(column.number(row, 'indexed_at')),
  };
}

/** The hashes of a stored document and of its chunks. */
export function documentFingerprint(
  session: Session,
  { scope, collectionId, documentId }: DocumentKey,
): StoredFingerprint | undefined {
  if (!canRead(session, scope, collectionId)) return undefined;
  const row = session.first(
    'select key, content_hash from document where collection_id = ? and id = ?',
    collectionId,
    documentId,
  );
  if (!row) return undefined;
  const chunks = session.all('select hash from chunk where document_key = ?', column.number(row, 'key'));
  return {
    contentHash: column.text(row, 'content_hash'),
    chunkHashes: chunks.map((chunk) => column.text(chunk, 'hash')),
  };
}

/** Ids of the documents that were indexed under a source label. */
export function sourceDocuments(
  session: Session,
  { scope, collectionId, source }: { scope: Scope; collectionId: number; source: string },
): readonly string[] {
  if (!canRead(session, scope, collectionId)) return [];
  const rows = session.all(
    'select id from document where collection_id = ? and source = ? order by id',
    collectionId,
    source,
  );
  return rows.map((row) => column.text(row, 'id'));
}

/** Ids of documents that begin with a prefix, in order. */
export function documentIds(
  session: Session,
  { scope, collectionId, prefix, limit }: { scope: Scope; collectionId: number; prefix: string; limit: number },
): readonly string[] {
  if (!canRead(session, scope, collectionId)) return [];
  const sql = 'select id from document where collection_id = ? and substr(id, 1, length(?)) = ? order by id limit ?';
  return session.all(sql, collectionId, prefix, prefix, limit).map((row) => column.text(row, 'id'));
}
