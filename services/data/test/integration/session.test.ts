import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSample, type Sample } from './support/sample-database.ts';

// One connection, so that every statement runs on the session that the one before has left.
let sample: Sample;

beforeAll(async () => {
  sample = await createSample({
    as: 'superuser',
    database: { roleCheck: 'warn', connectionsMax: 1, connectionsPerPrincipalMax: 1 },
  });
});

afterAll(() => sample[Symbol.asyncDispose]());

const backend = async () => (await sample.query('select pg_backend_pid()')).structuredContent?.['rows'];

test('uses one connection again for call after call, also after an error of the statement', async () => {
  const first = await backend();
  await sample.query('select 1/0');
  await sample.query('select nope');
  await sample.query('drop table canary');

  expect(await backend()).toEqual(first);
});

test('runs every statement in a read-only transaction that is rolled back', async () => {
  const before = await sample.query(
    "select current_setting('transaction_read_only'), current_setting('default_transaction_read_only'), current_setting('search_path')",
  );
  expect(before.structuredContent).toMatchObject({ rows: [['on', 'on', 'pg_catalog,"public",pg_temp']] });
});

// The one class of function that S-20 leaves to rights: called from a view, with the rights of the caller.
test('does not let a view write, even as superuser', async () => {
  await sample.admin('create or replace view sneaky as select touch_canary() as n');

  const result = await sample.query('select * from sneaky');

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'SQL_NOT_READ_ONLY',
    details: { sqlState: '25006' },
  });
  expect(await sample.admin('select count(*)::int as n from canary')).toEqual([{ n: 1 }]);
});

// 06 S-27: advisory locks and settings of the session outlive a transaction; only DISCARD ALL clears them.
test('clears what a view took that no rollback gives back', async () => {
  await sample.admin(
    "create or replace view locker as select pg_advisory_lock(42) is null as locked, set_config('work_mem', '99MB', false) as setting",
  );

  expect((await sample.query('select * from locker')).isError).toBeUndefined();

  expect(await sample.admin("select count(*)::int as n from pg_locks where locktype = 'advisory'")).toEqual([{ n: 0 }]);
  expect((await sample.query('show work_mem')).structuredContent).toMatchObject({ rows: [['16MB']] });
});
