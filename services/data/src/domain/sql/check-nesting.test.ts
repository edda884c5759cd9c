import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { checkNesting, nestingTokensMax } from './check-nesting.ts';
import { parseStatement } from './parse-statement.ts';

beforeAll(() => loadModule());

/** Every way to nest without end, with the number of times that fits into 64 KiB. */
const bombs: Readonly<Record<string, string>> = {
  operators: `select 1${'+1'.repeat(30_000)}`,
  signs: `select ${'- '.repeat(30_000)}1`,
  not: `select ${'not '.repeat(15_000)}true`,
  parentheses: `select ${'('.repeat(30_000)}1${')'.repeat(30_000)}`,
  subqueries: `select ${'(select '.repeat(7_000)}1${')'.repeat(7_000)}`,
  functions: `select ${'f('.repeat(20_000)}1${')'.repeat(20_000)}`,
  arrays: `select ${'array['.repeat(8_000)}1${']'.repeat(8_000)}`,
  casts: `select 1${'::x'.repeat(20_000)}`,
  collations: `select 1${' collate c'.repeat(6_500)}`,
  unions: `select${' union select'.repeat(5_000)}`,
  joins: `select from a${' natural join b'.repeat(4_300)}`,
  cases: `select ${'case when 1 then '.repeat(2_900)}1${' end'.repeat(2_900)}`,
  with: `${'with a as ('.repeat(2_900)}select${') select'.repeat(2_900)}`,
};

// An overflow inside the parser is no exception that goes away: some fifty break it for the rest of the process.
test.each(Object.entries(bombs))('refuses nested %s before the parser sees them', (_name, sql) => {
  expect(() => checkNesting(sql)).toThrow(expect.objectContaining({ code: 'SQL_TOO_COMPLEX' }));
});

test('leaves the parser usable after ten bombs of each kind', () => {
  for (let round = 0; round < 10; round += 1) {
    for (const sql of Object.values(bombs)) expect(() => checkNesting(sql)).toThrow('nests too deep');
  }

  expect(parseStatement('select 1')).toHaveProperty('SelectStmt');
});

test('lets the deepest statement that it admits through the parser', () => {
  for (const step of ['+1', ' collate c', '::x', ' isnull']) {
    const sql = `select 1${step.repeat(nestingTokensMax - 2)}`;
    checkNesting(sql);
    expect(parseStatement(sql)).toHaveProperty('SelectStmt');
  }
  const brackets = `select ${'(select '.repeat(299)}1${')'.repeat(299)}`;
  checkNesting(brackets);
  expect(parseStatement(brackets)).toHaveProperty('SelectStmt');
});

test('takes a long list, long texts and many rows for what they are: flat', () => {
  const ids = Array.from({ length: 9_000 }, (_, id) => id).join(',');
  const rows = Array.from({ length: 1_000 }, (_, id) => `(${id}, 'it + is + text and ((((')`).join(',');

  expect(() => checkNesting(`select * from orders where id in (${ids})`)).not.toThrow();
  expect(() => checkNesting(`select * from (values ${rows}) x`)).not.toThrow();
  expect(() => checkNesting(`select 'a + b and (c) '::text -- ${'word + '.repeat(3_000)}`)).not.toThrow();
});
