import * as fc from 'fast-check';
import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { smallCatalog } from '../../../test/support/small-catalog.ts';
import { Refusal } from '../refusal.ts';
import { judgeStatement } from './judge-statement.ts';

beforeAll(() => loadModule());

const fragments = [
  'select',
  'select 1',
  '*',
  'from',
  'orders',
  'pg_authid',
  'pg_read_file($$x$$)',
  'count(*)',
  'where',
  'true',
  'with',
  'x as (',
  ')',
  '(',
  'delete from orders',
  'insert into orders values (1)',
  'update orders set id = 1',
  'returning *',
  'for update',
  'into y',
  'union all',
  ';',
  'explain',
  'analyze',
  '(analyze off)',
  'show',
  'work_mem',
  'all',
  'copy',
  'to stdout',
  'values (1)',
  'table',
  'order by 1',
  'limit 1',
  'set',
  'begin',
  'commit',
  'do $$x$$',
  'lateral',
  'join',
  'on true',
  ',',
  '$1',
  '::int',
  '::hidden.t',
  'operator(hidden.+)',
  '/*',
  '*/',
  '--\n',
  "'",
  '$$',
] as const;

const statements = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

const readingKinds = ['SelectStmt', 'ExplainStmt', 'VariableShowStmt'];
const forbidden =
  /"(?:InsertStmt|UpdateStmt|DeleteStmt|MergeStmt|CopyStmt|intoClause|lockingClause|TransactionStmt|DoStmt)"|pg_read_file|hidden/;

// 06 S-03: a guard throws nothing but its own refusal, and what it admits is one plain read.
test('any text is either refused or one statement that only reads', () => {
  fc.assert(
    fc.property(statements, (sql) => {
      const outcome = judged(sql);
      const { stmts = [] } = outcome === 'admitted' ? parseSync(sql) : { stmts: [{ stmt: { SelectStmt: {} } }] };

      expect(['admitted', 'refused']).toContain(outcome);
      expect(stmts).toHaveLength(1);
      expect(readingKinds).toContain(Object.keys(stmts[0]?.stmt ?? {})[0]);
      expect(JSON.stringify(stmts, withoutConstants)).not.toMatch(forbidden);
    }),
    { numRuns: 2_000 },
  );
});

test('a constant that only spells something forbidden is no find of the property', () => {
  const sql = "select ' pg_read_file($$x$$) '";

  expect(judged(sql)).toBe('admitted');
  expect(JSON.stringify(parseSync(sql).stmts, withoutConstants)).not.toMatch(forbidden);
  expect(JSON.stringify(parseSync('select pg_read_file($$x$$)').stmts, withoutConstants)).toMatch(forbidden);
});

/** What stands in quotes is data, whatever it spells. */
function withoutConstants(key: string, value: unknown): unknown {
  return key === 'A_Const' ? undefined : value;
}

function judged(sql: string): unknown {
  try {
    judgeStatement(sql, smallCatalog);
    return 'admitted';
  } catch (error) {
    return error instanceof Refusal ? 'refused' : error;
  }
}
