import type { PreparedChunk } from '../../../domain/indexing/prepare-document.ts';
import type { CommitResult, ItemOutcome, JobItem, Lease } from '../../../domain/indexing/store-records.ts';
import { column } from '../columns.ts';
import { indexTables } from '../index-tables.ts';
import type { Session } from '../session.ts';
import { holdsLease } from './lease.ts';

/** An outcome to store, under the lease of its job. */
export interface Commit {
  readonly lease: Lease;
  readonly collectionId: number;
  readonly source: string | undefined;
  readonly item: JobItem;
  readonly outcome: ItemOutcome;
  readonly chunksMax: number;
  readonly now: Date;
}

/** The new version's chunks beside the ones that it replaces. */
interface ChunkCounts {
  readonly embedded: number;
  readonly reused: number;
  readonly deleted: number;
}

/**
 * Stores what came of one document: text, chunks, terms, vectors, the item's state and the job's counts, all in one
 * transaction. A reader sees the old version or the new one, and a crash leaves one of the two (07 ).
 */
export function commitItem(session: Session, commit: Commit): CommitResult {
  return session.transaction(() => {
    if (!holdsLease(session, commit.lease)) return 'lease-lost';
    const { outcome } = commit;
    if (outcome.kind === 'failed') return finishItem(session, commit, { embedded: 0, reused: 0, deleted: 0 });
    if (outcome.kind === 'skipped') {
      if (commit.source !== undefined) setSource(session, commit, commit.source);
      return finishItem(session, commit, { embedded: 0, reused: outcome.chunks, deleted: 0 });
    }
    const old = storedChunks(session, commit.collectionId, commit.item.documentId);
    const kept = keptVectors(session, commit.collectionId, { old, chunks: outcome.document.chunks });
    if (!kept) return 'stale';
    if (isOverLimit(session, commit, outcome.document.chunks.length - old.length)) return 'full';
    const counts = countChunks(outcome.document.chunks, old);
    // A document stays with its source until another one claims it.
    const source = commit.source ?? storedSource(session, commit);
    removeDocument(session, commit.collectionId, commit.item.documentId);
    insertDocument(session, commit, { document: outcome.document, kept, source });
    return finishItem(session, commit, counts);
  });
}

/** Removes a document with all that was made of it, and returns how many chunks that were. */
export function removeDocument(session: Session, collectionId: number, documentId: string): number {
  const chunks = storedChunks(session, collectionId, documentId);
  const { terms, vectors } = indexTables(collectionId);
  for (const { id } of chunks) {
    session.run(`delete from ${terms} where rowid = ?`, id);
    session.run(`delete from ${vectors} where chunk_id = ?`, id);
  }
  // Chunks and text go with the document, by their foreign keys.
  const removed = session.run('delete from document where collection_id = ? and id = ?', collectionId, documentId);
  session.run(
    'update collection set documents = documents - ?, chunks = chunks - ? where id = ?',
    removed,
    chunks.length,
    collectionId,
  );
  return chunks.length;
}

interface StoredChunk {
  readonly id: number;
  readonly hash: string;
}

function storedChunks(session: Session, collectionId: number, documentId: string): readonly StoredChunk[] {
  const sql =
    'select c.id, c.hash from document d join chunk c on c.document_key = d.key where d.collection_id = ? and d.id = ?';
  return session
    .all(sql, collectionId, documentId)
    .map((row) => ({ id: column.number(row, 'id'), hash: column.text(row, 'hash') }));
}

/** Vectors of unchanged chunks by hash; undefined when one that should be there is not. A chunk without words has none. */
function keptVectors(
  session: Session,
  collectionId: number,
  { old, chunks }: { readonly old: readonly StoredChunk[]; readonly chunks: readonly PreparedChunk[] },
): ReadonlyMap<string, Uint8Array> | undefined {
  const ids = new Map(old.map(({ id, hash }) => [hash, id]));
  const kept = new Map<string, Uint8Array>();
  for (const { hash } of chunks.filter(({ isKept }) => isKept)) {
    const id = ids.get(hash);
    if (id === undefined) return undefined;
    const row = session.first(`select embedding from ${indexTables(collectionId).vectors} where chunk_id = ?`, id);
    if (row) kept.set(hash, column.bytes(row, 'embedding'));
  }
  return kept;
}

function isOverLimit(session: Session, { collectionId, chunksMax }: Commit, added: number): boolean {
  const row = session.first('select chunks from collection where id = ?', collectionId);
  return added > 0 && row !== undefined && column.number(row, 'chunks') + added > chunksMax;
}

function countChunks(chunks: readonly PreparedChunk[], old: readonly StoredChunk[]): ChunkCounts {
  const hashes = new Set(chunks.map(({ hash }) => hash));
  const reused = chunks.filter(({ isKept }) => isKept).length;
  return { embedded: chunks.length - reused, reused, deleted: old.filter(({ hash }) => !hashes.has(hash)).length };
}

interface NewVersion {
  readonly document: Extract<ItemOutcome, { kind: 'indexed' }>['document'];
  readonly kept: ReadonlyMap<string, Uint8Array>;
  readonly source: string | undefined;
}

function insertDocument(session: Session, commit: Commit, { document, kept, source }: NewVersion): void {
  const { collectionId, item, now } = commit;
  const key = session.insert(
    `insert into document (collection_id, id, uri, title, mime, bytes, content_hash, source, metadata, fields, indexed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    collectionId,
    item.documentId,
    item.uri,
    document.title,
    document.mime,
    document.bytes,
    document.contentHash,
    source ?? null,
    JSON.stringify(item.metadata),
    JSON.stringify(item.fields),
    now.getTime(),
  );
  session.run('insert into document_text (document_key, text) values (?, ?)', key, document.text);
  for (const chunk of document.chunks) insertChunk(session, { collectionId, documentKey: key }, { chunk, kept });
  const sql = 'update collection set documents = documents + 1, chunks = chunks + ?, updated_at = ? where id = ?';
  session.run(sql, document.chunks.length, now.getTime(), collectionId);
}

function insertChunk(
  session: Session,
  place: { readonly collectionId: number; readonly documentKey: number },
  { chunk, kept }: { readonly chunk: PreparedChunk; readonly kept: ReadonlyMap<string, Uint8Array> },
): void {
  const { terms, vectors } = indexTables(place.collectionId);
  const id = session.insert(
    'insert into chunk (document_key, ordinal, start_offset, end_offset, line_start, line_end, heading_path, hash, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    place.documentKey,
    chunk.ordinal,
    chunk.start,
    chunk.end,
    chunk.lineStart,
    chunk.lineEnd,
    JSON.stringify(chunk.headingPath),
    chunk.hash,
    chunk.text,
  );
  session.run(`insert into ${terms} (rowid, terms) values (?, ?)`, id, chunk.terms);
  const vector = chunk.isKept ? kept.get(chunk.hash) : bytesOf(chunk.vector);
  if (vector) session.run(`insert into ${vectors} (chunk_id, embedding) values (?, ?)`, id, vector);
}

function bytesOf(vector: Float32Array | undefined): Uint8Array | undefined {
  return vector && new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

function storedSource(session: Session, { collectionId, item }: Commit): string | undefined {
  const row = session.first(
    'select source from document where collection_id = ? and id = ?',
    collectionId,
    item.documentId,
  );
  return row && column.optionalText(row, 'source');
}

function setSource(session: Session, { collectionId, item }: Commit, source: string): void {
  session.run(
    'update document set source = ? where collection_id = ? and id = ?',
    source,
    collectionId,
    item.documentId,
  );
}

/** Marks the item, counts it, and drops its text. Only the first 1,000 failures keep their reason (07 A-14). */
function finishItem(session: Session, { lease, item, outcome }: Commit, counts: ChunkCounts): CommitResult {
  const failure = outcome.kind === 'failed' ? outcome : undefined;
  session.run(
    `update job_item set state = ?, text = null,
       code = case when (select failed from job where key = job_key) < 1000 then ? end,
       reason = case when (select failed from job where key = job_key) < 1000 then ? end
     where job_key = ? and ordinal = ?`,
    outcome.kind === 'indexed' ? 'done' : outcome.kind,
    failure?.code ?? null,
    failure?.reason ?? null,
    lease.jobKey,
    item.ordinal,
  );
  session.run(
    'update job set done = done + ?, skipped = skipped + ?, failed = failed + ?, embedded = embedded + ?, reused = reused + ?, deleted = deleted + ? where key = ?',
    Number(outcome.kind === 'indexed'),
    Number(outcome.kind === 'skipped'),
    Number(outcome.kind === 'failed'),
    counts.embedded,
    counts.reused,
    counts.deleted,
    lease.jobKey,
  );
  return 'committed';
}
