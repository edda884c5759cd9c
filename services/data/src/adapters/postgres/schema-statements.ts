import type { ObjectType } from '../../domain/schema/schema-object.ts';

// Every statement takes the same values: $1 schemas, $2 LIKE pattern, $3 table, $4 and $5 schema and name of the last
// object of the page before, $6 limit, $7 whether a summary is wanted, $8 whether everything is. A row is the object
// as JSON, with its nulls dropped. Names are compared in the collation C, so that the order is the same everywhere.

/** Relations that the role may read, in whole or in part; what it may not read is not there (06 S-32). */
const readableRelations = `
  select c.oid, c.relname, c.relkind, c.reltuples, n.nspname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any ($1::text[]) and ($3::text is null or c.relname = $3)
    and has_schema_privilege(n.oid, 'USAGE')
    and (has_table_privilege(c.oid, 'SELECT') or has_any_column_privilege(c.oid, 'SELECT'))`;

const columnsJson = `
  select json_agg(json_strip_nulls(json_build_object(
    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull,
    'default', pg_get_expr(d.adbin, d.adrelid), 'comment', col_description(a.attrelid, a.attnum))) order by a.attnum)
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'SELECT')`;

const columnNames = (relation: string, numbers: string): string => `
  (select json_agg(a.attname order by u.place) from unnest(${numbers}) with ordinality u(attnum, place)
   join pg_attribute a on a.attrelid = ${relation} and a.attnum = u.attnum)`;

// A definition names columns. With rights on some columns only, it is shown when it names none of the others; an
// expression (column 0) is shown with rights on the whole table.
const readableColumns = (relation: string, numbers: string): string => `
  not exists (select from unnest(${numbers}) u(attnum)
    where not coalesce(has_column_privilege(${relation}, u.attnum, 'SELECT'), has_table_privilege(${relation}, 'SELECT')))`;

const readableConstraint = `
  ${readableColumns('k.conrelid', 'k.conkey')}
  and (k.contype <> 'f' or ${readableColumns('k.confrelid', 'k.confkey')})`;

const readableIndex = readableColumns('x.indrelid', 'x.indkey::int2[]');

const primaryKeyJson = `
  select ${columnNames('k.conrelid', 'k.conkey')} from pg_constraint k
  where k.conrelid = r.oid and k.contype = 'p' and ${readableConstraint}`;

const foreignKeysJson = (where: string): string => `
  select json_agg(json_build_object(
    'columns', ${columnNames('k.conrelid', 'k.conkey')},
    'references', t.relnamespace::regnamespace || '.' || quote_ident(t.relname),
    'referenced_columns', ${columnNames('k.confrelid', 'k.confkey')}) order by k.conname)
  from pg_constraint k join pg_class t on t.oid = k.confrelid
  where ${where} and k.contype = 'f' and ${readableConstraint}`;

const indexesJson = `
  select json_agg(json_build_object('name', i.relname, 'definition', pg_get_indexdef(i.oid)) order by i.relname)
  from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = r.oid and ${readableIndex}`;

interface Listing {
  /** Rows with `schema` and `name`, and whatever `object` uses. */
  readonly from: string;
  /** Fields of the object beside its type, schema and name. */
  readonly object: string;
}

const relationListing = (kinds: string): Listing => ({
  from: `select r.nspname as schema, r.relname::text as name, r.oid, r.reltuples from (${readableRelations}) r where r.relkind in (${kinds})`,
  object: `
    'row_estimate', case when $7 and r.reltuples >= 0 then r.reltuples::int8 end,
    'comment', case when $7 then obj_description(r.oid, 'pg_class') end,
    'columns', case when $8 then (${columnsJson}) end,
    'primary_key', case when $8 then (${primaryKeyJson}) end,
    'foreign_keys', case when $8 then (${foreignKeysJson('k.conrelid = r.oid')}) end,
    'indexes', case when $8 then (${indexesJson}) end`,
});

const listings: Readonly<Record<ObjectType, Listing>> = {
  schema: {
    from: `select n.nspname as schema, n.nspname::text as name, n.oid from pg_namespace n
      where n.nspname = any ($1::text[]) and $3::text is null and has_schema_privilege(n.oid, 'USAGE')`,
    object: `'comment', case when $7 then obj_description(r.oid, 'pg_namespace') end`,
  },
  table: relationListing(`'r', 'p', 'f'`),
  view: relationListing(`'v'`),
  materialized_view: relationListing(`'m'`),
  column: {
    from: `select t.nspname as schema, t.relname || '.' || a.attname as name, a.attrelid, a.attnum, a.attname, a.attnotnull, a.atttypid, a.atttypmod
      from (${readableRelations}) t join pg_attribute a on a.attrelid = t.oid
      where t.relkind in ('r', 'p', 'f', 'v', 'm') and a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'SELECT')`,
    object: `'columns', case when $7 then json_build_array(json_strip_nulls(json_build_object(
      'name', r.attname, 'type', format_type(r.atttypid, r.atttypmod), 'nullable', not r.attnotnull,
      'default', case when $8 then (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = r.attrelid and d.adnum = r.attnum) end,
      'comment', col_description(r.attrelid, r.attnum)))) end`,
  },
  index: {
    from: `select t.nspname as schema, i.relname::text as name, i.oid
      from (${readableRelations}) t join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
      where ${readableIndex}`,
    object: `
      'comment', case when $7 then obj_description(r.oid, 'pg_class') end,
      'indexes', case when $8 then json_build_array(json_build_object('name', r.name, 'definition', pg_get_indexdef(r.oid))) end`,
  },
  constraint: {
    from: `select t.nspname as schema, t.relname || '.' || k.conname as name, k.oid, k.contype, k.conrelid, k.conkey
      from (${readableRelations}) t join pg_constraint k on k.conrelid = t.oid
      where ${readableConstraint}`,
    object: `
      'comment', case when $7 then coalesce(obj_description(r.oid, 'pg_constraint'), pg_get_constraintdef(r.oid)) end,
      'primary_key', case when $8 and r.contype = 'p' then ${columnNames('r.conrelid', 'r.conkey')} end,
      'foreign_keys', case when $8 and r.contype = 'f' then (${foreignKeysJson('k.oid = r.oid')}) end`,
  },
  function: {
    from: `select n.nspname as schema, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name, p.oid
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any ($1::text[]) and $3::text is null and p.prokind in ('f', 'a', 'w')
        and has_schema_privilege(n.oid, 'USAGE') and has_function_privilege(p.oid, 'EXECUTE')`,
    object: `'comment', case when $7 then concat_ws(': ', 'returns ' || pg_get_function_result(r.oid), obj_description(r.oid, 'pg_proc')) end`,
  },
};

/** The fixed statement that lists objects of a type. Nothing of a caller is in its text. */
export function schemaStatement(type: ObjectType): string {
  const { from, object } = listings[type];
  return `
    select json_strip_nulls(json_build_object('type', '${type}', 'schema', r.schema, 'name', r.name, ${object})) as object
    from (${from}) r
    where ($2::text is null or r.name like $2)
      and ($4::text is null or (r.schema::text collate "C", r.name collate "C") > ($4 collate "C", $5::text collate "C"))
      and ($7::boolean or true) and ($8::boolean or true)
    order by r.schema::text collate "C", r.name collate "C"
    limit $6`;
}
