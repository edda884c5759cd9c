import { request } from 'node:http';
import { rawMcp, type RawMessage } from '@fairlead/testkit/clients';
import { freePort, until } from '@fairlead/testkit/waiting';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  beginEvents,
  sendBody,
  sendResult,
  startBackendDouble,
  type BackendDouble,
  type BackendDoubleOptions,
} from '../support/backend-double.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/start-test-gateway.ts';

const read = {
  name: 'read',
  inputSchema: { type: 'object' },
  _meta: { 'dev.fairlead/permission': 'bad:read', 'dev.fairlead/effect': 'read' },
};
const write = {
  name: 'write',
  inputSchema: { type: 'object' },
  _meta: { 'dev.fairlead/permission': 'bad:write', 'dev.fairlead/effect': 'write' },
};

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

interface Scene {
  readonly bad: BackendDouble;
  readonly gateway: TestGateway;
}

async function setUp(
  answers: BackendDoubleOptions['answers'] = {},
  options: Partial<TestGatewayOptions> & { config?: Record<string, unknown> } = {},
): Promise<Scene> {
  const bad = stack.use(await startBackendDouble({ tools: [read, write], prompts: [{ name: 'p' }], answers }));
  const good = stack.use(await startBackendDouble({ tools: [{ name: 'fine', inputSchema: { type: 'object' } }] }));
  const servers = {
    bad: { url: bad.url, trust: 'internal', owner: 'bad-team', ...options.config },
    good: { url: good.url },
  };
  const gateway = stack.use(await startTestGateway({ ...options, servers }));
  return { bad, gateway };
}

function call(gateway: TestGateway, name = 'bad__read', init: { method?: string; signal?: AbortSignal } = {}) {
  return rawMcp(gateway.mcp, gateway.as('admin')).modern({
    method: init.method ?? 'tools/call',
    params: { name, arguments: {} },
    ...(init.signal === undefined ? {} : { signal: init.signal }),
  });
}

/** Code of ours in a tool result or an error. */
function codeOf(message: RawMessage | undefined): unknown {
  const meta = message?.result?.['_meta'];
  if (typeof meta === 'object' && meta !== null && 'dev.fairlead/error' in meta) {
    const error = meta['dev.fairlead/error'];
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  }
  const data = message?.error?.data;
  return typeof data === 'object' && data !== null && 'code' in data ? data.code : undefined;
}

test('04 §15: a server that is gone is UPSTREAM_DOWN; its tools stay listed as stale and the others answer', async () => {
  const { bad, gateway } = await setUp();
  await bad.stop();

  const first = await call(gateway);
  expect(first.status).toBe(200);
  expect(first.messages[0]?.result).toMatchObject({ isError: true, resultType: 'complete' });
  expect(codeOf(first.messages[0])).toBe('UPSTREAM_DOWN');
  await until(async () => (await call(gateway)).text.includes('is tried again at'), {
    withinMs: 5_000,
    what: 'the state down',
  });

  const list = await rawMcp(gateway.mcp, gateway.as('admin')).modern({ method: 'tools/list' });
  expect(list.messages[0]?.result).toMatchObject({
    tools: [{ name: 'bad__read' }, { name: 'bad__write' }, { name: 'good__fine' }],
    _meta: { 'dev.fairlead/stale': { bad: expect.any(String) } },
  });
  expect((await call(gateway, 'good__fine')).messages[0]?.result).toMatchObject({ content: [{ text: 'done' }] });
  expect(await gateway.auditRecord(({ code }) => code === 'UPSTREAM_DOWN')).toMatchObject({
    tool: 'bad__read',
    outcome: 'failed',
    decision: { outcome: 'allow' },
  });
});

test('04 G-74: a server that was restarted is back within five seconds', async () => {
  const { bad, gateway } = await setUp();
  await bad.stop();
  await until(async () => (await call(gateway)).text.includes('is tried again at'), {
    withinMs: 5_000,
    what: 'the state down',
  });

  const restarted = stack.use(await startBackendDouble({ tools: [read, write], port: bad.port }));

  await until(async () => (await call(gateway)).text.includes('done'), {
    withinMs: 5_000,
    what: 'an answer of the restarted server',
  });
  expect(restarted.calls('tools/call')).toHaveLength(1);
});

test('04 §15: a method that is no tool call gets a JSON-RPC error instead', async () => {
  const { bad, gateway } = await setUp();
  await bad.stop();
  const { status, messages } = await call(gateway, 'bad__p', { method: 'prompts/get' });

  expect(status).toBe(200);
  expect(messages[0]?.error).toMatchObject({ code: -31_007, data: { code: 'UPSTREAM_DOWN' } });
});

test('04 §15: a server that does not answer in time is UPSTREAM_TIMEOUT, and a write may have run', async () => {
  const { gateway } = await setUp({ 'tools/call': () => {} }, { config: { timeout: '300ms' } });
  const [readAnswer, writeAnswer] = await Promise.all([call(gateway), call(gateway, 'bad__write')]);

  expect(codeOf(readAnswer.messages[0])).toBe('UPSTREAM_TIMEOUT');
  expect(readAnswer.text).toContain('nothing was changed');
  expect(codeOf(writeAnswer.messages[0])).toBe('UPSTREAM_TIMEOUT');
  expect(writeAnswer.text).toContain('may have run');
});

test.each<[string, NonNullable<BackendDoubleOptions['answers']>[string]]>([
  ['no JSON', (_seen, response) => sendBody(response, '<html>')],
  ['the id of another request', (_seen, response) => sendBody(response, { jsonrpc: '2.0', id: 'other', result: {} })],
  ['a redirect', (_seen, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  [
    'compression that nobody asked for',
    (_seen, response) =>
      void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('xx'),
  ],
  [
    'more than 32 MiB',
    (_seen, response) =>
      void response.writeHead(200, { 'content-type': 'text/plain' }).end(Buffer.alloc(33 * 1024 * 1024, 'a')),
  ],
])(
  '04 §15, 06 N20: an answer that cannot be read is UPSTREAM_INVALID and names the owner: %s',
  async (_kind, byHand) => {
    const { gateway } = await setUp({ 'tools/call': byHand });
    const { status, messages, text } = await call(gateway);

    expect(status).toBe(200);
    expect(codeOf(messages[0])).toBe('UPSTREAM_INVALID');
    expect(text).toContain('(bad-team)');
    expect(text).not.toContain('127.0.0.1');
  },
);

test.each([401, 403])('03 C16: status %i of a server is UPSTREAM_AUTH, never the client’s own', async (refusal) => {
  const { gateway } = await setUp({ 'tools/call': (_seen, response) => sendBody(response, {}, refusal) });
  const { status, messages, headers } = await call(gateway);

  expect(status).toBe(200);
  expect(codeOf(messages[0])).toBe('UPSTREAM_AUTH');
  expect(headers).not.toHaveProperty('www-authenticate');
});

test('the rate limit of a server is passed on with its wait', async () => {
  const { gateway } = await setUp({
    'tools/call': (_seen, response) => void response.writeHead(429, { 'retry-after': '7' }).end(),
  });
  const { headers, messages } = await call(gateway);

  expect(headers['retry-after']).toBe('7');
  expect(codeOf(messages[0])).toBe('UPSTREAM_RATE_LIMITED');
});

test('03 C3: an error of the server passes word for word', async () => {
  const error = {
    code: -32_021,
    message: 'Need sampling',
    data: { requiredCapabilities: { sampling: {} }, vendor: [1, { deep: true }] },
  };
  const { gateway } = await setUp({
    'tools/call': ({ message }, response) =>
      sendBody(response, { jsonrpc: '2.0', id: message.id, error, vendor: 1 }, 400),
  });
  const { status, messages } = await call(gateway);

  expect(status).toBe(400);
  expect(messages[0]).toMatchObject({ error, vendor: 1 });
});

test('04 §15: a stream that breaks off ends in an error event, and is not retried', async () => {
  const { bad, gateway } = await setUp({
    'tools/call': (_seen, response) => {
      beginEvents(response)({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken: 1, progress: 1 },
      });
      setTimeout(() => response.destroy(), 20);
    },
  });
  const { status, messages } = await call(gateway);

  expect(status).toBe(200);
  expect(messages).toHaveLength(2);
  expect(messages[0]).toMatchObject({ method: 'notifications/progress' });
  expect(codeOf(messages[1])).toBe('UPSTREAM_DOWN');
  expect(bad.calls('tools/call')).toHaveLength(1);
});

test('03 C2: an answer beyond what is held passes as it comes, byte by byte', async () => {
  const blob = 'x'.repeat(300_000);
  const { gateway } = await setUp({
    'tools/call': (seen, response) =>
      sendResult(response, seen, { resultType: 'complete', content: [{ type: 'text', text: blob }] }),
  });
  const { messages } = await call(gateway);

  expect(messages[0]?.result).toMatchObject({ content: [{ text: blob }] });
});

test('04 G-14: a large answer with the id of another request is cut off', async () => {
  const { gateway } = await setUp({
    'tools/call': (_seen, response) =>
      sendBody(response, { jsonrpc: '2.0', result: { text: 'x'.repeat(300_000) }, id: 'other' }),
  });

  await expect(call(gateway)).rejects.toThrow(/aborted|socket hang up|ECONNRESET/);
  expect(await gateway.auditRecord(({ code }) => code === 'UPSTREAM_INVALID')).toMatchObject({ outcome: 'failed' });
});

test('03 C7: when the client goes, the server’s connection is closed within a second', async () => {
  const { bad, gateway } = await setUp({ 'tools/call': () => {} });
  const abort = new AbortController();
  const left = call(gateway, 'bad__read', { signal: abort.signal }).catch(() => 'left');
  await until(() => bad.calls('tools/call').length === 1, { withinMs: 5_000, what: 'the call to arrive' });

  abort.abort();

  expect(await left).toBe('left');
  await until(() => bad.abandoned() === 1, { withinMs: 1_000, what: 'the connection to be closed' });
  expect(await gateway.auditRecord(({ code }) => code === 'CALL_CANCELLED')).toMatchObject({
    tool: 'bad__read',
    outcome: 'failed',
  });
});

test('04 G-75: a read whose connection broke before an answer is tried again, a write is not', async () => {
  let fails = 1;
  const { bad, gateway } = await setUp({
    'tools/call': (seen, response) => {
      if (fails > 0) {
        fails -= 1;
        response.destroy();
      } else sendResult(response, seen, { resultType: 'complete', content: [{ type: 'text', text: 'second' }] });
    },
  });

  expect((await call(gateway)).messages[0]?.result).toMatchObject({ content: [{ text: 'second' }] });
  fails = 1;
  expect(codeOf((await call(gateway, 'bad__write')).messages[0])).toBe('UPSTREAM_DOWN');
  expect(bad.calls('tools/call').filter(({ message }) => message.params?.['name'] === 'write')).toHaveLength(1);
});

test('04 G-74: after five failures in a row calls are answered without trying', async () => {
  const { bad, gateway } = await setUp({ 'tools/call': (_seen, response) => void response.destroy() });
  for (let time = 0; time < 5; time += 1) await call(gateway, 'bad__write');
  const before = bad.calls('tools/call').length;

  expect(codeOf((await call(gateway, 'bad__write')).messages[0])).toBe('UPSTREAM_DOWN');
  expect(bad.calls('tools/call')).toHaveLength(before);
  // Reads and writes fail apart.
  expect(bad.calls('tools/call').length).toBeLessThanOrEqual(5);
});

test('04 G-22: with every server down the gateway starts, lists nothing and says so', async () => {
  const port = await freePort();
  const gateway = stack.use(await startTestGateway({ servers: { bad: { url: `http://127.0.0.1:${port}/mcp` } } }));
  const { status, messages } = await rawMcp(gateway.mcp, gateway.as('admin')).modern({ method: 'tools/list' });

  expect(status).toBe(200);
  expect(messages[0]?.result).toMatchObject({ tools: [] });
});

test('03 H6, A5: no byte of the caller’s credential reaches a server, in header or body', async () => {
  const { bad, gateway } = await setUp();
  const secretPart = gateway.keys['admin']?.split('_')[2] ?? '';
  await call(gateway);
  await rawMcp(gateway.mcp, {
    'x-api-key': gateway.keys['admin'],
    cookie: `key=${secretPart}`,
    'x-fairlead-user': 'root',
    'x-forwarded-for': '1.2.3.4',
  }).modern({
    method: 'tools/call',
    params: { name: 'bad__read', arguments: {} },
  });

  const everything = JSON.stringify(bad.seen);
  expect(secretPart).toHaveLength(43);
  expect(everything).not.toContain(secretPart);
  expect(everything).not.toContain('x-fairlead-user');
  expect(everything).not.toContain('1.2.3.4');
});

test('03 H5, C1, H3: trace, unknown fields and vendor _meta go along; name and header are the server’s', async () => {
  const { bad, gateway } = await setUp();
  const traceId = 'a'.repeat(32);
  await rawMcp(gateway.mcp, gateway.as('admin')).modern({
    method: 'tools/call',
    params: {
      name: 'bad__read',
      arguments: { big: 1 },
      vendor: { deep: [1] },
      _meta: { 'com.example/x': 1, traceparent: `00-${traceId}-${'b'.repeat(16)}-01` },
    },
    headers: { 'mcp-param-unknown': 'kept' },
  });
  const [seen] = bad.calls('tools/call');

  expect(seen?.headers).toMatchObject({
    'mcp-name': 'read',
    'mcp-method': 'tools/call',
    'mcp-param-unknown': 'kept',
    traceparent: expect.stringContaining(traceId),
  });
  expect(seen?.message.params).toMatchObject({
    name: 'read',
    vendor: { deep: [1] },
    _meta: { 'com.example/x': 1, traceparent: seen?.headers['traceparent'] },
  });
});

test('04 G-12: numbers that a double cannot hold reach the server as they were written', async () => {
  const { bad, gateway } = await setUp();
  const body =
    '{"jsonrpc":"2.0","id":9007199254740993,"method":"tools/call","params":{"name":"bad__read","arguments":{"n":12345678901234567890,"e":1e400},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}';
  await rawMcp(gateway.mcp, gateway.as('admin')).send({
    body,
    headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'bad__read' },
  });

  expect(bad.calls('tools/call')[0]?.body).toContain('"arguments":{"n":12345678901234567890,"e":1e400}');
});

test('06 N06: a hundred callers with the same id each get their own answer', async () => {
  const { gateway } = await setUp({
    'tools/call': (seen, response) =>
      void setTimeout(
        () =>
          sendResult(response, seen, {
            resultType: 'complete',
            content: [{ type: 'text', text: JSON.stringify(seen.message.params?.['arguments']) }],
          }),
        Math.random() * 20,
      ),
  });
  const client = rawMcp(gateway.mcp, gateway.as('admin'));
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_value, index) =>
      client.modern({ id: 1, method: 'tools/call', params: { name: 'bad__read', arguments: { index } } }),
    ),
  );

  expect(answers.map(({ messages }) => messages[0]?.result)).toMatchObject(
    Array.from({ length: 60 }, (_value, index) => ({ content: [{ text: JSON.stringify({ index }) }] })),
  );
});

test('03 A7: a revoked key loses its open stream within five seconds, and the server’s side is closed', async () => {
  const { bad, gateway } = await setUp({
    'subscriptions/listen': (_seen, response) =>
      beginEvents(response)({ jsonrpc: '2.0', method: 'notifications/subscriptions/acknowledged' }),
  });
  const admin = { ...gateway.as('admin'), 'content-type': 'application/json' };
  const made = await fetch(`${gateway.url}/api/v1/keys`, {
    method: 'POST',
    headers: admin,
    body: JSON.stringify({ name: 'short', roles: ['admin'] }),
  });
  const { id, key } = z.object({ id: z.string(), key: z.string() }).parse(await made.json());
  const stream = rawMcp(`${gateway.url}/servers/bad/mcp`, { 'x-api-key': key }).modern({
    method: 'subscriptions/listen',
    params: { notifications: { toolsListChanged: true } },
  });
  await until(() => bad.calls('subscriptions/listen').length === 1, { withinMs: 5_000, what: 'the stream to open' });

  await fetch(`${gateway.url}/api/v1/keys/${id}`, { method: 'DELETE', headers: admin });

  expect((await stream).status).toBe(200);
  await until(() => bad.abandoned() === 1, { withinMs: 5_000, what: 'the connection to the server to be closed' });
});

test('04 G-77: at a drain open calls end, streams end in a planned way, and new ones are told to wait', async () => {
  const { bad, gateway } = await setUp({
    'tools/call': (seen, response) =>
      void setTimeout(() => sendResult(response, seen, { resultType: 'complete', content: [] }), 400),
    'subscriptions/listen': ({ message }, response) =>
      beginEvents(response)({
        jsonrpc: '2.0',
        method: 'notifications/subscriptions/acknowledged',
        params: { _meta: { 'io.modelcontextprotocol/subscriptionId': message.id } },
      }),
  });
  const stream = rawMcp(`${gateway.url}/servers/bad/mcp`, gateway.as('admin')).modern({
    id: 'sub',
    method: 'subscriptions/listen',
    params: { notifications: { toolsListChanged: true } },
  });
  const open = call(gateway);
  await until(() => bad.calls('tools/call').length === 1 && bad.calls('subscriptions/listen').length >= 1, {
    withinMs: 5_000,
    what: 'both to arrive',
  });
  const kept = request(`${gateway.url}/mcp`, { method: 'POST' });
  kept.on('error', () => {});

  const stopped = gateway.stop();

  expect((await open).messages[0]?.result).toMatchObject({ resultType: 'complete' });
  expect((await stream).messages.at(-1)).toMatchObject({
    id: 'sub',
    result: { resultType: 'complete', _meta: { 'io.modelcontextprotocol/subscriptionId': 'sub' } },
  });
  kept.destroy();
  await stopped;
  await expect(call(gateway)).rejects.toThrow(/ECONNREFUSED/);
});
