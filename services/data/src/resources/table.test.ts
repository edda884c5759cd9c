import { expect, test } from 'vitest';
import { createFakeContext } from '../../test/support/fake-context.ts';
import { createFakeDatabase, fakeDeps } from '../../test/support/fake-database.ts';
import type { SchemaObject } from '../domain/schema/schema-object.ts';
import { resource } from './table.ts';

const orders: SchemaObject = {
  type: 'table',
  schema: 'public',
  name: 'odd/orders',
  columns: [{ name: 'id', type: 'integer' }],
  comment: 'Or\u200bders.',
};
const events: SchemaObject = { type: 'table', schema: 'public', name: 'events' };
const database = createFakeDatabase({ objects: [orders, events, { type: 'view', schema: 'public', name: 'daily' }] });
const deps = fakeDeps([database, createFakeDatabase({ id: 'stock' })]);

const read = (variables: Readonly<Record<string, string>>) =>
  resource.read(deps, variables, { ...createFakeContext(), uri: 'db://asked' });

const complete = async (variable: string, prefix: string) =>
  resource.complete?.[variable]?.(deps, prefix, createFakeContext());

test('reads a table as JSON, cleaned', async () => {
  const [content] = (await read({ database: 'main', schema: 'public', table: 'odd/orders' })) ?? [];

  expect(content).toMatchObject({ uri: 'db://asked', mimeType: 'application/json' });
  expect(content).toHaveProperty('text', JSON.stringify({ ...orders, comment: 'Orders.' }));
});

test('does not find what no database or schema has', async () => {
  expect(await read({ database: 'main', schema: 'public', table: 'none' })).toBeUndefined();
  expect(await read({ database: 'none', schema: 'public', table: 'events' })).toBeUndefined();
  expect(await read({ database: 'main', schema: 'shop', table: 'events' })).toBeUndefined();
});

test('lists the tables of the first schema of the default database, with encoded names', async () => {
  expect(await resource.list?.(deps, createFakeContext())).toEqual([
    {
      uri: 'db://main/public/odd%2Forders',
      name: 'public.odd/orders',
      mimeType: 'application/json',
      description: 'Orders.',
    },
    { uri: 'db://main/public/events', name: 'public.events', mimeType: 'application/json' },
  ]);
  expect(database.questions.at(-1)).toMatchObject({ objectType: 'table', schema: 'public', limit: 100 });
});

test('lists and completes nothing while there is no database', async () => {
  const none = fakeDeps([]);

  expect(await resource.list?.(none, createFakeContext())).toEqual([]);
  expect(await resource.complete?.['table']?.(none, '', createFakeContext())).toEqual([]);
  expect(await resource.complete?.['database']?.(none, '', createFakeContext())).toEqual([]);
});

test('completes databases, schemas and tables by prefix', async () => {
  expect(await complete('database', 'st')).toEqual(['stock']);
  expect(await complete('schema', 'sh')).toEqual(['shop']);
  expect(await complete('table', 'a_b%')).toEqual(['odd/orders', 'events', 'daily']);
  expect(database.questions.at(-1)).toMatchObject({ pattern: String.raw`a\_b\%%` });
});
