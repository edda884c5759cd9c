import { startPostgres, withConnection } from '@fairlead/testkit/parts';
import { createRunFolder, until } from '@fairlead/testkit/waiting';
import { loadModule } from 'libpg-query';
import { expect, test } from 'vitest';
import { createDataHarness, openDatabase } from './support/sample-database.ts';

const signal = new AbortController().signal;

test.each(['SIGINT', 'SIGKILL'] as const)(
  'answers UPSTREAM_DOWN after %s of Postgres, keeps refusing what it knows, and mends by itself',
  async (kill) => {
    await loadModule();
    await using folder = await createRunFolder();
    await using first = await startPostgres({ folder: folder.path });
    await withConnection(first.adminUrl, (client) => client.query('create table orders as select 1 as id'));
    const database = openDatabase(first.adminUrl, { roleCheck: 'warn' });
    const harness = createDataHarness(database);
    const query = async (sql: string) => (await harness.call('query_database', { sql }))._meta?.['dev.fairlead/error'];
    expect(await query('select * from orders')).toBeUndefined();

    first.process.kill(kill);
    await first.process.exited;

    // A process of Postgres that serves a connection may outlive the one that was killed for a moment.
    const failure = await until(() => query('select * from orders'), { withinMs: 5_000, what: 'a query to fail' });
    expect(failure).toMatchObject({
      code: 'UPSTREAM_DOWN',
      retryable: true,
      details: { database: 'main' },
    });
    // The guard needs no database once it knows the catalog.
    expect(await query('drop table orders')).toMatchObject({ code: 'SQL_NOT_READ_ONLY' });
    expect(await database.health(signal)).toMatchObject({ status: 'down' });

    await using again = await startPostgres({ folder: folder.path, port: first.port });
    expect(await query('select * from orders')).toBeUndefined();
    expect(await database.health(signal)).toEqual({ status: 'up' });
    await database.close();
    expect(again.port).toBe(first.port);
  },
  60_000,
);

test('answers UPSTREAM_DOWN to a call whose connection is ended while it runs', async () => {
  await loadModule();
  await using postgres = await startPostgres();
  const database = openDatabase(postgres.adminUrl, { roleCheck: 'warn', costMax: 0 });
  const harness = createDataHarness(database);
  const running = harness.call('query_database', {
    sql: 'select count(*) from generate_series(1, 10000) a, generate_series(1, 100000) b',
  });
  await until(async () => (await runningCounts(postgres.adminUrl)) > 0, {
    withinMs: 5_000,
    what: 'the statement to run',
  });

  await withConnection(postgres.adminUrl, (client) =>
    client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%generate_series(1, 10000)%' and pid <> pg_backend_pid()",
    ),
  );

  expect((await running)._meta?.['dev.fairlead/error']).toMatchObject({ code: 'UPSTREAM_DOWN' });
  expect((await harness.call('query_database', { sql: 'select 1' })).isError).toBeUndefined();
  await database.close();
});

async function runningCounts(url: string): Promise<number> {
  return withConnection(url, async (client) => {
    const found = await client.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where query like '%generate_series(1, 10000)%' and pid <> pg_backend_pid()",
    );
    return found.rows[0]?.n ?? 0;
  });
}

test('answers UPSTREAM_DOWN, without host or port, when nothing listens', async () => {
  const database = openDatabase('postgres://reader:hunter2@127.0.0.1:1/shop');
  const result = await createDataHarness(database).call('query_database', { sql: 'select 1' });
  await database.close();

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code: 'UPSTREAM_DOWN' });
  expect(JSON.stringify(result)).not.toMatch(/127\.0\.0\.1|hunter2|reader/);
});

test('answers UPSTREAM_AUTH when the login is refused', async () => {
  await using postgres = await startPostgres();
  const database = openDatabase(postgres.url('postgres', { name: 'nobody', password: 'wrong' }));
  const result = await createDataHarness(database).call('query_database', { sql: 'select 1' });
  await database.close();

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code: 'UPSTREAM_AUTH', retryable: false });
  expect(JSON.stringify(result)).not.toMatch(/wrong|nobody/);
});

// An operator's options in the URL must not take our walls down.
test('keeps its own session settings when the URL brings others', async () => {
  await using postgres = await startPostgres();
  const url = `${postgres.adminUrl}?options=${encodeURIComponent('-c default_transaction_read_only=off -c work_mem=8MB -c statement_timeout=0')}`;
  const database = openDatabase(url, { roleCheck: 'warn' });
  const result = await createDataHarness(database).call('query_database', {
    sql: "select current_setting('default_transaction_read_only'), current_setting('statement_timeout')",
  });
  await database.close();

  expect(result.structuredContent).toMatchObject({ rows: [['on', '10s']] });
});
