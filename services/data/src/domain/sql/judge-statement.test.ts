import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { smallCatalog } from '../../../test/support/small-catalog.ts';
import { judgeStatement } from './judge-statement.ts';

beforeAll(() => loadModule());

const judge = (sql: string) => judgeStatement(sql, smallCatalog);

/** The code of the refusal, or `undefined`. */
function refusalOf(sql: string): unknown {
  try {
    judge(sql);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

test('tells the kind of a statement, its parameters, and the relations that it reads', () => {
  expect(judge('select * from orders o join shop.customers c on c.id = $2 where o.id = $1')).toEqual({
    kind: 'select',
    isOrdered: false,
    parameterCount: 2,
    relations: new Set(['orders', 'customers']),
  });
});

test('calls a statement ordered only when its outermost SELECT has ORDER BY', () => {
  expect(judge('select 1 union select 2 order by 1').isOrdered).toBe(true);
  expect(judge('select * from (select 1 order by 1) x').isOrdered).toBe(false);
  expect(judge('select count(*) over (order by 1)').isOrdered).toBe(false);
});

test('admits EXPLAIN of a SELECT and SHOW of a listed setting, whatever its case', () => {
  expect(judge('explain (format json, costs off) select 1').kind).toBe('explain');
  expect(judge('show TimeZone').kind).toBe('show');
});

// 06 S-23: the tree is walked to full depth, also where a node carries no tag of its own.
test.each([
  'select 1 into x',
  'select 1 into x union select 2',
  'select * from (select 1 for update) x',
  'with d as (delete from t returning 1) select 1',
  'explain with d as (delete from t returning 1) select 1',
  'explain (analyze false) select 1',
  'explain update t set a = 1',
  'create table x as select 1',
  'copy (select 1) to stdout',
])('refuses %j as not read-only', (sql) => {
  expect(refusalOf(sql)).toBe('SQL_NOT_READ_ONLY');
});

test('names the construct that it refuses, and what is allowed', () => {
  expect(() => judge('drop table x')).toThrow(/^DROP is not allowed\. Send one SELECT/);
  expect(() => judge('begin')).toThrow(/^transaction control/);
  expect(() => judge('create table x as select 1')).toThrow(/^CREATE TABLE AS is not allowed/);
  expect(() => judge('select 1 for update')).toThrow(/^FOR UPDATE, FOR SHARE and other row locking is not allowed/);
});

test('refuses a second statement and says how many there are', () => {
  expect(() => judge('select 1; select 2; select 3')).toThrow('The text holds 3 statements');
});

test('takes one statement with a semicolon at its end', () => {
  expect(judge('select 1;  ').kind).toBe('select');
});

// 06 S-26, and the scope of WITH as Postgres has it.
test('takes a WITH name for a relation only where the WITH clause reaches', () => {
  expect(refusalOf('with pg_authid as (select 1) select * from pg_authid')).toBeUndefined();
  expect(refusalOf('with a as (select * from b), b as (select 1) select * from a')).toBeUndefined();
  expect(refusalOf('with pg_authid as (select * from pg_authid) select 1')).toBe('SQL_OBJECT_DENIED');
  expect(refusalOf('with a as (select * from pg_authid), pg_authid as (select 1) select 1')).toBe('SQL_OBJECT_DENIED');
  expect(refusalOf('with recursive a as (select * from pg_authid), pg_authid as (select 1) select 1')).toBeUndefined();
  expect(refusalOf('select * from (with pg_authid as (select 1) select 1) x, pg_authid')).toBe('SQL_OBJECT_DENIED');
  expect(refusalOf('(with pg_authid as (select 1) select 1) union select 1 from pg_authid')).toBe('SQL_OBJECT_DENIED');
  expect(refusalOf('with pg_authid as (select 1) select * from pg_catalog.pg_authid')).toBe('SQL_OBJECT_DENIED');
  expect(refusalOf('with x as (select 1) select (select 1 from x where exists (select from x))')).toBeUndefined();
});

test('reads listed schemas, information_schema, and the listed relations of pg_catalog', () => {
  expect(
    refusalOf('select * from shop.orders, information_schema.tables, pg_class, pg_catalog.pg_stats'),
  ).toBeUndefined();
  expect(refusalOf('select * from hidden.t')).toBe('SQL_OBJECT_DENIED');
  expect(refusalOf('select * from pg_settings')).toBe('SQL_OBJECT_DENIED');
  expect(refusalOf('select * from pg_catalog.unheard_of')).toBe('SQL_OBJECT_DENIED');
});

test.each([
  'select 1 operator(hidden.+) 2',
  'select 1 = operator(hidden.=) any (array[1])',
  'select 1::hidden.t',
  'select $$a$$ collate hidden.c',
  'select 1::a.b.c',
])('refuses the foreign schema in %j', (sql) => {
  expect(['SQL_OBJECT_DENIED', 'SQL_SYNTAX']).toContain(refusalOf(sql));
});

test('allows operators and types by pg_catalog and by a listed schema', () => {
  expect(refusalOf('select 1 operator(pg_catalog.+) 2, 1::pg_catalog.int4, $$a$$::shop.mood')).toBeUndefined();
});

test('answers SQL_SYNTAX with the position in characters', () => {
  expect(() => judge("select 'ü' frm x y")).toThrow('character 16');
});

test('shows the settings that SHOW may read when it refuses another', () => {
  expect(() => judge('show all')).toThrow(/^SHOW all is not allowed\. SHOW may read: client_encoding, .*work_mem\.$/);
});

test('allows the two methods of TABLESAMPLE that Postgres brings', () => {
  expect(refusalOf('select * from orders tablesample system (1)')).toBeUndefined();
  expect(refusalOf('select * from orders tablesample bernoulli (1)')).toBeUndefined();
  expect(refusalOf('select * from orders tablesample public.system (1)')).toBe('SQL_FUNCTION_DENIED');
  expect(refusalOf('select * from orders tablesample mine (1)')).toBe('SQL_FUNCTION_DENIED');
});

test('refuses a tree that is deeper than it looks at', () => {
  expect(refusalOf(`select 1${'+1'.repeat(900)}`)).toBeUndefined();
  expect(refusalOf(`select 1${'+1'.repeat(1_100)}`)).toBe('SQL_TOO_COMPLEX');
});

// The parser's own bound, below ours when brackets of several kinds are mixed with long lists.
test('answers SQL_TOO_COMPLEX when the parser runs out of room', () => {
  expect(refusalOf(`select ${'not '.repeat(2_400)}${'(1, '.repeat(290)}1${')'.repeat(290)}`)).toBe('SQL_TOO_COMPLEX');
});
