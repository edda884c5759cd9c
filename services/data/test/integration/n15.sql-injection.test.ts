import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSample, type Sample } from './support/sample-database.ts';
import { stateSql } from './support/sample-schema.ts';
import { allowedStatements, refusedStatements } from './support/sql-cases.ts';

// 06 N15: every way to write, to leave the transaction, to reach the server or to see what is not on the list. Run twice:
// behind a role that may only read, and behind a superuser, where nothing but the guard and the transaction hold.
let reader: Sample;
let superuser: Sample;

beforeAll(async () => {
  reader = await createSample();
  superuser = await createSample({ as: 'superuser', database: { roleCheck: 'warn' } });
});

afterAll(async () => {
  await superuser[Symbol.asyncDispose]();
  await reader[Symbol.asyncDispose]();
});

/** Refusals that only the rights of the role make; a superuser may read these. */
const byRightsAlone = /secrets|customer_contacts/;

function shown(sql: string): string {
  return JSON.stringify(sql.length <= 90 ? sql : `${sql.slice(0, 90)}... (${sql.length})`);
}

test.each(allowedStatements.map((sql) => ({ sql, name: shown(sql) })))('runs $name', async ({ sql }) => {
  const result = await reader.query(sql);

  expect(result.isError === true ? result.content : []).toEqual([]);
});

test.each(refusedStatements.map((each) => ({ ...each, name: shown(each.sql) })))(
  'refuses $name with $code',
  async ({ sql, code }) => {
    const before = await reader.admin(stateSql);

    const result = await reader.query(sql);

    expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code });
    // R2 and R3: nothing changed, and the same tool answers the next call with a clean session.
    expect(await reader.admin(stateSql)).toEqual(before);
    const next = await reader.query(
      "select current_setting('search_path'), current_setting('statement_timeout'), current_setting('transaction_read_only')",
    );
    expect(next.structuredContent).toMatchObject({ rows: [['pg_catalog,"public",pg_temp', '10s', 'on']] });
  },
);

test.each(
  refusedStatements.filter(({ sql }) => !byRightsAlone.test(sql)).map((each) => ({ ...each, name: shown(each.sql) })),
)('refuses $name with $code also behind a superuser', async ({ sql, code }) => {
  const before = await superuser.admin(stateSql);

  const result = await superuser.query(sql);

  expect(result._meta?.['dev.fairlead/error']).toMatchObject({ code });
  expect(await superuser.admin(stateSql)).toEqual(before);
});
