import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestService, type TestService } from '@fairlead/server-kit/testing';
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { service } from '../../src/service.ts';

let folder: string;
let database: TestDatabase;
let running: TestService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairlead-data-'));
  await writeFile(join(folder, 'start.md'), '# Start here\n');
  database = await createTestDatabase();
  running = await startTestService(service, {
    roles: { analyst: { allow: ['data:read', 'data:files'], deny: [] }, files: { allow: ['data:files'], deny: [] } },
    environment: { DATA_DATABASE_URL: database.readOnlyUrl, DATA_FILE_ROOTS: `docs=${folder}`, DATA_TOOLSETS: 'all' },
  });
});

afterAll(async () => {
  await running.stop();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const answer = z.looseObject({
  result: z.looseObject({}).optional(),
  error: z.looseObject({ code: z.number() }).optional(),
});

/** One stateless request as a client of 2026-07-28 sends it. */
async function request(
  method: string,
  params: Readonly<Record<string, unknown>>,
  { role = 'analyst', to = running }: { role?: string; to?: TestService } = {},
) {
  const name = params['name'] ?? params['uri'];
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const response = await fetch(to.mcpUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${to.keys[role]}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } }),
  });
  return answer.parse(await response.json());
}

/** The structured content, or the error, of a tool call. */
async function call(
  name: string,
  input: Readonly<Record<string, unknown>>,
  options: { role?: string; to?: TestService } = {},
) {
  const { result } = await request('tools/call', { name, arguments: input }, options);
  return toolResult.parse(result);
}

const toolResult = z.looseObject({
  structuredContent: z.looseObject({}).optional(),
  _meta: z.looseObject({ 'dev.fairlead/error': z.looseObject({ code: z.string() }).optional() }).optional(),
});

async function readiness(to: TestService): Promise<{ status: number; text: string }> {
  const response = await fetch(new URL('/readyz', to.opsUrl));
  return { status: response.status, text: await response.text() };
}

test('serves its tools over MCP', async () => {
  const { result } = await request('tools/list', {});

  expect(result).toMatchObject({
    tools: ['describe_schema', 'find_files', 'list_databases', 'query_database', 'read_file'].map((name) => ({ name })),
  });
  expect((await call('query_database', { sql: 'select count(*) from orders' })).structuredContent).toMatchObject({
    rows: [['40000']],
  });
  expect((await call('read_file', { path: 'docs/start.md' })).structuredContent).toMatchObject({ total_lines: 1 });
  expect(await readiness(running)).toMatchObject({ status: 200 });
});

test('reads a table as a resource, and gives one answer for what is not there, not listed, and not granted', async () => {
  const { result } = await request('resources/read', { uri: 'db://main/public/orders' });
  const refusals = await Promise.all(
    [
      'db://main/public/none',
      'db://main/hidden/orders',
      'db://other/public/orders',
      'db://main/public/customer_contacts',
      'db://main/public/orders%00',
      'db://main/pg_catalog/pg_authid',
    ].map(async (uri) => (await request('resources/read', { uri })).error),
  );

  expect(result).toMatchObject({
    contents: [
      {
        uri: 'db://main/public/orders',
        mimeType: 'application/json',
        text: expect.stringContaining('"primary_key":["id"]'),
      },
    ],
  });
  expect(refusals.map((error) => error?.code)).toEqual(refusals.map(() => -32_602));
});

test('lists the tables of the default schema as resources, and completes their names', async () => {
  const { result } = await request('resources/list', {});
  const complete = async (name: string, value: string) =>
    (
      await request('completion/complete', {
        ref: { type: 'ref/resource', uri: 'db://{database}/{schema}/{table}' },
        argument: { name, value },
      })
    ).result;

  expect(result).toMatchObject({
    resources: [{ uri: 'db://main/public/customers', name: 'public.customers' }, {}, {}, {}, {}],
  });
  expect(await complete('table', 'o')).toMatchObject({ completion: { values: ['order_items', 'orders'] } });
  expect(await complete('table', 'customer_c')).toMatchObject({ completion: { values: [] } });
  expect(await complete('table', '%')).toMatchObject({ completion: { values: [] } });
  expect(await complete('schema', 'pu')).toMatchObject({ completion: { values: ['public'] } });
  expect(await complete('database', 'm')).toMatchObject({ completion: { values: ['main'] } });
});

test('brings a table and three statements that run into a conversation', async () => {
  const { result } = await request('prompts/get', { name: 'analyze_table', arguments: { table: 'orders' } });
  const { messages } = z
    .looseObject({
      messages: z.tuple([
        z.looseObject({ content: z.looseObject({}) }),
        z.looseObject({ content: z.looseObject({ text: z.string() }) }),
      ]),
    })
    .parse(result);
  const statements = [...messages[1].content.text.matchAll(/^\d\. (SELECT .*)$/gm)].map((match) => match[1]);

  expect(messages[0].content).toMatchObject({ type: 'resource', resource: { uri: 'db://main/public/orders' } });
  expect(statements).toHaveLength(3);
  for (const sql of statements)
    expect((await call('query_database', { sql })).structuredContent).toMatchObject({ row_count: expect.any(Number) });
});

// 06 S-05: an argument of a prompt is text, whatever it looks like.
test('refuses a prompt for a table that may not be read, and reads no file for it', async () => {
  for (const table of ['customer_contacts', '@/etc/passwd', "orders'; drop table orders; --", 'hidden.salaries']) {
    expect((await request('prompts/get', { name: 'analyze_table', arguments: { table } })).error).toBeDefined();
  }
});

test('shows and answers a caller without data:read nothing of the databases', async () => {
  const files = { role: 'files' };

  expect((await request('tools/list', {}, files)).result).toMatchObject({
    tools: [{ name: 'find_files' }, { name: 'read_file' }],
  });
  expect(
    (await request('tools/call', { name: 'query_database', arguments: { sql: 'select 1' } }, files)).error,
  ).toMatchObject({ code: -32_602 });
  expect((await request('resources/list', {}, files)).result).toMatchObject({ resources: [] });
  expect((await request('resources/read', { uri: 'db://main/public/orders' }, files)).error).toMatchObject({
    code: -32_602,
  });
  expect((await request('prompts/list', {}, files)).result).toMatchObject({ prompts: [] });
});

test('is ready but degraded while its database is down, names it, and still reads files', async () => {
  await using down = await startTestService(service, {
    environment: { DATA_DATABASE_URL: 'postgres://mcp_ro:hunter2@127.0.0.1:1/shop', DATA_FILE_ROOTS: `docs=${folder}` },
  });
  const admin = { role: 'admin', to: down };

  expect(await readiness(down)).toMatchObject({
    status: 200,
    text: expect.stringMatching(/^(?!.*(?:hunter2|127\.0\.0\.1)).*degraded.*database main/s),
  });
  expect((await call('query_database', { sql: 'select 1' }, admin))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'UPSTREAM_DOWN',
    details: { database: 'main' },
  });
  expect((await call('find_files', { pattern: '*.md' }, admin)).structuredContent).toMatchObject({
    files: [{ path: 'docs/start.md' }],
  });
});

test('answers CONFIG_MISSING with the setting when nothing is configured', async () => {
  await using bare = await startTestService(service);
  const admin = { role: 'admin', to: bare };

  for (const [name, input] of [
    ['list_databases', {}],
    ['query_database', { sql: 'select 1' }],
    ['describe_schema', { object_type: 'table' }],
    ['find_files', { pattern: '*' }],
    ['read_file', { path: 'docs/a' }],
  ] as const) {
    expect((await call(name, input, admin))._meta?.['dev.fairlead/error']).toMatchObject({
      code: 'CONFIG_MISSING',
      fix: expect.stringMatching(/DATA_(?:DATABASE_URL|FILE_ROOTS) is not set/),
    });
  }
  expect((await request('resources/list', {}, admin)).result).toMatchObject({ resources: [] });
});

test('reads several databases from a file, each with its own schemas', async () => {
  await writeFile(join(folder, 'shop.url'), database.readOnlyUrl);
  await writeFile(
    join(folder, 'databases.yaml'),
    '- { id: shop, description: The shop., url: { from: { file: shop.url } }, schemas: [public] }\n- { id: copy, description: The same., url: { from: { file: shop.url } }, schemas: [public] }\n',
  );
  await using two = await startTestService(service, {
    environment: { DATA_DATABASES_FILE: join(folder, 'databases.yaml') },
  });
  const admin = { role: 'admin', to: two };

  expect((await call('list_databases', {}, admin)).structuredContent).toMatchObject({
    databases: [
      { id: 'shop', default: true },
      { id: 'copy', default: false },
    ],
  });
  expect(
    (await call('query_database', { sql: 'select count(*) from products', database: 'copy' }, admin)).structuredContent,
  ).toMatchObject({ rows: [['1000']] });
});

test.each([
  [{ DATA_QUERY_MAX_ROWS: '1001' }, 'DATA_QUERY_MAX_ROWS'],
  [{ DATA_DATABASE_URL: 'mysql://x' }, 'DATA_DATABASE_URL'],
  [{ DATA_ROLE_CHECK: 'off' }, 'DATA_ROLE_CHECK'],
])('refuses to start with %j', async (environment, reason) => {
  await expect(startTestService(service, { environment })).rejects.toThrow(reason);
});
