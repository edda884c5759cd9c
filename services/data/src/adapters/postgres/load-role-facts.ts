import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { RoleFacts } from '../../domain/sql/role-fault.ts';

// Ten names of each kind tell what is wrong; a superuser's list would be every table.
const roleSql = `
  with own_namespaces as (
    select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
  )
  select r.rolname as role,
    array_remove(array[
      case when r.rolsuper then 'SUPERUSER' end, case when r.rolcreatedb then 'CREATEDB' end,
      case when r.rolcreaterole then 'CREATEROLE' end, case when r.rolreplication then 'REPLICATION' end,
      case when r.rolbypassrls then 'BYPASSRLS' end], null) as attributes,
    array(select p.rolname::text from pg_roles p
      where p.rolname ~ '^pg_' and pg_has_role(r.oid, p.oid, 'MEMBER') order by 1 limit 10) as memberships,
    array(select format('SCHEMA %I', n.nspname) from own_namespaces n where has_schema_privilege(n.oid, 'CREATE')
      union all select format('DATABASE %I', current_database()) where has_database_privilege(current_database(), 'CREATE')
      limit 10) as creatable,
    array(select format(case c.relkind when 'S' then 'SEQUENCE %I.%I' else 'TABLE %I.%I' end, n.nspname, c.relname)
      from pg_class c join own_namespaces n on n.oid = c.relnamespace
      where case c.relkind
        when 'S' then has_sequence_privilege(c.oid, 'USAGE, UPDATE')
        when 'i' then false when 'I' then false when 't' then false when 'c' then false
        else has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') or has_any_column_privilege(c.oid, 'INSERT, UPDATE')
        end
      order by 1 limit 10) as writable,
    array(select distinct quote_ident(n.nspname) from pg_proc p join own_namespaces n on n.oid = p.pronamespace
      where has_schema_privilege(n.oid, 'USAGE')
        and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
        and (p.proacl is null
          or exists (select from aclexplode(p.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'))
      limit 10) as public_function_schemas,
    array(select format('the foreign server %I', s.srvname) from pg_foreign_server s where has_server_privilege(s.oid, 'USAGE')
      union all select 'the extension dblink' where exists (
        select from pg_extension e join pg_depend d on d.refobjid = e.oid and d.deptype = 'e' and d.classid = 'pg_proc'::regclass
        where e.extname = 'dblink' and has_function_privilege(d.objid, 'EXECUTE'))
      limit 10) as bridges
  from pg_roles r where r.rolname = current_user`;

const roleRow = z.tuple([
  z.object({
    role: z.string(),
    attributes: z.array(z.string()),
    memberships: z.array(z.string()),
    creatable: z.array(z.string()),
    writable: z.array(z.string()),
    public_function_schemas: z.array(z.string()),
    bridges: z.array(z.string()),
  }),
]);

/** Asks the catalog what the role of a connection may do beyond reading (06 S-20). */
export async function loadRoleFacts(client: PoolClient): Promise<RoleFacts> {
  const [row] = roleRow.parse((await client.query(roleSql)).rows);
  const { public_function_schemas: publicFunctionSchemas, ...facts } = row;
  return { ...facts, publicFunctionSchemas };
}
