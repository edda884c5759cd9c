import { expect, test } from 'vitest';
import { withConnection } from '@fairlead/testkit/parts';
import { createTestDatabase } from '@fairlead/testkit/vitest';

async function count(url: string, table: string): Promise<unknown> {
  return withConnection(url, async (client) => {
    const result = await client.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`);
    return result.rows[0]?.count;
  });
}

test('gives each caller a database of its own', async () => {
  await using first = await createTestDatabase();
  await using second = await createTestDatabase();

  await withConnection(first.adminUrl, (client) => client.query('DELETE FROM events'));

  expect(await count(first.readOnlyUrl, 'events')).toBe(0);
  expect(await count(second.readOnlyUrl, 'events')).toBe(100_000);
});

test('makes several databases at once', async () => {
  const databases = await Promise.all(Array.from({ length: 6 }, () => createTestDatabase()));

  expect(await Promise.all(databases.map((database) => count(database.readOnlyUrl, 'products')))).toEqual(
    Array.from({ length: 6 }, () => 1_000),
  );
  await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
});

// Rights on a database are not copied with a template.
test('keeps the rights of the roles in the copy', async () => {
  await using database = await createTestDatabase();

  await expect(count(database.readOnlyUrl, 'customer_contacts')).rejects.toThrow('permission denied for table');
  expect(await count(database.readWriteUrl, 'orders')).toBe(40_000);
  await expect(
    withConnection(database.readOnlyUrl, (client) => client.query('CREATE TEMP TABLE mine (id int)')),
  ).rejects.toThrow(/read-only transaction|permission denied/);
});

test('drops the database when the scope ends', async () => {
  const database = await createTestDatabase();

  await database[Symbol.asyncDispose]();

  await expect(count(database.adminUrl, 'orders')).rejects.toThrow('does not exist');
});
