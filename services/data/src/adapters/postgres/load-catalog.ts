import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { SqlCatalog } from '../../domain/sql/sql-catalog.ts';

/** What the guard and the results need to know of a database. */
export interface LoadedCatalog extends SqlCatalog {
  /** Names of types by object id, as results show them. */
  readonly typeNames: ReadonlyMap<number, string>;
}

// A function is steady when it has no effect by its own declaration and comes with Postgres or with an extension.
const functionsSql = `
  select p.proname as name, n.nspname as schema,
         bool_and(p.provolatile in ('i', 's') and (n.nspname = 'pg_catalog' or d.objid is not null)) as steady
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  left join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
  where n.nspname = 'pg_catalog' or n.nspname = any ($1::text[])
  group by p.proname, n.nspname`;

const relationsSql = `
  select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'pg_catalog'`;

// Row types of tables and their arrays are left out: there are two for each table, and results hardly ever have one.
const typesSql = `
  select t.oid::int8 as id, case when n.nspname = 'pg_catalog' then '' else n.nspname || '.' end
         || case when t.typelem <> 0 and t.typcategory = 'A' then e.typname || '[]' else t.typname end as name
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_type e on e.oid = t.typelem
  where t.typtype <> 'c' and coalesce(e.typtype, 'b') <> 'c'`;

const functionRows = z.array(z.object({ name: z.string(), schema: z.string(), steady: z.boolean() }));
const relationRows = z.array(z.object({ name: z.string() }));
const typeRows = z.array(z.object({ id: z.coerce.number(), name: z.string() }));

/** Reads what the database has under which name: functions with their volatility, system relations, types. */
export async function loadCatalog(client: PoolClient, schemas: readonly string[]): Promise<LoadedCatalog> {
  const functions = new Map<string, Map<string, boolean>>();
  for (const row of functionRows.parse((await client.query(functionsSql, [schemas])).rows)) {
    const places = functions.get(row.name) ?? new Map<string, boolean>();
    functions.set(row.name, places.set(row.schema, row.steady));
  }
  const relations = relationRows.parse((await client.query(relationsSql)).rows);
  const types = typeRows.parse((await client.query(typesSql)).rows);
  return {
    schemas: new Set(schemas),
    functions,
    systemRelations: new Set(relations.map((row) => row.name)),
    typeNames: new Map(types.map((row) => [row.id, row.name])),
  };
}
