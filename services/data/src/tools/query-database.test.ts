import { Unavailable } from '@fairlead/server-kit/runtime';
import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { createFakeDatabase, fakeDeps, type FakeAnswers } from '../../test/support/fake-database.ts';
import { tool } from './query-database.ts';

beforeAll(() => loadModule());

function setUp(answers: FakeAnswers = {}) {
  const database = createFakeDatabase(answers);
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps([database]) });
  return {
    database,
    harness,
    call: (input: Readonly<Record<string, unknown>>) => harness.call('query_database', input),
  };
}

const errorOf = (result: Awaited<ReturnType<ReturnType<typeof setUp>['call']>>) => result._meta?.['dev.fairlead/error'];

test('is defined as its snapshot says', async () => {
  await expect(
    expectToolSnapshot(setUp().harness.definition('query_database'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('gives columns and rows as data, and CSV as text', async () => {
  const { call, database } = setUp({
    page: {
      columns: [
        { name: 'a', type: 'text' },
        { name: 'a', type: 'int8' },
      ],
      rows: [
        ['x,y', '1'],
        [null, '2'],
      ],
    },
  });

  const result = await call({ sql: 'select $1', params: [true] });

  expect(result.structuredContent).toEqual({
    columns: [
      { name: 'a', type: 'text' },
      { name: 'a', type: 'int8' },
    ],
    rows: [
      ['x,y', '1'],
      [null, '2'],
    ],
    row_count: 2,
    elapsed_ms: expect.any(Number),
    truncated: false,
  });
  expect(result.content).toEqual([{ type: 'text', text: 'a,a\n"x,y",1\n,2' }]);
  expect(database.statements[0]).toMatchObject({ sql: 'select $1', params: [true], skip: 0, rowsMax: 100 });
});

test('cleans cells and column names of what a person does not see, and labels the result', async () => {
  const result = await setUp({
    page: { columns: [{ name: 'na\u200bme', type: 'text' }], rows: [['pay\u202eme', 'fine & good', '&#x200b;', 3]] },
  }).call({ sql: 'select 1' });

  expect(result.structuredContent).toMatchObject({
    columns: [{ name: 'name' }],
    rows: [['payme', 'fine & good', '', 3]],
  });
  expect(result._meta?.['dev.fairlead/labels']).toMatchObject({ integrity: 'untrusted', source: 'database:main' });
});

test('pages with a cursor that skips what was given', async () => {
  const { call, database } = setUp({ page: { rows: [[1], [2], [3]], cutBy: 'rows' } });

  const first = await call({ sql: 'select 1 order by 1', max_rows: 3 });
  const cursor = first.structuredContent?.['next_cursor'];
  await call({ sql: 'select 1 order by 1', max_rows: 3, cursor });

  expect(first.structuredContent).toMatchObject({
    truncated: true,
    truncated_by: 'rows',
    notice: expect.stringContaining('next_cursor'),
  });
  expect(database.statements.map(({ skip, rowsMax }) => ({ skip, rowsMax }))).toEqual([
    { skip: 0, rowsMax: 3 },
    { skip: 3, rowsMax: 3 },
  ]);
});

test('asks no database for a statement that the guard refuses', async () => {
  const { call, database } = setUp();

  expect(errorOf(await call({ sql: 'drop table x' }))).toMatchObject({
    code: 'SQL_NOT_READ_ONLY',
    retryable: false,
    details: { construct: 'DROP' },
  });
  expect(database.statements).toEqual([]);
});

test('answers CONFIG_MISSING without a database, and names the databases there are for an unknown one', async () => {
  const none = createToolHarness({ tools: [tool], deps: fakeDeps([]) });

  expect(errorOf(await none.call('query_database', { sql: 'select 1' }))).toMatchObject({ code: 'CONFIG_MISSING' });
  expect(errorOf(await setUp().call({ sql: 'select 1', database: 'other' }))).toMatchObject({
    code: 'INPUT_INVALID',
    fix: expect.stringContaining('Known: main'),
  });
});

test('passes on that the database is down', async () => {
  const failure = new Unavailable('UPSTREAM_DOWN', { publicMessage: 'The database "main" does not answer.' });

  expect(errorOf(await setUp({ failure }).call({ sql: 'select 1' }))).toMatchObject({
    code: 'UPSTREAM_DOWN',
    retryable: true,
  });
});

test.each([
  [{}],
  [{ sql: '' }],
  [{ sql: 'x'.repeat(65_537) }],
  [{ sql: 'select 1', params: Array.from({ length: 101 }, () => 1) }],
  [{ sql: 'select 1', params: [{}] }],
  [{ sql: 'select 1', params: [[1]] }],
  [{ sql: 'select 1', params: ['x'.repeat(65_537)] }],
  [{ sql: 'select 1', max_rows: 0 }],
  [{ sql: 'select 1', database: 'Main' }],
  [{ sql: 'select 1', cursor: '' }],
  [{ sql: 'select 1', timeout: 5 }],
])('refuses input %# by its schema', async (input) => {
  expect(errorOf(await setUp().call(input))).toMatchObject({ code: 'INPUT_INVALID' });
});

test('accepts every bound at its edge', async () => {
  const sql = `select ${Array.from({ length: 100 }, (_, index) => `$${index + 1}`).join(',')}`;
  const params = Array.from({ length: 100 }, () => 'x'.repeat(100));

  expect(
    (await setUp().call({ sql: sql.padEnd(65_536), params, max_rows: 1, database: 'main' })).isError,
  ).toBeUndefined();
});
