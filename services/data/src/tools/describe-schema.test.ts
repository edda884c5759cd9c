import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { createFakeDatabase, fakeDeps } from '../../test/support/fake-database.ts';
import type { SchemaObject } from '../domain/schema/schema-object.ts';
import { tool } from './describe-schema.ts';

const orders: SchemaObject = {
  type: 'table',
  schema: 'public',
  name: 'orders',
  columns: [
    { name: 'id', type: 'integer', nullable: false, comment: 'Num\u200bber.' },
    { name: 'note', type: 'text', nullable: true, default: "'-'" },
  ],
  primary_key: ['id'],
  foreign_keys: [{ columns: ['customer_id'], references: 'public.customers', referenced_columns: ['id'] }],
  indexes: [{ name: 'orders_pkey', definition: 'CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)' }],
  row_estimate: 40_000,
  comment: 'Orders.',
};

function setUp(hasMore = false) {
  const database = createFakeDatabase({ objects: [orders], hasMore });
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps([database]) });
  return {
    database,
    harness,
    call: (input: Readonly<Record<string, unknown>>) => harness.call('describe_schema', input),
  };
}

test('is defined as its snapshot says', async () => {
  await expect(
    expectToolSnapshot(setUp().harness.definition('describe_schema'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('gives objects as data, cleaned, and one line for each part as text', async () => {
  const result = await setUp().call({ object_type: 'table', detail: 'full' });

  expect(result.structuredContent).toMatchObject({
    objects: [{ ...orders, columns: [{ comment: 'Number.' }, {}] }],
    truncated: false,
  });
  expect(result.content).toEqual([
    {
      type: 'text',
      text: [
        'table public.orders (about 40000 rows): Orders.',
        '  id integer not null: Number.',
        "  note text default '-'",
        '  primary key (id)',
        '  foreign key (customer_id) to public.customers (id)',
        '  CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)',
      ].join('\n'),
    },
  ]);
});

test('asks for names, fifty at a time, unless told otherwise', async () => {
  const { call, database } = setUp();
  await call({ object_type: 'table' });
  await call({ object_type: 'column', pattern: 'a%', schema: 'shop', table: 'orders', detail: 'summary', limit: 500 });

  expect(database.questions).toMatchObject([
    { objectType: 'table', detail: 'names', limit: 50 },
    { objectType: 'column', pattern: 'a%', schema: 'shop', table: 'orders', detail: 'summary', limit: 200 },
  ]);
});

test('goes on after the last object of the page before', async () => {
  const { call, database } = setUp(true);
  const first = await call({ object_type: 'table' });
  await call({ object_type: 'table', cursor: first.structuredContent?.['next_cursor'] });

  expect(first.structuredContent).toMatchObject({ truncated: true, truncated_by: 'rows' });
  expect(database.questions[1]?.after).toEqual({ schema: 'public', name: 'orders' });
});

test('says in words that nothing matches', async () => {
  const result = await setUp().call({ object_type: 'view' });

  expect(result.structuredContent).toEqual({ objects: [], truncated: false });
  expect(result.content).toEqual([{ type: 'text', text: 'Nothing matches.' }]);
});

test.each([
  [{}],
  [{ object_type: 'role' }],
  [{ object_type: 'table', pattern: '' }],
  [{ object_type: 'table', pattern: 'a\\' }],
  [{ object_type: 'table', limit: 0 }],
  [{ object_type: 'table', schema: 'x'.repeat(64) }],
])('refuses input %# by its schema', async (input) => {
  expect((await setUp().call(input))._meta?.['dev.fairlead/error']).toMatchObject({ code: 'INPUT_INVALID' });
});
