import { expect, test } from 'vitest';
import { suggestStatements } from './suggest-statements.ts';

test('counts, shows rows in the order of the key, and spreads them over months', () => {
  expect(
    suggestStatements({
      type: 'table',
      schema: 'shop',
      name: 'odd "orders"',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'placed at', type: 'timestamp with time zone' },
      ],
      primary_key: ['id'],
    }),
  ).toEqual([
    'SELECT count(*) AS rows, min("placed at") AS first, max("placed at") AS last FROM "shop"."odd ""orders"""',
    'SELECT * FROM "shop"."odd ""orders""" ORDER BY "id" LIMIT 10',
    'SELECT date_trunc(\'month\', "placed at") AS month, count(*) AS rows FROM "shop"."odd ""orders""" GROUP BY 1 ORDER BY 1',
  ]);
});

test('spreads over the values of a column that is no key when there is no time', () => {
  const statements = suggestStatements({
    type: 'table',
    schema: 'public',
    name: 'lines',
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'order_id', type: 'integer' },
      { name: 'status', type: 'text' },
    ],
    primary_key: ['id'],
    foreign_keys: [{ columns: ['order_id'], references: 'public.orders', referenced_columns: ['id'] }],
  });

  expect(statements[2]).toBe(
    'SELECT "status", count(*) AS rows FROM "public"."lines" GROUP BY 1 ORDER BY 2 DESC LIMIT 20',
  );
});

test('suggests something for a view of which only columns without a type are known', () => {
  expect(suggestStatements({ type: 'view', schema: 'public', name: 'v', columns: [{ name: 'x' }] })[2]).toContain(
    'SELECT "x", count(*)',
  );
});
