import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createSample, type Sample } from './support/sample-database.ts';

let sample: Sample;

beforeAll(async () => {
  sample = await createSample({ limits: { rowsMax: 10, bytesMax: 4_096, cellBytesMax: 64, pageOffsetMax: 25 } });
});

afterAll(() => sample[Symbol.asyncDispose]());

const page = z.looseObject({
  rows: z.array(z.array(z.unknown())),
  row_count: z.number(),
  truncated: z.boolean(),
  truncated_by: z.string().optional(),
  next_cursor: z.string().optional(),
  notice: z.string().optional(),
});

async function query(sql: string, more: Readonly<Record<string, unknown>> = {}) {
  return page.parse((await sample.query(sql, more)).structuredContent);
}

// 06 S-28.
test('gives the cap of rows when nothing is asked for, fewer when asked, and never more', async () => {
  expect(await query('select * from generate_series(1, 100)')).toMatchObject({
    row_count: 10,
    truncated: true,
    truncated_by: 'rows',
  });
  expect(await query('select * from generate_series(1, 100)', { max_rows: 3 })).toMatchObject({ row_count: 3 });
  expect(await query('select * from generate_series(1, 100)', { max_rows: 50 })).toMatchObject({
    row_count: 10,
    notice: expect.stringContaining('max_rows was lowered from 50 to 10'),
  });
});

test('knows that a result of exactly the cap is whole', async () => {
  expect(await query('select * from generate_series(1, 10)')).toMatchObject({ row_count: 10, truncated: false });
});

test('stops at the byte limit but gives at least one row', async () => {
  expect(
    await query(
      "select repeat('x', 60), repeat('y', 60), repeat('z', 60), repeat('a', 60), repeat('b', 60), repeat('c', 60), repeat('d', 60), repeat('e', 60), repeat('f', 60) from generate_series(1, 10)",
    ),
  ).toMatchObject({
    row_count: 7,
    truncated_by: 'bytes',
  });
});

test('cuts one huge value and says by how much', async () => {
  expect(await query("select repeat('x', 1000000) as big")).toMatchObject({
    rows: [[`${'x'.repeat(64)}[+999936 chars]`]],
    truncated: true,
    truncated_by: 'chars',
    notice: expect.stringContaining('1 value was cut at 64 bytes'),
  });
});

test('pages by running again and skipping, without a gap or a double, up to the offset that is allowed', async () => {
  const sql = 'select id from orders order by id';
  const ids: unknown[] = [];
  let cursor: string | undefined;
  let notice: string | undefined;
  do {
    const next = await query(sql, cursor === undefined ? {} : { cursor });
    ids.push(...next.rows.flat());
    cursor = next.next_cursor;
    notice = next.notice;
  } while (cursor !== undefined);

  expect(ids).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  expect(notice).toContain('pages end after 25');
});

test('gives a cursor only when the outermost SELECT has an order', async () => {
  expect(await query('select id from orders')).toMatchObject({
    truncated: true,
    notice: expect.stringContaining('add ORDER BY'),
  });
  expect((await query('select id from orders')).next_cursor).toBeUndefined();
});

// 06 S-82: a cursor belongs to its arguments.
test('refuses a cursor of another statement', async () => {
  const { next_cursor: cursor } = await query('select id from orders order by id');

  await expect(sample.query('select id from customers order by id', { cursor })).rejects.toMatchObject({
    code: -32_602,
  });
});

test('reads a little of a large result without fetching it', async () => {
  const before = process.memoryUsage().rss;

  expect(await query("select repeat('x', 1000) from generate_series(1, 200000)", { max_rows: 2 })).toMatchObject({
    row_count: 2,
  });
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1_024 ** 2);
});

// 06 S-31.
test('gives values in their agreed forms, and keeps columns of equal name apart', async () => {
  const result = await sample.query(
    'select id, amount, ratio, ok, raw, at, local, day, tags, doc, note, id, null as nothing from samples',
  );

  expect(result.structuredContent).toMatchObject({
    columns: ['id', 'amount', 'ratio', 'ok', 'raw', 'at', 'local', 'day', 'tags', 'doc', 'note', 'id', 'nothing'].map(
      (name) => ({ name }),
    ),
    rows: [
      [
        '9007199254740993',
        '12345678901234567890.123456789',
        'NaN',
        true,
        'ZmFpcmxlYWQ=',
        '2026-11-01T08:00:00.5Z',
        '2026-11-01T08:00:00',
        '2026-11-01',
        '{a,b}',
        '{"k": [1, 2]}',
        'zerowidth',
        '9007199254740993',
        null,
      ],
    ],
  });
  expect(result._meta?.['dev.fairlead/labels']).toMatchObject({ integrity: 'untrusted', source: 'database:main' });
});

test('binds parameters of every scalar kind, and takes their text for nothing else', async () => {
  const result = await sample.query('select $1::text, $2::int, $3::bool, $4::text', {
    params: ["'; drop table canary; --", 7, true, null],
  });

  expect(result.structuredContent).toMatchObject({ rows: [["'; drop table canary; --", 7, true, null]] });
});

test.each([
  ['select $1::int', []],
  ['select 1', [1]],
  ['select $2::int', [1]],
])('refuses %j with params %j before the database sees it', async (sql, params) => {
  expect((await sample.query(sql, { params }))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'INPUT_INVALID',
    details: { issues: [{ path: 'params' }] },
  });
});

test('refuses a plan above the cost limit and names its most expensive node', async () => {
  const result = await sample.query('select count(*) from events a, events b, orders c');

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'SQL_TOO_EXPENSIVE',
    details: { costMax: 10_000_000, costliest: expect.stringContaining('Nested Loop') },
  });
});

test('answers an error of Postgres with its SQLSTATE and the position in the statement of the caller', async () => {
  expect((await sample.query('select nope from orders'))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'SQL_FAILED',
    details: { sqlState: '42703', position: 8 },
  });
  expect((await sample.query("select 'x'::int"))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'SQL_FAILED',
    details: { sqlState: '22P02', position: 8 },
  });
});
