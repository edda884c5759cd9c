/**
 * Canaries beside the demo's tables: a table, a sequence and functions whose use would leave a trace. `secrets` is not
 * granted to `mcp_ro`; `hidden` is a schema that is not listed. `upper(int)` is a function of the operator's own under a
 * name of Postgres.
 */
export const canarySql = `
  create schema hidden;
  create table hidden.salaries (person text);
  create table secrets (id int primary key, token text);
  create table canary (id int primary key, value text);
  create sequence canary_sequence;
  create materialized view order_counts as select count(*) as n from orders;
  create table samples (
    id int8 primary key, amount numeric, ratio float8, ok boolean, raw bytea, at timestamptz, local timestamp,
    day date, tags text[], doc jsonb, note text);
  create function touch_canary() returns int language sql volatile as $$ insert into canary values (99, 'touched') returning 1 $$;
  create function quiet(int) returns int language sql stable as $$ select $1 $$;
  create function upper(int) returns text language sql stable as $$ select 'mine' $$;
  insert into secrets values (1, 'do-not-show');
  insert into canary values (1, 'alive');
  insert into samples values
    (9007199254740993, 12345678901234567890.123456789, 'NaN', true, 'fairlead'::bytea, '2026-11-01 08:00:00.5+00',
     '2026-11-01 08:00:00', '2026-11-01', '{a,b}', '{"k": [1, 2]}', 'zero' || chr(8203) || 'width');
  revoke execute on all functions in schema public, hidden from public;
  grant select on canary, order_counts, samples to mcp_ro`;

/** What a statement of a caller must leave as it was: one row that says all. */
export const stateSql = `
  select (select string_agg(id || value, ',' order by id) from canary) as canary,
    (select last_value || is_called::text from canary_sequence) as sequence,
    (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace) as relations,
    (select count(*)::int from pg_locks where locktype = 'advisory') as advisory_locks,
    (select count(*)::int from pg_prepared_xacts) as prepared`;
