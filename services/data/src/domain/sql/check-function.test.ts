import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { smallCatalog } from '../../../test/support/small-catalog.ts';
import { judgeStatement } from './judge-statement.ts';

beforeAll(() => loadModule());

function judged(expression: string): string {
  try {
    judgeStatement(`select ${expression}`, smallCatalog);
    return 'allowed';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

// 06 S-24.
test.each([
  ['count(*)', 'allowed'],
  ['pg_catalog.lower($$A$$)', 'allowed'],
  ['similarity($$a$$, $$b$$)', 'allowed'],
  ['public.similarity($$a$$, $$b$$)', 'allowed'],
  ['in_two_schemas(1)', 'allowed'],
  ['random(), clock_timestamp()', 'allowed'],
  ["current_setting('TimeZone')", 'allowed'],
  ["current_setting('timezone', true)", 'allowed'],
  ['pg_catalog.upper($$a$$)', 'allowed'],
])('judges %s as %s', (expression, verdict) => {
  expect(judged(expression)).toBe(verdict);
});

test.each([
  ['pg_sleep(1)', 'it is volatile'],
  ['shop.random()', 'no allowed schema has it'],
  ['own()', 'in schema shop it is volatile, or not part of an extension'],
  ['upper($$a$$)', 'in schema shop'],
  ['shop.upper($$a$$)', 'in schema shop'],
  ['pg_catalog.similarity($$a$$, $$b$$)', 'no allowed schema has it'],
  ['unheard_of()', 'no allowed schema has it'],
  ['version()', 'it tells about the server'],
  ['shop.version()', 'it tells about the server'],
  ['crosstab($$select 1$$)', 'runs text as SQL'],
  ['table_to_xml_and_more()', 'runs text as SQL'],
  ["current_setting('config_file')", 'may read these settings'],
  ["current_setting('time' || 'zone')", 'may read these settings'],
  ['current_setting($1)', 'may read these settings'],
  ['current_setting()', 'may read these settings'],
  ["current_setting('')", 'may read these settings'],
])('refuses %s because %s', (expression, reason) => {
  expect(judged(expression)).toContain(reason);
});

test('tells what to write instead, for functions of other databases', () => {
  expect(judged('ifnull(1, 2)')).toContain('Use coalesce(value, other).');
});

test('compares names after unquoting and decoding', () => {
  expect(judged('"pg_sleep"(1)')).toContain('volatile');
  expect(judged('PG_SLEEP(1)')).toContain('volatile');
  expect(judged('U&"pg_sl\\0065ep"(1)')).toContain('volatile');
  expect(judged('"PG_SLEEP"(1)')).toContain('no allowed schema has it');
});
