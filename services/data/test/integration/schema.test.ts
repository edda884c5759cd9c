import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { schemaObject } from '../../src/domain/schema/schema-object.ts';
import { createSample, type Sample } from './support/sample-database.ts';

let sample: Sample;

beforeAll(async () => {
  sample = await createSample();
  await sample.admin(`create table partly (id int primary key, hidden_code text unique, shown text, check (hidden_code <> shown));
    grant select (id, shown) on partly to mcp_ro;
    create table pointing (id int primary key, to_secret int references secrets (id));
    grant select on pointing to mcp_ro;
    create table "odd %_\\ ""name""" ("a b" int); grant select on "odd %_\\ ""name""" to mcp_ro;
    grant execute on function quiet(int) to mcp_ro`);
});

afterAll(() => sample[Symbol.asyncDispose]());

const answer = z.looseObject({
  objects: z.array(schemaObject),
  truncated: z.boolean(),
  next_cursor: z.string().optional(),
});

async function describe(question: Readonly<Record<string, unknown>>) {
  const result = await sample.harness.call('describe_schema', question);
  expect(result.isError === true ? result.content : []).toEqual([]);
  return answer.parse(result.structuredContent);
}

const names = async (question: Readonly<Record<string, unknown>>) =>
  (await describe(question)).objects.map((object) => object.name);

// 06 S-32: only what the role may read, only in the listed schemas.
test('lists the tables, views and functions that the role may use', async () => {
  expect(await names({ object_type: 'table' })).toEqual([
    'canary',
    'customers',
    'events',
    'odd %_\\ "name"',
    'order_items',
    'orders',
    'partly',
    'pointing',
    'products',
    'samples',
  ]);
  expect(await names({ object_type: 'view' })).toEqual(['daily_revenue', 'top_products']);
  expect(await names({ object_type: 'materialized_view' })).toEqual(['order_counts']);
  expect(await names({ object_type: 'function' })).toEqual(['quiet(integer)']);
  expect(await names({ object_type: 'schema' })).toEqual(['public']);
  expect(await names({ object_type: 'table', schema: 'hidden' })).toEqual([]);
  expect(await names({ object_type: 'table', schema: 'pg_catalog' })).toEqual([]);
});

test('describes a table in full: columns, keys, indexes, estimate, comment', async () => {
  const [orders] = (await describe({ object_type: 'table', pattern: 'orders', detail: 'full' })).objects;

  expect(orders).toMatchObject({
    type: 'table',
    schema: 'public',
    name: 'orders',
    primary_key: ['id'],
    foreign_keys: [{ columns: ['customer_id'], references: 'public.customers', referenced_columns: ['id'] }],
    row_estimate: 40_000,
    comment: expect.stringContaining('Orders'),
  });
  expect(orders?.columns?.[0]).toEqual({ name: 'id', type: 'integer', nullable: false, comment: expect.any(String) });
  expect(orders?.indexes?.map((index) => index.name)).toContain('orders_pkey');
});

test('gives names alone unless more is asked for', async () => {
  expect((await describe({ object_type: 'table', pattern: 'orders' })).objects).toEqual([
    { type: 'table', schema: 'public', name: 'orders' },
  ]);
  expect(
    Object.keys((await describe({ object_type: 'table', pattern: 'orders', detail: 'summary' })).objects[0] ?? {}),
  ).toEqual(expect.arrayContaining(['row_estimate', 'comment']));
});

test('shows no column, key, index or constraint that names what the role may not read', async () => {
  const text = JSON.stringify([
    await describe({ object_type: 'table', pattern: 'partly', detail: 'full' }),
    await describe({ object_type: 'column', table: 'partly', detail: 'full' }),
    await describe({ object_type: 'constraint', table: 'partly', detail: 'full' }),
    await describe({ object_type: 'index', table: 'partly', detail: 'full' }),
    await describe({ object_type: 'table', pattern: 'pointing', detail: 'full' }),
    await describe({ object_type: 'constraint', table: 'pointing', detail: 'full' }),
  ]);

  expect(text).toContain('shown');
  expect(text).not.toMatch(/hidden_code|secrets/);
});

test('takes what is asked for as values: nothing of it becomes SQL', async () => {
  expect(await names({ object_type: 'table', pattern: "x' or '1'='1" })).toEqual([]);
  expect(await names({ object_type: 'table', schema: 'public\0' })).toEqual([]);
  expect(await names({ object_type: 'table', schema: "public'; drop table canary; --" })).toEqual([]);
  expect(await names({ object_type: 'column', table: 'odd %_\\ "name"' })).toEqual(['odd %_\\ "name".a b']);
  expect(await names({ object_type: 'table', pattern: 'odd \\%\\_%' })).toEqual(['odd %_\\ "name"']);
});

test('answers INPUT_INVALID to a pattern that is no LIKE pattern', async () => {
  const result = await sample.harness.call('describe_schema', { object_type: 'table', pattern: 'a\\' });

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'INPUT_INVALID',
    details: { issues: [{ path: 'pattern' }] },
  });
});

test.each(['schema', 'table', 'view', 'column', 'index', 'constraint', 'function'])(
  'pages through every %s without a gap or a double',
  async (type) => {
    const all = await names({ object_type: type, limit: 200 });
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await describe({ object_type: type, limit: 3, ...(cursor !== undefined && { cursor }) });
      walked.push(...page.objects.map((object) => object.name));
      cursor = page.next_cursor;
    } while (cursor !== undefined);

    expect(all.length).toBeGreaterThan(0);
    expect(walked).toEqual(all);
  },
);

test('cleans comments, which whoever made the table has written', async () => {
  await sample.admin("comment on table canary is E'quiet\\u200bly'");

  expect((await describe({ object_type: 'table', pattern: 'canary', detail: 'summary' })).objects[0]?.comment).toBe(
    'quietly',
  );
});
