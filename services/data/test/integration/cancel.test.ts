import { until } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSample, type Sample } from './support/sample-database.ts';

let sample: Sample;

beforeAll(async () => {
  sample = await createSample({ database: { statementTimeoutMs: 2_000, costMax: 0, connectionsMax: 2 } });
  // The catalog is loaded by the first call; later ones show the statement alone.
  await sample.query('select 1');
});

afterAll(() => sample[Symbol.asyncDispose]());

/** No function of the guard's list waits, so the statement is one that computes for minutes. */
const endless = (mark: string) =>
  `select count(*) as ${mark} from generate_series(1, 100000) a, generate_series(1, 1000000) b`;

async function running(mark: string): Promise<number> {
  const found = await sample.admin(
    `select count(*)::int as n from pg_stat_activity where state = 'active' and query like '%as ${mark}%' and pid <> pg_backend_pid()`,
  );
  return Number(found[0]?.['n']);
}

// 06 S-84: a cancelled call that goes on in the database would hold one of five connections until its time limit.
test('ends the statement in the database within a second when the caller cancels', async () => {
  const controller = new AbortController();
  const call = sample.harness.call('query_database', { sql: endless('cancelled') }, { signal: controller.signal });
  await until(async () => (await running('cancelled')) === 1, { withinMs: 10_000, what: 'the statement to run' });

  controller.abort();

  await until(async () => (await running('cancelled')) === 0, { withinMs: 1_000, what: 'the statement to be gone' });
  expect((await call)._meta?.['dev.fairlead/error']).toMatchObject({ code: 'CALL_CANCELLED' });
});

test('gives the slot back after a cancel, as often as it happens', async () => {
  for (let round = 0; round < 4; round += 1) {
    const controller = new AbortController();
    const call = sample.harness.call(
      'query_database',
      { sql: endless(`round_${round}`) },
      { signal: controller.signal },
    );
    await until(async () => (await running(`round_${round}`)) === 1, {
      withinMs: 10_000,
      what: 'the statement to run',
    });
    controller.abort();
    await call;
  }

  expect((await sample.query('select 1')).structuredContent).toMatchObject({ rows: [[1]] });
});

test('ends a statement at its time limit, in the database, and answers LIMIT_TIMEOUT', async () => {
  const result = await sample.query(endless('too_long'));

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code: 'LIMIT_TIMEOUT', details: { sqlState: '57014' } });
  expect(await running('too_long')).toBe(0);
  expect((await sample.query('select 1')).isError).toBeUndefined();
});

test('answers LIMIT_TIMEOUT when a lock is held for too long, and reads again when it is gone', async () => {
  const locked = sample.admin('begin; lock table canary in access exclusive mode; select pg_sleep(4); commit');
  await until(
    async () =>
      (
        await sample.admin(
          "select count(*)::int as n from pg_locks where relation = 'canary'::regclass and mode = 'AccessExclusiveLock'",
        )
      )[0]?.['n'] === 1,
    {
      withinMs: 5_000,
      what: 'the lock',
    },
  );

  const result = await sample.query('select * from canary');

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code: 'LIMIT_TIMEOUT' });
  await locked;
  expect((await sample.query('select id from canary')).structuredContent).toMatchObject({ rows: [[1]] });
});

test('names the caller in pg_stat_activity by a digest only', async () => {
  const controller = new AbortController();
  const call = sample.harness.call('query_database', { sql: endless('named') }, { signal: controller.signal });
  await until(async () => (await running('named')) === 1, { withinMs: 10_000, what: 'the statement to run' });

  const [activity] = await sample.admin(
    "select application_name from pg_stat_activity where query like '%as named%' and pid <> pg_backend_pid()",
  );

  controller.abort();
  await call;
  expect(activity?.['application_name']).toMatch(/^mcp:[0-9a-f]{12}$/);
});
