import { connectV1, connectV2, rawMcp, type McpClient, type McpMode, type RawAnswer } from '@fairlead/testkit/clients';
import { withConnection } from '@fairlead/testkit/parts';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeKey, type MadeKey } from './fleet/make-key.ts';
import { readDevJson } from './fleet/read-dev-json.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';

const fleet = sharedFleet();
const statement = 'select status, count(*)::int as orders from orders group by status order by status';

/** What one client got over one route, in the words of the server: names without the gateway's prefix. */
interface Journey {
  readonly tools: readonly unknown[];
  readonly rows: unknown;
  readonly resources: readonly unknown[];
  readonly templates: readonly unknown[];
  readonly contents: readonly unknown[];
  readonly prompts: readonly unknown[];
  readonly prompt: unknown;
  readonly completions: readonly unknown[];
}

const clients = [
  { client: 'SDK v1', era: 'legacy', connect: connectV1 },
  { client: 'SDK v2 auto', era: 'modern', connect: v2('auto') },
  { client: 'SDK v2 pinned', era: 'modern', connect: v2('2026-07-28') },
  { client: 'SDK v2 legacy', era: 'legacy', connect: v2('legacy') },
];
const routes = [
  { path: '/mcp', prefix: 'data__' },
  { path: '/servers/data/mcp', prefix: '' },
];
const cells = clients.flatMap((client) => routes.map((route) => ({ ...client, ...route })));
type Cell = (typeof cells)[number];

const queryResult = z.looseObject({ rows: z.array(z.array(z.unknown())) });
let gatewayUrl: string;
let analyst: MadeKey;
let expectedRows: unknown;
let reference: Journey;

beforeAll(async () => {
  const dev = await readDevJson(fleet.stateFolder);
  gatewayUrl = dev.gateway.url;
  analyst = await makeKey(fleet.stateFolder, { name: 'interop analyst', role: 'analyst' });
  expectedRows = await withConnection(dev.postgres?.demo ?? '', async (client) => {
    return (await client.query<unknown[]>({ text: statement, rowMode: 'array' })).rows;
  });
  reference = await journeyOf({ client: 'SDK v2', era: 'modern', connect: v2('2026-07-28'), ...perServerRoute() });
});

test.each(cells)('03 I-01, I-03: $client lists, calls, reads, prompts and completes over $path', async (cell) => {
  const journey = await journeyOf(cell);

  expect(journey.rows).toEqual(expectedRows);
  expect(journey.resources).toContainEqual(expect.objectContaining({ uri: 'db://main/public/orders' }));
  expect(journey.contents).toEqual([expect.objectContaining({ uri: 'db://main/public/orders' })]);
  expect(journey.prompts).toEqual([expect.objectContaining({ name: 'analyze_table' })]);
  expect(journey.completions).toEqual([expect.objectContaining({ values: ['order_items', 'orders'] })]);
  expect(journey).toEqual(reference);
});

test.each(cells)(
  '03 E2: $client over $path gets a refusal as a result, and an unknown name as an error',
  async (cell) => {
    await using client = await connect(cell);
    const call = client.callTool(`${cell.prefix}query_database`, { sql: 'delete from orders' });

    expect(await call).toMatchObject({ isError: true, _meta: { 'dev.fairlead/error': { code: 'SQL_NOT_READ_ONLY' } } });
    await expect(client.callTool(`${cell.prefix}no_such_tool`)).rejects.toMatchObject({ code: -32_602 });
    await expect(client.readResource('db://main/public/no_such_table')).rejects.toMatchObject({ code: -32_602 });
  },
);

// SDK v1 takes an error at the end of an event stream for a stream that broke off, and comes back for the rest of it.
test('03 P-04: what needs no notification comes as JSON inside a legacy session too, errors and opening included', async () => {
  const session = await rawMcp(`${gatewayUrl}/servers/data/mcp`, analyst.headers).initialize();
  const read = (uri: string): Promise<RawAnswer> => session.call({ method: 'resources/read', params: { uri } });
  const answers = {
    opening: session.answer,
    read: await read('db://main/public/orders'),
    unknown: await read('db://main/public/no_such_table'),
    list: await session.call({ method: 'resources/list' }),
  };
  await session.end();

  const types = Object.entries(answers).map(([name, { headers }]) => [name, headers['content-type']]);
  expect(Object.fromEntries(types)).toEqual({
    opening: 'application/json',
    read: 'application/json',
    unknown: 'application/json',
    list: 'application/json',
  });
});

function v2(mode: McpMode): typeof connectV1 {
  return (url, options) => connectV2(url, { ...options, mode });
}

function perServerRoute(): (typeof routes)[number] {
  return { path: '/servers/data/mcp', prefix: '' };
}

async function connect(cell: Cell): Promise<McpClient> {
  const client = await cell.connect(`${gatewayUrl}${cell.path}`, { headers: analyst.headers });
  expect(client.era).toBe(cell.era);
  return client;
}

async function journeyOf(cell: Cell): Promise<Journey> {
  await using client = await connect(cell);
  const own = ofServer(cell.prefix);
  const called = await client.callTool(`${cell.prefix}query_database`, { sql: statement });
  const argument = { name: 'table', value: 'ord' };
  return {
    tools: own(await client.listTools()),
    rows: queryResult.parse(called.structuredContent).rows,
    resources: await client.listResources(),
    // On `/mcp` another server's template stands beside them.
    templates: (await client.listResourceTemplates()).filter(({ uriTemplate }) => uriTemplate.startsWith('db:')),
    contents: await client.readResource('db://main/public/orders'),
    prompts: own(await client.listPrompts()),
    prompt: await client.getPrompt(`${cell.prefix}analyze_table`, { table: 'orders' }).then(({ messages }) => messages),
    completions: [
      await client.complete({ ref: { type: 'ref/prompt', name: `${cell.prefix}analyze_table` }, argument }),
    ],
  };
}

/** The items of the data server, under their own names. */
function ofServer(prefix: string): <Item extends { name: string }>(items: readonly Item[]) => readonly Item[] {
  return (items) =>
    items
      .filter(({ name }) => name.startsWith(prefix))
      .map((item) => ({ ...item, name: item.name.slice(prefix.length) }));
}
