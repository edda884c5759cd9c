import { Refusal } from '../refusal.ts';
import { systemSchema, type SqlCatalog } from './sql-catalog.ts';

/** What a qualified name stands for in a statement, beside relations and functions. */
export type QualifiedThing = 'operator' | 'type' | 'collation';

/**
 * Refuses an operator, type or collation by a schema that is not listed: its functions would run unseen (06 S-23).
 * A bare name is found through the search path, which holds `pg_catalog` and the listed schemas only.
 *
 * @throws Refusal `SQL_OBJECT_DENIED`.
 */
export function checkQualifiedName(thing: QualifiedThing, parts: readonly string[], catalog: SqlCatalog): void {
  if (parts.length < 2) return;
  const schema = parts.at(-2) ?? '';
  if (parts.length === 2 && (schema === systemSchema || catalog.schemas.has(schema))) return;
  throw new Refusal(
    'SQL_OBJECT_DENIED',
    `The ${thing} ${parts.join('.')} is outside the allowed schemas ${[systemSchema, ...catalog.schemas].join(', ')}.`,
  );
}
