import type { Collection, CollectionDraft } from '../../../domain/collection.ts';
import type { Scope } from '../../../domain/scope.ts';
import { column } from '../columns.ts';
import { ensureIndexTables } from '../index-tables.ts';
import type { Row, Session } from '../session.ts';

const columns = 'id, tenant, name, description, embedder, dims, fields, visibility, documents, chunks, updated_at';
/** Own collections, and shared ones whose name no own one takes. Its values: tenant, tenant. */
const readable = `(tenant = ? or (visibility = 'shared' and not exists (
  select 1 from collection own where own.tenant = ? and own.name = collection.name)))`;

/** Creates a collection with its index tables, or finds the one that has its name. */
export function createCollection(
  session: Session,
  input: { scope: Scope; draft: CollectionDraft; now: Date },
): { created: boolean; collection: Collection } {
  return session.transaction(() => {
    const existing = namesake(session, input.scope, input.draft);
    if (existing) return { created: false, collection: existing };
    const { name, description, embedder, dims, fields, visibility } = input.draft;
    const id = session.insert(
      'insert into collection (tenant, name, description, embedder, dims, fields, visibility, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
      input.scope.tenant,
      name,
      description,
      embedder,
      dims,
      JSON.stringify(fields),
      visibility,
      input.now.getTime(),
    );
    ensureIndexTables(session.database, id);
    return {
      created: true,
      collection: { ...input.draft, id, isOwn: true, documents: 0, chunks: 0, updatedAt: input.now },
    };
  });
}

/** The collection that a name means to a caller: an own one before a shared one. */
export function findCollection(
  session: Session,
  { scope, name }: { scope: Scope; name: string },
): Collection | undefined {
  const row = session.first(
    `select ${columns} from collection where name = ? and ${readable}`,
    name,
    scope.tenant,
    scope.tenant,
  );
  return row && toCollection(row, scope);
}

/** Readable collections in the order of their names, after a name. */
export function listCollections(
  session: Session,
  { scope, after, limit }: { scope: Scope; after: string; limit: number },
): readonly Collection[] {
  const sql = `select ${columns} from collection where name > ? and ${readable} order by name limit ?`;
  return session.all(sql, after, scope.tenant, scope.tenant, limit).map((row) => toCollection(row, scope));
}

/** Whether the caller may read the collection of an id. */
export function canRead(session: Session, scope: Scope, collectionId: number): boolean {
  const sql = "select 1 from collection where id = ? and (tenant = ? or visibility = 'shared')";
  return session.first(sql, collectionId, scope.tenant) !== undefined;
}

/** Whether the collection of an id belongs to the caller's tenant. */
export function canWrite(session: Session, scope: Scope, collectionId: number): boolean {
  return (
    session.first('select 1 from collection where id = ? and tenant = ?', collectionId, scope.tenant) !== undefined
  );
}

function namesake(session: Session, scope: Scope, draft: CollectionDraft): Collection | undefined {
  const sql = `select ${columns} from collection where name = ? and (tenant = ? or (visibility = 'shared' and ? = 'shared')) order by tenant = ? desc limit 1`;
  const row = session.first(sql, draft.name, scope.tenant, draft.visibility, scope.tenant);
  return row && toCollection(row, scope);
}

function toCollection(row: Row, scope: Scope): Collection {
  return {
    id: column.number(row, 'id'),
    name: column.text(row, 'name'),
    description: column.text(row, 'description'),
    embedder: column.text(row, 'embedder'),
    dims: column.number(row, 'dims'),
    fields: column.fieldTypes(row, 'fields'),
    visibility: column.text(row, 'visibility') === 'shared' ? 'shared' : 'tenant',
    isOwn: column.text(row, 'tenant') === scope.tenant,
    documents: column.number(row, 'documents'),
    chunks: column.number(row, 'chunks'),
    updatedAt: new Date(column.number(row, 'updated_at')),
  };
}
