import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoTemplateName, installDemoDatabase, resetDemoDatabase, type DemoDatabase } from '@fairlead/testkit/demo';
import { startPostgres, withConnection, type Postgres } from '@fairlead/testkit/parts';

const passwords = { readOnly: `ro'"\\`, readWrite: 'rw@/:%', migrate: 'migrate' };

let postgres: Postgres;
let demo: DemoDatabase;

beforeAll(async () => {
  postgres = await startPostgres();
  demo = await installDemoDatabase(postgres, { passwords });
});

afterAll(() => postgres.stop());

type Row = Readonly<Record<string, unknown>>;

async function rows(url: string, sql: string): Promise<readonly Row[]> {
  return withConnection(url, async (client) => (await client.query<Row>(sql)).rows);
}

const revenueOfWeeks = `
  SELECT region, sum(revenue_cents) FILTER (WHERE day BETWEEN '2026-08-31' AND '2026-09-06') AS week36,
         sum(revenue_cents) FILTER (WHERE day BETWEEN '2026-09-07' AND '2026-09-13') AS week37
  FROM daily_revenue GROUP BY region`;

// T-72
test('EU revenue falls by 18 % in week 37, and in no other region', async () => {
  const found = await rows(demo.readOnlyUrl, revenueOfWeeks);

  const changes = found.map((row) => [
    row['region'],
    Math.round((Number(row['week37']) / Number(row['week36']) - 1) * 1_000) / 10,
  ]);
  expect(changes).toContainEqual(['EU', -18]);
  const elsewhere = changes.filter(([region]) => region !== 'EU').map(([, percent]) => Number(percent));
  expect(elsewhere).toHaveLength(3);
  expect(Math.min(...elsewhere)).toBeGreaterThan(-15);
});

// T-72
test('card payments of the EU, and no others, fail for nine hours', async () => {
  const [inside] = await rows(
    demo.readOnlyUrl,
    `SELECT count(*) FILTER (WHERE status <> 'payment_failed')::int AS succeeded,
            count(*) FILTER (WHERE status = 'payment_failed')::int AS failed,
            extract(epoch FROM max(placed_at) - min(placed_at)) / 3600 AS hours
     FROM orders JOIN customers c ON c.id = customer_id
     WHERE region = 'EU' AND payment_method = 'card' AND placed_at >= '2026-09-09T08:00Z' AND placed_at < '2026-09-09T17:00Z'`,
  );
  const [outside] = await rows(
    demo.readOnlyUrl,
    `SELECT avg((status = 'payment_failed')::int) < 0.02 AS rare FROM orders JOIN customers c ON c.id = customer_id
     WHERE payment_method = 'card' AND NOT (region = 'EU' AND placed_at >= '2026-09-09T08:00Z' AND placed_at < '2026-09-09T17:00Z')`,
  );
  const [reasons] = await rows(
    demo.readOnlyUrl,
    `SELECT count(*)::int AS timeouts FROM events WHERE kind = 'payment_failed' AND payload ->> 'reason' = 'acquirer_timeout'`,
  );

  expect(inside?.['succeeded']).toBe(0);
  expect(inside?.['failed']).toBeGreaterThan(40);
  expect(Number(inside?.['hours'])).toBeGreaterThan(8.5);
  expect(outside?.['rare']).toBe(true);
  expect(reasons?.['timeouts']).toBe(inside?.['failed']);
});

// T-72
test('product 417 has 14 % returns, twice the rate of any other with as many sales', async () => {
  const found = await rows(
    demo.readOnlyUrl,
    `SELECT product_id, sum(returned_quantity)::float / sum(quantity) AS rate
     FROM order_items i JOIN orders o ON o.id = i.order_id
     WHERE status IN ('paid', 'shipped', 'delivered') GROUP BY 1 HAVING sum(quantity) >= 100 ORDER BY rate DESC`,
  );

  expect(found[0]?.['product_id']).toBe(417);
  expect(Number(found[0]?.['rate'])).toBeCloseTo(0.14, 3);
  expect(Number(found[1]?.['rate'])).toBeLessThan(0.12);
});

// T-72
test('120 customers signed up twice', async () => {
  const found = await rows(
    demo.readOnlyUrl,
    `SELECT sum(copies - 1)::int AS duplicates, max(copies)::int AS most
     FROM (SELECT count(*) AS copies FROM customers GROUP BY lower(name), postal_code, country HAVING count(*) > 1)`,
  );

  expect(found).toEqual([{ duplicates: 120, most: 2 }]);
});

// T-72
test('a question about one customer reads all events for lack of an index', async () => {
  const plan = await rows(demo.readOnlyUrl, 'EXPLAIN SELECT * FROM events WHERE customer_id = 42');
  const indexes = await rows(demo.readOnlyUrl, `SELECT indexdef FROM pg_indexes WHERE tablename = 'events'`);

  expect(JSON.stringify(plan)).toContain('Seq Scan on events');
  expect(JSON.stringify(indexes)).not.toContain('customer_id');
});

// T-72
test('product texts hold a formula, hidden characters and an instruction', async () => {
  const [formula] = await rows(demo.readOnlyUrl, 'SELECT name FROM products WHERE id = 313');
  const hostile = await rows(
    demo.readOnlyUrl,
    'SELECT description FROM products WHERE id BETWEEN 201 AND 204 ORDER BY id',
  );
  const texts = hostile.map((row) => String(row['description']));

  expect(formula?.['name']).toBe('=HYPERLINK("x")');
  expect(texts[0]).toMatch(/[\u{E0020}-\u{E007E}]{20}/u);
  expect(texts[1]).toMatch(/\u200B/u);
  expect(texts[2]).toMatch(/\u202E/u);
  expect(texts[3]).toMatch(/Ignore all previous instructions/);
});

test('the total of each order is the sum of its lines', async () => {
  const found = await rows(
    demo.readOnlyUrl,
    `SELECT count(*)::int AS wrong FROM orders o
     WHERE total_cents <> (SELECT sum(quantity * unit_price_cents) FROM order_items i WHERE i.order_id = o.id)`,
  );

  expect(found).toEqual([{ wrong: 0 }]);
});

test('nothing in the data is later than the fixed clock', async () => {
  const found = await rows(
    demo.readOnlyUrl,
    `SELECT (SELECT max(placed_at) FROM orders) < '2026-11-01T00:00Z' AND (SELECT max(occurred_at) FROM events) < '2026-11-01T00:00Z'
        AND (SELECT max(signed_up_at) FROM customers) < '2026-11-01T00:00Z' AS past`,
  );

  expect(found).toEqual([{ past: true }]);
});

// T-71
test('every table, view and column has a comment', async () => {
  const missing = await rows(
    demo.adminUrl,
    `SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
       AND (obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL)`,
  );

  expect(missing).toEqual([]);
});

// S-20
test('the roles have no rights beyond their own database', async () => {
  const roles = await rows(
    demo.adminUrl,
    `SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS mighty,
            (SELECT count(*)::int FROM pg_auth_members m WHERE m.member = r.oid) AS memberships,
            array(SELECT datname::text FROM pg_database d WHERE datallowconn AND has_database_privilege(r.oid, d.oid, 'CONNECT') ORDER BY 1) AS databases,
            has_database_privilege(r.oid, 'demo', 'TEMPORARY') OR has_database_privilege(r.oid, 'demo', 'CREATE') AS makes
     FROM pg_roles r WHERE rolname LIKE 'mcp\\_%' ORDER BY 1`,
  );

  const expected = { mighty: false, memberships: 0, databases: ['demo'], makes: false };
  expect(roles).toEqual(['mcp_migrate', 'mcp_ro', 'mcp_rw'].map((rolname) => ({ rolname, ...expected })));
});

// S-20, T-71
test('mcp_ro reads all but the contacts', async () => {
  await expect(rows(demo.readOnlyUrl, 'SELECT * FROM customers LIMIT 1')).resolves.toHaveLength(1);
  await expect(rows(demo.readOnlyUrl, 'SELECT * FROM top_products')).resolves.toHaveLength(100);
  await expect(rows(demo.readOnlyUrl, 'SELECT * FROM customer_contacts')).rejects.toThrow('permission denied');
});

// S-20: the default that forbids writing can be switched off by the caller; the missing right cannot.
test.for([
  'UPDATE orders SET total_cents = 0',
  'DELETE FROM events',
  'CREATE TABLE mine (id int)',
  'CREATE TEMP TABLE mine (id int)',
  'CREATE FUNCTION public.f() RETURNS int LANGUAGE sql RETURN 1',
  'CREATE EXTENSION dblink',
  'SET ROLE mcp_rw',
  `COPY (SELECT 1) TO PROGRAM 'true'`,
  `SELECT pg_read_file('PG_VERSION')`,
])('mcp_ro may not do %s, even when it leaves its read-only default', async (attempt) => {
  const trying = withConnection(demo.readOnlyUrl, async (client) => {
    await client.query('SET default_transaction_read_only = off');
    await client.query(attempt);
  });

  await expect(trying).rejects.toThrow('permission denied');
});

// S-22
test('the settings of mcp_ro hold without any startup option', async () => {
  const [found] = await rows(
    demo.readOnlyUrl,
    `SELECT current_setting('default_transaction_read_only') AS read_only, current_setting('statement_timeout') AS statement,
            current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle,
            current_setting('search_path') AS path, current_setting('temp_file_limit') AS temp`,
  );

  expect(found).toEqual({
    read_only: 'on',
    statement: '30s',
    lock: '2s',
    idle: '15s',
    path: 'pg_catalog, public',
    temp: '256MB',
  });
});

test('a function of the migrating role is closed to mcp_ro until it is granted', async () => {
  await rows(demo.migrateUrl, 'CREATE FUNCTION secret_rate() RETURNS int LANGUAGE sql RETURN 7');

  await expect(rows(demo.readOnlyUrl, 'SELECT secret_rate()')).rejects.toThrow('permission denied for function');
});

// T-71
test('mcp_rw changes orders, order_items and products, and nothing else', async () => {
  const [order] = await rows(
    demo.readWriteUrl,
    `INSERT INTO orders (customer_id, status, payment_method, total_cents, placed_at)
     VALUES (1, 'paid', 'card', 100, now()) RETURNING id`,
  );

  expect(order).toEqual({ id: 40_001 });
  await expect(rows(demo.readWriteUrl, 'UPDATE products SET stock = 0 WHERE id = 1')).resolves.toEqual([]);
  await expect(rows(demo.readWriteUrl, 'DELETE FROM order_items WHERE id = 1')).resolves.toEqual([]);
  for (const table of ['customers', 'events', 'customer_contacts']) {
    await expect(rows(demo.readWriteUrl, `DELETE FROM ${table}`)).rejects.toThrow('permission denied');
  }
  await expect(rows(demo.readWriteUrl, 'DROP TABLE orders')).rejects.toThrow('must be owner');
});

test('mcp_migrate owns every table and view and may change them', async () => {
  const owners = await rows(
    demo.adminUrl,
    `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
  );

  expect(owners).toEqual([{ owner: 'mcp_migrate' }]);
  await expect(rows(demo.migrateUrl, 'CREATE TABLE added (id int)')).resolves.toEqual([]);
});

test('a reset brings the demo back to its first state', async () => {
  await rows(demo.adminUrl, 'DELETE FROM events');

  await resetDemoDatabase(postgres, { passwords });

  expect(await rows(demo.readOnlyUrl, 'SELECT count(*)::int AS events FROM events')).toEqual([{ events: 100_000 }]);
});

test('a second installation keeps what was changed and takes the new passwords', async () => {
  await rows(demo.adminUrl, 'DELETE FROM events WHERE id > 5');

  const again = await installDemoDatabase(postgres, { passwords: { ...passwords, readOnly: 'another' } });

  expect(await rows(again.readOnlyUrl, 'SELECT count(*)::int AS events FROM events')).toEqual([{ events: 5 }]);
  await expect(rows(demo.readOnlyUrl, 'SELECT 1')).rejects.toThrow('password authentication failed');
  demo = again;
});

test('an installation that was interrupted is made anew', async () => {
  await rows(postgres.adminUrl, `COMMENT ON DATABASE ${demoTemplateName} IS NULL`);

  demo = await installDemoDatabase(postgres, { passwords });

  expect(await rows(demo.readOnlyUrl, 'SELECT count(*)::int AS events FROM events')).toEqual([{ events: 100_000 }]);
});

test('nobody connects to the template, which would stop it from being copied', async () => {
  await expect(rows(postgres.url(demoTemplateName), 'SELECT 1')).rejects.toThrow('not currently accepting connections');
});
