import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { smallCatalog } from '../../../test/support/small-catalog.ts';
import { createSqlGuard } from './sql-guard.ts';

beforeAll(() => loadModule());

test('answers the same statement with the same verdict', () => {
  const guard = createSqlGuard(smallCatalog);

  expect(guard.judge('select 1')).toBe(guard.judge('select 1'));
});

test('does not take two statements for one', () => {
  const guard = createSqlGuard(smallCatalog);
  guard.judge('select $1');

  expect(guard.judge('select $1, $2').parameterCount).toBe(2);
});

test('refuses again what it has refused', () => {
  const guard = createSqlGuard(smallCatalog);

  expect(() => guard.judge('drop table x')).toThrow('DROP is not allowed');
  expect(() => guard.judge('drop table x')).toThrow('DROP is not allowed');
});
