import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectV1,
  connectV1Stdio,
  connectV2,
  connectV2Stdio,
  type McpClient,
  type McpMode,
  type McpProgress,
} from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { startSdkHttpServer, type SdkHttpServer } from '../fixtures/sdk-server.ts';

const headers = { 'x-key': 'secret' };
const stdioServer = {
  command: process.execPath,
  args: ['--conditions=@fairlead/source', join(import.meta.dirname, '..', 'fixtures', 'sdk-stdio-server.ts')],
};

let server: SdkHttpServer;

beforeAll(async () => {
  server = await startSdkHttpServer();
});

afterAll(() => server[Symbol.asyncDispose]());

interface Way {
  readonly name: string;
  readonly era: McpClient['era'];
  readonly connect: () => Promise<McpClient>;
}

const overHttp =
  (mode: McpMode): Way['connect'] =>
  () =>
    connectV2(server.url, { mode, headers });

const ways: readonly Way[] = [
  { name: 'v1 over HTTP', era: 'legacy', connect: () => connectV1(server.url, { headers }) },
  { name: 'v2 over HTTP, legacy', era: 'legacy', connect: overHttp('legacy') },
  { name: 'v2 over HTTP, auto', era: 'modern', connect: overHttp('auto') },
  { name: 'v2 over HTTP, pinned', era: 'modern', connect: overHttp('2026-07-28') },
  { name: 'v1 over stdio', era: 'legacy', connect: () => connectV1Stdio(stdioServer) },
  { name: 'v2 over stdio, legacy', era: 'legacy', connect: () => connectV2Stdio({ ...stdioServer, mode: 'legacy' }) },
  {
    name: 'v2 over stdio, pinned',
    era: 'modern',
    connect: () => connectV2Stdio({ ...stdioServer, mode: '2026-07-28' }),
  },
];

describe.for(ways)('$name', ({ era, connect }) => {
  let client: McpClient;

  beforeAll(async () => {
    client = await connect();
  });

  afterAll(() => client.close());

  test('agrees on the era and reads the instructions', () => {
    expect(client.era).toBe(era);
    expect(client.instructions).toBe('Add numbers.');
  });

  test('lists tools with their schemas', async () => {
    const tools = await client.listTools();

    expect(tools.map((tool) => tool.name)).toEqual(['add', 'fail', 'count', 'finish', 'hang']);
    expect(tools[0]).toMatchObject({ description: 'Add two numbers.', inputSchema: { required: ['a', 'b'] } });
  });

  test('calls a tool and reads its structured result', async () => {
    const result = await client.callTool('add', { a: 20, b: 22 });

    expect(result).toMatchObject({ content: [{ type: 'text', text: '42' }], structuredContent: { sum: 42 } });
  });

  test('answers the failure of a tool as a result', async () => {
    expect(await client.callTool('fail')).toMatchObject({ isError: true, content: [{ text: 'no luck' }] });
  });

  test('throws the code of a JSON-RPC error', async () => {
    await expect(client.readResource('text://nowhere')).rejects.toMatchObject({
      name: 'McpCallError',
      code: expect.any(Number),
      message: expect.not.stringContaining('MCP error'),
    });
  });

  test('hands over progress in order', async () => {
    const reports: number[] = [];
    const { promise: third, resolve } = Promise.withResolvers<void>();
    const onProgress = ({ progress }: McpProgress) => {
      reports.push(progress);
      if (progress === 3) resolve();
    };

    // The result is held back until all reports are there: an SDK client drops a report that it reads together with it.
    const counting = client.callTool('count', { wait: true }, { onProgress });
    await third;
    await client.callTool('finish');
    await counting;

    expect(reports).toEqual([1, 2, 3]);
  });

  test('rejects a call that was cancelled', async () => {
    const abort = new AbortController();
    const calling = client.callTool('hang', {}, { signal: abort.signal });

    abort.abort(new Error('changed my mind'));

    await expect(calling).rejects.toThrow('changed my mind');
  });

  test('lists and reads resources', async () => {
    expect(await client.listResources()).toMatchObject([{ uri: 'text://readme' }]);
    expect(await client.listResourceTemplates()).toMatchObject([{ uriTemplate: 'text://notes/{id}' }]);
    expect(await client.readResource('text://notes/7')).toMatchObject([{ uri: 'text://notes/7', text: 'note 7' }]);
  });

  test('lists, fills in and completes prompts', async () => {
    expect(await client.listPrompts()).toMatchObject([{ name: 'greet', arguments: [{ name: 'name' }] }]);
    expect(await client.getPrompt('greet', { name: 'Ada' })).toMatchObject({
      messages: [{ role: 'user', content: { text: 'Greet Ada.' } }],
    });
    const completion = await client.complete({
      ref: { type: 'ref/prompt', name: 'greet' },
      argument: { name: 'name', value: 'A' },
    });
    expect(completion.values).toEqual(['Ada', 'Anders']);
  });
});

// The server learns of it only if the client says so: a call that runs on holds its resources.
test.for(ways.slice(2, 4))('$name tells the server of a cancelled call', async ({ connect }) => {
  await using client = await connect();
  const before = server.cancelledCalls();
  const abort = new AbortController();
  const seen = server.requests.length;
  const outcome = client.callTool('hang', {}, { signal: abort.signal }).catch((error: unknown) => error);
  await until(() => server.requests.length > seen, { withinMs: 5_000, what: 'the call to arrive' });

  abort.abort();

  expect(await outcome).toMatchObject({ name: 'McpCallError' });
  await until(() => server.cancelledCalls() > before, { withinMs: 5_000, what: 'the server to notice' });
});

test.for([
  { name: 'v1', connect: () => connectV1(server.url) },
  { name: 'v2 legacy', connect: () => connectV2(server.url, { mode: 'legacy' }) },
  { name: 'v2 auto', connect: () => connectV2(server.url, { mode: 'auto' }) },
  { name: 'v2 pinned', connect: () => connectV2(server.url, { mode: '2026-07-28' }) },
])('$name throws the HTTP status when the server refuses the connection', async ({ connect }) => {
  await expect(connect()).rejects.toMatchObject({ name: 'McpCallError', httpStatus: 401 });
});

test('rejects when nobody listens', async () => {
  await expect(connectV2('http://127.0.0.1:9/mcp')).rejects.toMatchObject({
    name: 'McpCallError',
    httpStatus: undefined,
  });
  await expect(connectV1('http://127.0.0.1:9/mcp')).rejects.toMatchObject({
    name: 'McpCallError',
    httpStatus: undefined,
  });
});

test('rejects when the command of a stdio server ends at once', async () => {
  await expect(connectV1Stdio({ command: 'false' })).rejects.toMatchObject({ name: 'McpCallError' });
  await expect(connectV2Stdio({ command: 'false', mode: 'legacy' })).rejects.toMatchObject({ name: 'McpCallError' });
});
