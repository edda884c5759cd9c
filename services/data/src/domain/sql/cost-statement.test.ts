import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { costStatement } from './cost-statement.ts';

beforeAll(() => loadModule());

test('puts our EXPLAIN before a SELECT', () => {
  expect(costStatement('select 1; ')).toBe('EXPLAIN (FORMAT JSON) select 1; ');
});

// 06 S-30: the whole is parsed again, so that no text brings options of its own.
test.each([
  'analyze select 1',
  '(analyze) select 1',
  'select 1; delete from t',
  'delete from t',
  'execute p',
  'select 1) select (2',
])('refuses %j, which the guard would not have let pass', (sql) => {
  expect(() => costStatement(sql)).toThrow(expect.objectContaining({ name: 'Refusal' }));
});
