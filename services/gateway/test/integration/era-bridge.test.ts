import { connectV1, connectV2, rawMcp, type McpClient, type RawMcp } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BridgeEvents } from '../support/bridge-events.ts';
import { createBridgeV1Server } from '../support/bridge-v1-server.ts';
import { createBridgeV2Server } from '../support/bridge-v2-server.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';
import { startV1Backend, type V1Backend } from '../support/v1-backend.ts';
import { startV2Backend } from '../support/v2-backend.ts';

const stack = new AsyncDisposableStack();
const events: BridgeEvents = [];
let gateway: TestGateway;
let older: V1Backend;

beforeAll(async () => {
  older = stack.use(await startV1Backend(() => createBridgeV1Server(events)));
  const newer = stack.use(
    await startV2Backend({ createServer: () => createBridgeV2Server(events), isModernOnly: true }),
  );
  gateway = stack.use(
    await startTestGateway({
      servers: { older: { url: older.url }, newer: { url: newer.url } },
      roles: { admin: { allow: ['*'] }, second: { allow: ['*'] }, claimer: { allow: ['*'] } },
    }),
  );
});
afterAll(() => stack.disposeAsync());

type Connect = (url: string, headers: Record<string, string>) => Promise<McpClient>;

const modernClients: readonly (readonly [string, Connect])[] = [
  ['SDK v2, modern', (url, headers) => connectV2(url, { headers, mode: '2026-07-28' })],
  ['SDK v2, auto', (url, headers) => connectV2(url, { headers })],
];
const olderClients: readonly (readonly [string, Connect])[] = [
  ['SDK v1', (url, headers) => connectV1(url, { headers })],
  ['SDK v2, legacy', (url, headers) => connectV2(url, { headers, mode: 'legacy' })],
];
const cells = [
  ...modernClients.map(([name, connect]) => [name, 'older', connect] as const),
  ...olderClients.map(([name, connect]) => [name, 'newer', connect] as const),
];
const routes = cells.flatMap(([name, server, connect]) => [
  { name, server, connect, path: '/mcp', prefix: `${server}__` },
  { name, server, connect, path: `/servers/${server}/mcp`, prefix: '' },
]);

describe.each(routes)(
  '03 §3: $name at a server that is only $server, by $path',
  ({ server, connect, path, prefix }) => {
    const open = (role = 'admin'): Promise<McpClient> => connect(`${gateway.url}${path}`, gateway.as(role));

    test('connects, is told how the server is to be used, and lists what it has', async () => {
      await using client = await open();

      expect(client.instructions).toContain(`${server === 'older' ? 'An older' : 'A newer'} server.`);
      expect((await client.listTools()).map(({ name }) => name)).toContain(`${prefix}echo`);
      expect((await client.listPrompts()).map(({ name }) => name)).toContain(`${prefix}greet`);
      expect((await client.listResourceTemplates()).map(({ uriTemplate }) => uriTemplate)).toContain(
        `${server}://{id}`,
      );
    });

    test('calls a tool, with its structured content', async () => {
      await using client = await open();

      expect(await client.callTool(`${prefix}echo`, { text: 'ä 2^53' })).toMatchObject({
        content: [{ type: 'text', text: 'ä 2^53' }],
        structuredContent: { text: 'ä 2^53' },
      });
      expect(await client.callTool(`${prefix}boom`)).toMatchObject({ isError: true, content: [{ text: 'boom' }] });
    });

    test('gets a prompt and completes its argument', async () => {
      await using client = await open();

      expect((await client.getPrompt(`${prefix}greet`, { name: 'Ana' })).messages[0]?.content.text).toBe('Greet Ana');
      const ref = { type: 'ref/prompt', name: `${prefix}greet` } as const;
      expect((await client.complete({ ref, argument: { name: 'name', value: 'A' } })).values).toEqual(['Ana', 'Ben']);
    });

    test('03 C5: hears of the progress of its call', async () => {
      await using client = await open();
      const seen: number[] = [];
      await client.callTool(`${prefix}count`, { steps: 3 }, { onProgress: ({ progress }) => void seen.push(progress) });

      // SDK v1 drops a notice that it reads in one go with the answer, so how many come is looked at below, on the wire.
      expect([1, 2, 3]).toEqual(expect.arrayContaining(seen));
    });
  },
);

describe('a modern client of an older server', () => {
  test('03 C7: a call that its client gives up is cancelled at the server within a second', async () => {
    await using client = await connectV2(`${gateway.url}/servers/older/mcp`, { headers: gateway.as('admin') });
    events.length = 0;
    const abort = new AbortController();
    const call = client.callTool('hang', {}, { signal: abort.signal });
    await until(() => events.includes('began'), { withinMs: 5_000, what: 'the call to have begun' });
    abort.abort();

    await expect(call).rejects.toThrow('abort');
    await until(() => events.includes('cancelled'), { withinMs: 1_000, what: 'the server to have stopped' });
  });

  test.each(['/mcp', '/servers/older/mcp'])(
    'reads resources and learns of one that is not there, by %s',
    async (path) => {
      const raw = rawMcp(`${gateway.url}${path}`, gateway.as('admin'));
      const read = await raw.modern({ method: 'resources/read', params: { uri: 'older://7' } });
      const missing = await raw.modern({ method: 'resources/read', params: { uri: 'older://none' } });

      expect(read.messages.at(-1)?.result).toMatchObject({
        resultType: 'complete',
        ttlMs: 0,
        cacheScope: 'private',
        contents: [{ uri: 'older://7', text: 'note 7' }],
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'older' } },
      });
      expect(missing.messages.at(-1)?.error).toMatchObject({ code: -32_602 });
    },
  );

  test('03 C5: all progress of a call is on the wire, before its answer', async () => {
    const raw = rawMcp(`${gateway.url}/servers/older/mcp`, gateway.as('admin'));
    const params = { name: 'count', arguments: { steps: 3 }, _meta: { progressToken: 'p' } };
    const { messages } = await raw.modern({ method: 'tools/call', params });

    expect(messages.map(({ params: { progress } = {}, result }) => progress ?? result?.['resultType'])).toEqual([
      1,
      2,
      3,
      'complete',
    ]);
  });

  test('03 C6: gets log notices from the level on that it names, and none without one', async () => {
    const raw = rawMcp(`${gateway.url}/servers/older/mcp`, gateway.as('second'));
    const call = async (level?: string): Promise<readonly unknown[]> => {
      const meta = level === undefined ? {} : { _meta: { 'io.modelcontextprotocol/logLevel': level } };
      const { messages } = await raw.modern({ method: 'tools/call', params: { name: 'log', ...meta } });
      return messages.flatMap(({ method, params }) => (method === 'notifications/message' ? [params?.['level']] : []));
    };

    expect(await call()).toEqual([]);
    expect(await call('warning')).toEqual(['warning']);
    expect(await call('debug')).toEqual(['debug', 'warning']);
    expect(await call()).toEqual([]);
  });

  test('03 C4: a hundred calls with one id, in one session of the server, each get their own answer', async () => {
    const raw = rawMcp(`${gateway.url}/servers/older/mcp`, gateway.as('admin'));
    const texts = Array.from({ length: 100 }, (_, index) => `call ${index}`);
    const answers = await Promise.all(
      texts.map((text) =>
        raw.modern({ id: 'same', method: 'tools/call', params: { name: 'echo', arguments: { text } } }),
      ),
    );

    expect(answers.map(({ messages }) => messages.at(-1)?.id)).toEqual(texts.map(() => 'same'));
    expect(answers.map(({ messages }) => messages.at(-1)?.result?.['structuredContent'])).toEqual(
      texts.map((text) => ({ text })),
    );
  });

  test('the server that asks its client in mid-call is told that nobody answers', async () => {
    await using client = await connectV2(`${gateway.url}/servers/older/mcp`, { headers: gateway.as('admin') });

    expect((await client.callTool('ask')).content).toEqual([{ type: 'text', text: 'decline' }]);
  });

  test('a session that the server has forgotten is opened again, and the call is made once more', async () => {
    await using client = await connectV2(`${gateway.url}/servers/older/mcp`, { headers: gateway.as('admin') });
    await client.callTool('echo', { text: 'one' });
    older.forgetSessions();

    expect((await client.callTool('echo', { text: 'two' })).content).toEqual([{ type: 'text', text: 'two' }]);
  });

  test('06 N20: a caller who claims ever other capabilities opens a bounded number of sessions at the server', async () => {
    const raw = rawMcp(`${gateway.url}/servers/older/mcp`, gateway.as('claimer'));
    const before = older.sessions.size;
    for (let claim = 0; claim < 70; claim += 1) {
      const _meta = { 'io.modelcontextprotocol/clientCapabilities': { roots: { claim } } };
      const { messages } = await raw.modern({
        method: 'tools/call',
        params: { name: 'echo', arguments: { text: 'x' }, _meta },
      });
      expect(messages.at(-1)?.result).toMatchObject({ content: [{ text: 'x' }] });
    }

    await until(() => older.sessions.size <= before + 64, { withinMs: 5_000, what: 'the oldest sessions to end' });
    expect(older.sessions.size).toBe(before + 64);
  });

  test('no claim of the newer era reaches the server', async () => {
    const raw = rawMcp(`${gateway.url}/servers/older/mcp`, gateway.as('admin'));
    const answer = await raw.modern({ method: 'subscriptions/listen', params: { notifications: {} } });

    expect(answer.status).toBe(404);
    expect(answer.messages[0]?.error).toMatchObject({ code: -32_601 });
  });
});

/** The route of the modern server, for requests that no SDK would send. */
function newerRoute(): RawMcp {
  return rawMcp(`${gateway.url}/servers/newer/mcp`, gateway.as('admin'));
}

describe('an older client of a modern server', () => {
  test('03 H2: arguments that a header has to repeat are repeated', async () => {
    await using client = await connectV1(gateway.mcp, { headers: gateway.as('admin') });

    expect((await client.callTool('newer__shard', { region: 'Zürich' })).content).toEqual([
      { type: 'text', text: 'Zürich' },
    ]);
  });

  test('structured content that is no object, which the older era does not have, is left out', async () => {
    await using client = await connectV1(gateway.mcp, { headers: gateway.as('admin') });
    const tool = (await client.listTools()).find(({ name }) => name === 'newer__numbers');
    const result = await client.callTool('newer__numbers');

    expect(tool).not.toHaveProperty('outputSchema');
    expect(result.content).toEqual([{ type: 'text', text: '[1,2]' }]);
    expect(result).not.toHaveProperty('structuredContent');
  });

  test('03 C5: all progress of a call is on the wire, before its answer', async () => {
    const params = { name: 'count', arguments: { steps: 3 }, _meta: { progressToken: 'p' } };
    const { messages } = await newerRoute().legacy({ method: 'tools/call', params });

    expect(messages.map(({ params: { progress } = {}, id }) => progress ?? id)).toEqual([1, 2, 3, 1]);
  });

  test('sees no marks of the newer era', async () => {
    const { messages } = await newerRoute().legacy({
      method: 'tools/call',
      params: { name: 'echo', arguments: { text: 'x' } },
    });

    expect(messages.at(-1)?.result).toEqual({
      content: [{ type: 'text', text: 'x' }],
      structuredContent: { text: 'x' },
    });
  });

  test('learns of a resource that is not there by the code of its era', async () => {
    const { messages } = await newerRoute().legacy({ method: 'resources/read', params: { uri: 'newer://none' } });

    expect(messages.at(-1)?.error).toMatchObject({ code: -32_002 });
  });

  test('is told what to do when the server needs an answer that nobody can give', async () => {
    const { messages } = await newerRoute().legacy({ method: 'tools/call', params: { name: 'ask', arguments: {} } });

    expect(messages.at(-1)?.result).toMatchObject({
      isError: true,
      _meta: { 'dev.fairlead/error': { code: 'CALLER_CANNOT_ANSWER' } },
    });
  });

  test('03 D8: methods that the bridge does not carry are neither announced nor served', async () => {
    const opened = await newerRoute().initialize();
    const answer = await opened.call({ method: 'resources/subscribe', params: { uri: 'newer://1' } });

    expect(opened.answer.messages[0]?.result?.['capabilities']).toEqual({
      tools: {},
      prompts: {},
      resources: {},
      completions: {},
      logging: {},
    });
    expect(answer.messages[0]?.error).toMatchObject({ code: -32_601 });
  });
});
