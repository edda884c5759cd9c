import { createLogger, Secret, systemClock } from '@fairlead/server-kit/runtime';
import { withConnection } from '@fairlead/testkit/parts';
import { createTestDatabase } from '@fairlead/testkit/vitest';
import { expect, test } from 'vitest';
import { createMemoryCatalogStore } from '../../src/catalog/memory-catalog-store.ts';
import { createPostgresCatalogStore } from '../../src/catalog/postgres-catalog-store.ts';
import { openDatabase } from '../../src/postgres/open-database.ts';
import { catalogStoreContract, type FreshStore } from '../support/catalog-store-contract.ts';

const log = createLogger({ name: 'test', level: 'silent' });

catalogStoreContract('memory', async () => ({
  store: createMemoryCatalogStore(systemClock),
  async [Symbol.asyncDispose]() {},
}));

catalogStoreContract('Postgres', openPostgres);

async function openPostgres(): Promise<FreshStore> {
  const stack = new AsyncDisposableStack();
  const { adminUrl } = stack.use(await createTestDatabase());
  const database = openDatabase({ url: new Secret(adminUrl), log });
  stack.defer(() => database.close());
  return { store: createPostgresCatalogStore(database), [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const list = { server: 'data', place: 'here', digest: 'd', text: '"t"', seenAt: new Date() };

test('04 G-21: replicas that start together make the tables once, and each can use them', async () => {
  await using source = await createTestDatabase();
  const replicas = Array.from({ length: 6 }, () => openDatabase({ url: new Secret(source.adminUrl), log }));

  await Promise.all(replicas.map((database) => createPostgresCatalogStore(database).save(list)));

  const applied = await replicas[0]?.query('select version from gateway_migration');
  expect(applied).toEqual([{ version: 1 }]);
  await Promise.all(replicas.map((database) => database.close()));
});

test('04 G-21: a user that may not make tables can use those that are there', async () => {
  await using source = await createTestDatabase();
  const owner = openDatabase({ url: new Secret(source.adminUrl), log });
  await createPostgresCatalogStore(owner).save(list);
  await owner.query('grant select, insert, update, delete on catalog_snapshot, gateway_migration to mcp_rw');
  await owner.close();
  const user = openDatabase({ url: new Secret(source.readWriteUrl), log });

  expect(await createPostgresCatalogStore(user).load([list])).toHaveLength(1);
  await user.close();
});

test('04 G-21: a time to come, of a replica whose clock is ahead, keeps nobody else out', async () => {
  await using fresh = await openPostgres();
  await fresh.store.save({ ...list, digest: 'ahead', seenAt: new Date(Date.now() + 86_400_000) });
  await fresh.store.save({ ...list, digest: 'now', seenAt: new Date(Date.now() + 1_000) });

  expect(await fresh.store.load([list])).toMatchObject([{ digest: 'now' }]);
});

test('04 G-21: what another hand wrote above the bound is not loaded', async () => {
  await using source = await createTestDatabase();
  const database = openDatabase({ url: new Secret(source.adminUrl), log });
  const store = createPostgresCatalogStore(database);
  await store.save(list);
  await withConnection(source.adminUrl, (client) =>
    client.query(`update catalog_snapshot set listing = repeat('x', 5000000)`),
  );

  expect(await store.load([list])).toEqual([]);
  await database.close();
});
