import { Refusal } from '../refusal.ts';
import { systemSchema, type SqlCatalog } from './sql-catalog.ts';
import { nameOf, textOf, type TreeNode } from './syntax-tree.ts';

/** Relations of `pg_catalog` that describe the caller's own tables and tell nothing about the server (06 S-26). */
const readableSystemRelations: ReadonlySet<string> = new Set([
  'pg_attribute',
  'pg_class',
  'pg_constraint',
  'pg_index',
  'pg_indexes',
  'pg_namespace',
  'pg_stat_user_indexes',
  'pg_stat_user_tables',
  'pg_stats',
  'pg_tables',
  'pg_type',
  'pg_views',
]);

/**
 * Refuses a relation that is not on the list. Rights alone are not enough: a role with one SELECT grant reads
 * `pg_settings`, `pg_roles` and `pg_proc.prosrc` (06 S-26). A name that a WITH clause in scope defines is no relation;
 * the caller has checked that.
 *
 * A bare name that `pg_catalog` does not have resolves in the listed schemas or nowhere, since the search path holds
 * nothing else (06 S-22); Postgres then says that it does not exist.
 *
 * @throws Refusal `SQL_OBJECT_DENIED`.
 */
export function checkRelation(relation: TreeNode, catalog: SqlCatalog): void {
  const schema = textOf(relation['schemaname']);
  const name = nameOf(relation['relname']);
  if (schema === undefined && !catalog.systemRelations.has(name)) return;
  if (schema === undefined || schema === systemSchema) {
    if (!readableSystemRelations.has(name)) throw denied(name, catalog);
    return;
  }
  if (schema === 'information_schema' || catalog.schemas.has(schema)) return;
  throw denied(`${schema}.${name}`, catalog);
}

function denied(name: string, catalog: SqlCatalog): Refusal {
  const schemas = [...catalog.schemas, 'information_schema'].join(', ');
  const system = [...readableSystemRelations].join(', ');
  return new Refusal(
    'SQL_OBJECT_DENIED',
    `The relation ${name} may not be read here. Allowed are the schemas ${schemas}, and of pg_catalog: ${system}.`,
    { relation: name },
  );
}
