import { startPostgres, withConnection, type Postgres } from '@fairlead/testkit/parts';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { loadModule } from 'libpg-query';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataHarness, openDatabase } from './support/sample-database.ts';

// A cluster of its own: roles belong to the cluster, and these are changed.
let postgres: Postgres;
let readerUrl: string;

beforeAll(async () => {
  await loadModule();
  postgres = await startPostgres();
  await admin(`create role reader login password 'reader';
    revoke all on schema public from public; grant usage on schema public to reader;
    create table orders (id int); grant select on orders to reader;
    create function own() returns int language sql as 'select 1';
    create sequence numbers;
    revoke execute on all functions in schema public from public`);
  readerUrl = postgres.url('postgres', { name: 'reader', password: 'reader' });
});

afterAll(() => postgres.stop());

function admin(sql: string): Promise<unknown> {
  return withConnection(postgres.adminUrl, (client) => client.query(sql));
}

async function ask(url: string, roleCheck: 'enforce' | 'warn' = 'enforce') {
  const counts: number[] = [];
  const database = openDatabase(url, { roleCheck, onRoleFaults: (count) => counts.push(count) });
  const result = await createDataHarness(database).call('query_database', { sql: 'select count(*) from orders' });
  await database.close();
  return { result, counts, text: JSON.stringify(result.content) };
}

test('serves a role that only reads', async () => {
  const { result, counts } = await ask(readerUrl);

  expect(result.isError).toBeUndefined();
  expect(counts).toEqual([0]);
});

// 06 S-20: unrestricted by default is how such servers lose data.
test('refuses a superuser with CONFIG_MISSING and says what to use instead', async () => {
  const { result, text } = await ask(postgres.adminUrl);

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code: 'CONFIG_MISSING' });
  expect(text).toContain('is a superuser: use a role of its own');
});

test('serves a superuser when the check only warns, and counts the fault', async () => {
  const { result, counts } = await ask(postgres.adminUrl, 'warn');

  expect(result.structuredContent).toMatchObject({ rows: [['0']] });
  expect(counts).toEqual([1]);
});

test.each([
  ['alter role reader createdb', 'alter role reader nocreatedb', 'has CREATEDB'],
  ['alter role reader bypassrls', 'alter role reader nobypassrls', 'has BYPASSRLS'],
  ['grant pg_read_all_data to reader', 'revoke pg_read_all_data from reader', 'is a member of pg_read_all_data'],
  ['grant create on schema public to reader', 'revoke create on schema public from reader', 'SCHEMA public'],
  [
    'grant create on database postgres to reader',
    'revoke create on database postgres from reader',
    'DATABASE postgres',
  ],
  ['grant insert on orders to reader', 'revoke insert on orders from reader', 'TABLE public.orders'],
  ['grant update (id) on orders to reader', 'revoke update (id) on orders from reader', 'TABLE public.orders'],
  [
    'grant usage on sequence numbers to reader',
    'revoke usage on sequence numbers from reader',
    'SEQUENCE public.numbers',
  ],
  [
    'grant execute on function own to public',
    'revoke execute on function own from public',
    'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC',
  ],
  [
    'create extension dblink; grant execute on function dblink(text, text) to reader',
    'drop extension dblink',
    'the extension dblink',
  ],
  [
    'create extension postgres_fdw; create server elsewhere foreign data wrapper postgres_fdw; grant usage on foreign server elsewhere to reader',
    'drop extension postgres_fdw cascade',
    'the foreign server elsewhere',
  ],
])('refuses after %j', async (grant, undo, reason) => {
  await admin(grant);
  const { result, text } = await ask(readerUrl);
  await admin(undo);

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code: 'CONFIG_MISSING' });
  expect(text).toContain(reason);
  expect((await ask(readerUrl)).result.isError).toBeUndefined();
});

test('lets one function be granted by name, and extensions be used', async () => {
  await admin('create extension pg_trgm; grant execute on function own to reader');

  expect((await ask(readerUrl)).result.isError).toBeUndefined();

  await admin('drop extension pg_trgm; revoke execute on function own from reader');
});

test('serves again, without a restart, ten seconds after the role was mended', async () => {
  await admin('alter role reader createrole');
  const clock = createFakeClock();
  const database = openDatabase(readerUrl, { clock });
  const harness = createDataHarness(database);
  expect((await harness.call('query_database', { sql: 'select 1' })).isError).toBe(true);

  await admin('alter role reader nocreaterole');
  expect((await harness.call('query_database', { sql: 'select 1' })).isError).toBe(true);
  await clock.advance(10_000);

  expect((await harness.call('query_database', { sql: 'select 1' })).isError).toBeUndefined();
  await database.close();
});
