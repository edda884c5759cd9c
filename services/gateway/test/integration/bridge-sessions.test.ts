import { connectV1, rawMcp } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  type ClientCapabilities,
} from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BridgeEvents } from '../support/bridge-events.ts';
import { createBridgeV1Server } from '../support/bridge-v1-server.ts';
import { createBridgeV2Server } from '../support/bridge-v2-server.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';
import { startV1Backend, type V1Backend } from '../support/v1-backend.ts';
import { startV2Backend } from '../support/v2-backend.ts';

const stack = new AsyncDisposableStack();
const events: BridgeEvents = [];
const createServer = () => createBridgeV2Server(events);
let gateway: TestGateway;
let older: V1Backend;

beforeAll(async () => {
  older = stack.use(await startV1Backend(() => createBridgeV1Server(events)));
  const newer = stack.use(await startV2Backend({ createServer, isModernOnly: true }));
  const both = stack.use(await startV2Backend({ createServer }));
  gateway = stack.use(
    await startTestGateway({
      servers: { older: { url: older.url }, newer: { url: newer.url }, both: { url: both.url } },
      roles: { admin: { allow: ['*'] }, second: { allow: ['*'] } },
    }),
  );
});
afterAll(() => stack.disposeAsync());

interface Opened extends AsyncDisposable {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
}

/** A real v1 client that says what it can be asked. */
async function open(path: string, capabilities: ClientCapabilities = {}): Promise<Opened> {
  const transport = new StreamableHTTPClientTransport(new URL(`${gateway.url}${path}`), {
    requestInit: { headers: gateway.as('admin') },
  });
  const client = new Client({ name: 'test', version: '1' }, { capabilities });
  await client.connect(transport);
  return { client, transport, [Symbol.asyncDispose]: () => client.close() };
}

async function textOf(client: Client, name: string): Promise<unknown> {
  const { content } = await client.callTool({ name, arguments: {} });
  return Array.isArray(content) ? content[0]?.text : undefined;
}

/** What a tool says that could ask nobody. */
const unasked: Readonly<Record<string, RegExp>> = {
  older: /^decline$/,
  newer: /^CALLER_CANNOT_ANSWER/,
  both: /^Cannot request input/,
};

const places = [
  { path: '/mcp', server: 'older', prefix: 'older__' },
  { path: '/mcp', server: 'newer', prefix: 'newer__' },
  { path: '/mcp', server: 'both', prefix: 'both__' },
  { path: '/servers/newer/mcp', server: 'newer', prefix: '' },
];

describe.each(places)(
  '03 §3: a session of an older client on $path with the server $server',
  ({ path, prefix, server }) => {
    test('03 M7: a question in mid-call reaches the person, and the answer the server', async () => {
      await using opened = await open(path, { elicitation: {} });
      const asked: string[] = [];
      opened.client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
        asked.push(params.message);
        return { action: 'accept', content: {} };
      });

      expect(await textOf(opened.client, `${prefix}ask`)).toBe('accept');
      expect(asked).toEqual(['Sure?']);
    });

    test('a client that can be asked nothing is told what to do, or the server that nobody answers', async () => {
      await using opened = await open(path);

      // A server of both eras, asked in the older one, says so in its own words.
      expect(await textOf(opened.client, `${prefix}ask`)).toMatch(unasked[server] ?? /never/);
    });

    test('03 C7: a call that is cancelled by its id ends at the server within a second', async () => {
      await using opened = await open(path);
      events.length = 0;
      const abort = new AbortController();
      const call = opened.client.callTool({ name: `${prefix}hang`, arguments: {} }, undefined, {
        signal: abort.signal,
      });
      await until(() => events.includes('began'), { withinMs: 5_000, what: 'the call to have begun' });
      abort.abort();

      await expect(call).rejects.toThrow('abort');
      await until(() => events.includes('cancelled'), { withinMs: 1_000, what: 'the server to have stopped' });
    });

    test('03 C6: log notices come from the level on that the session has set', async () => {
      await using opened = await open(path);
      const seen: string[] = [];
      opened.client.setNotificationHandler(
        LoggingMessageNotificationSchema,
        ({ params }) => void seen.push(params.level),
      );
      await opened.client.callTool({ name: `${prefix}log`, arguments: {} });
      await opened.client.setLoggingLevel('warning');
      await opened.client.callTool({ name: `${prefix}log`, arguments: {} });

      expect(seen).toEqual(['warning']);
    });
  },
);

test.each(['/mcp', '/servers/newer/mcp'])(
  '03 §3: sampling and roots are asked for one after the other, on %s',
  async (path) => {
    await using opened = await open(path, { sampling: {}, roots: {} });
    opened.client.setRequestHandler(CreateMessageRequestSchema, async () => ({
      model: 'test',
      role: 'assistant',
      content: { type: 'text', text: 'hi' },
    }));
    opened.client.setRequestHandler(ListRootsRequestSchema, async () => ({ roots: [{ uri: 'file:///work' }] }));
    events.length = 0;

    expect(await textOf(opened.client, path === '/mcp' ? 'newer__ask_twice' : 'ask_twice')).toContain('file:///work');
    expect(events.join('')).toContain('"text":"hi"');
  },
);

test('two sessions of one caller with equal ids get their own questions and answers', async () => {
  const sessions = await Promise.all(
    ['accept', 'decline', 'cancel'].map(async (action) => {
      const opened = await open('/mcp', { elicitation: {} });
      opened.client.setRequestHandler(ElicitRequestSchema, async () => ({ action }));
      return opened;
    }),
  );
  const names = ['older__ask', 'newer__ask', 'both__ask'];
  const answers = await Promise.all(
    sessions.map(({ client }) => Promise.all(names.map((name) => textOf(client, name)))),
  );
  await Promise.all(sessions.map(({ client }) => client.close()));

  expect(answers).toEqual(['accept', 'decline', 'cancel'].map((action) => names.map(() => action)));
});

test('03 G1: DELETE ends the session here and at the servers, and then it is unknown', async () => {
  const { client, transport } = await open('/mcp', { elicitation: {} });
  await client.callTool({ name: 'older__echo', arguments: { text: 'x' } });
  const id = transport.sessionId ?? '';
  const before = older.sessions.size;
  await transport.terminateSession();

  await until(() => older.sessions.size === before - 1, { withinMs: 5_000, what: 'the session at the server to end' });
  const headers = { ...gateway.as('admin'), 'mcp-session-id': id };
  expect((await rawMcp(gateway.mcp, headers).legacy({ method: 'ping' })).status).toBe(404);
  await client.close();
});

test('06 N05: a session of another caller, of another route, altered or invented is unknown', async () => {
  const { client, transport } = await open('/mcp');
  const id = transport.sessionId ?? '';
  const status = async (url: string, role: string, sessionId: string): Promise<number> =>
    (await rawMcp(url, { ...gateway.as(role), 'mcp-session-id': sessionId }).legacy({ method: 'ping' })).status;

  expect(await status(gateway.mcp, 'admin', id)).toBe(200);
  expect(await status(gateway.mcp, 'second', id)).toBe(404);
  expect(await status(`${gateway.url}/servers/newer/mcp`, 'admin', id)).toBe(404);
  expect(await status(gateway.mcp, 'admin', `${id.slice(0, -2)}AA`)).toBe(404);
  expect(await status(gateway.mcp, 'admin', 'invented')).toBe(404);
  await client.close();
});

test('03 G2: a session serves at another replica with the same key, without having been there', async () => {
  const masterKey = 'a master key for two replicas, 48 bytes and more: 0123456789';
  await using one = await startTestGateway({ environment: { MASTER_KEY: masterKey } });
  const opened = await rawMcp(one.mcp, one.as('admin')).initialize();

  expect(opened.sessionId).toBeDefined();
  expect((await opened.call({ method: 'ping' })).status).toBe(200);
});

test('a GET beside the calls of such a session is refused, so that no client waits on it', async () => {
  const { client, transport } = await open('/mcp');
  const headers = { ...gateway.as('admin'), 'mcp-session-id': transport.sessionId, accept: 'text/event-stream' };

  expect((await rawMcp(gateway.mcp, headers).send({ method: 'GET' })).status).toBe(405);
  await client.close();
});

test('a client without a session is served all the same', async () => {
  await using client = await connectV1(gateway.mcp, { headers: gateway.as('admin') });

  expect(await client.callTool('newer__echo', { text: 'x' })).toMatchObject({ content: [{ text: 'x' }] });
  const { messages } = await rawMcp(gateway.mcp, gateway.as('admin')).legacy({ method: 'tools/list' });
  expect(messages[0]?.result).toHaveProperty('tools');
});
