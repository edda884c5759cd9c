import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestService, type TestService } from '@fairlead/server-kit/testing';
import { legacy, send } from '../mcp-request.ts';
import { createProbeService, type ProbeDeps } from '../probe-service.ts';

const deps: ProbeDeps = { ran: [], aborted: [], changes: undefined };
let service: TestService;

beforeAll(async () => {
  service = await startTestService(createProbeService(deps), {
    roles: { ana: { allow: ['*'], deny: [] }, ben: { allow: ['*'], deny: [] } },
  });
});

afterAll(() => service.stop());

const serverOf = (role: string) => ({ url: service.mcpUrl, key: service.keys[role] ?? '' });
const hello = {
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
};

async function openSession(role: string): Promise<string> {
  const { headers } = await legacy(serverOf(role), hello);
  return headers.get('mcp-session-id') ?? '';
}

test('P-12, E2: initialize makes a session with 128 random bits and answers a version that it speaks', async () => {
  const { headers, last } = await legacy(serverOf('ana'), {
    ...hello,
    params: { ...hello.params, protocolVersion: '2026-07-28' },
  });

  expect(headers.get('mcp-session-id')).toMatch(/^[0-9a-f]{32}$/);
  expect(last.result).toMatchObject({ protocolVersion: '2025-11-25', serverInfo: { name: 'fairlead-probe' } });
});

test('P-12, N05: a session is unknown to every other caller', async () => {
  const session = await openSession('ana');

  const own = await legacy(serverOf('ana'), { method: 'tools/list' }, { headers: { 'mcp-session-id': session } });
  const foreign = await legacy(serverOf('ben'), { method: 'tools/list' }, { headers: { 'mcp-session-id': session } });
  const missing = await legacy(
    serverOf('ben'),
    { method: 'tools/list' },
    { headers: { 'mcp-session-id': 'f'.repeat(32) } },
  );

  expect(own.status).toBe(200);
  expect([foreign.status, foreign.last]).toEqual([missing.status, missing.last]);
  expect(missing.status).toBe(404);
});

test('serves tools, resources and prompts in a session', async () => {
  const headers = { 'mcp-session-id': await openSession('ana') };

  const call = await legacy(
    serverOf('ana'),
    { method: 'tools/call', params: { name: 'echo_text', arguments: { text: 'hi' } } },
    { headers },
  );
  const read = await legacy(
    serverOf('ana'),
    { method: 'resources/read', params: { uri: 'probe://lamp' } },
    { headers },
  );
  const ping = await legacy(serverOf('ana'), { method: 'ping' }, { headers });

  expect(call.last.result).toMatchObject({ structuredContent: { text: 'hi', caller: 'ana' } });
  expect(read.last.result).toMatchObject({ contents: [{ text: 'A lamp.' }] });
  expect(ping.last.result).toEqual({});
});

test('P-04: in a session too, what needs no notification comes as JSON, the opening and an error included', async () => {
  const opening = await legacy(serverOf('ana'), hello);
  const headers = { 'mcp-session-id': opening.headers.get('mcp-session-id') ?? '' };
  const read = (uri: string) => legacy(serverOf('ana'), { method: 'resources/read', params: { uri } }, { headers });

  const answers = [opening, await read('probe://lamp'), await read('probe://nothing')];

  expect(answers.map((answer) => answer.headers.get('content-type'))).toEqual(answers.map(() => 'application/json'));
  expect(answers.at(-1)?.last.error).toBeDefined();
});

test('DELETE ends a session', async () => {
  const session = await openSession('ana');

  const ended = await fetch(service.mcpUrl, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${service.keys['ana'] ?? ''}`, 'mcp-session-id': session },
  });
  const after = await legacy(serverOf('ana'), { method: 'ping' }, { headers: { 'mcp-session-id': session } });

  expect(ended.status).toBe(200);
  expect(after.status).toBe(404);
});

test('A7: a GET with a session still needs the credential', async () => {
  const session = await openSession('ana');

  const response = await fetch(service.mcpUrl, { headers: { accept: 'text/event-stream', 'mcp-session-id': session } });

  expect(response.status).toBe(401);
});

test('tells a session over its GET stream what changed', async () => {
  const session = await openSession('ana');
  const headers = { authorization: `Bearer ${service.keys['ana'] ?? ''}`, 'mcp-session-id': session };
  await legacy(serverOf('ana'), { method: 'resources/subscribe', params: { uri: 'probe://lamp' } }, { headers });
  const stream = await fetch(service.mcpUrl, { headers: { ...headers, accept: 'text/event-stream' } });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();

  deps.changes?.resourceUpdated('probe://rope');
  deps.changes?.resourceUpdated('probe://lamp');
  deps.changes?.toolsChanged();

  let text = '';
  while (!text.includes('tools/list_changed')) text += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  expect(text).toContain('probe://lamp');
  expect(text).not.toContain('probe://rope');
});

test('E3: refuses a stray response, and a client that takes only one form of answer', async () => {
  const stray = await send(serverOf('ana'), { jsonrpc: '2.0', id: 1, result: {} });
  const narrow = await legacy(serverOf('ana'), { method: 'tools/list' }, { headers: { accept: 'application/json' } });

  expect([stray.status, narrow.status]).toEqual([400, 406]);
});

test('E4: serves a legacy client without a session, and offers it no change notices', async () => {
  const stateless = await startTestService(createProbeService(), { environment: { MCP_SESSIONS: 'off' } });
  const server = { url: stateless.mcpUrl, key: stateless.keys['admin'] ?? '' };

  const opened = await legacy(server, hello);
  const call = await legacy(server, { method: 'tools/call', params: { name: 'echo_text', arguments: { text: 'x' } } });
  const notified = await send(server, { jsonrpc: '2.0', method: 'notifications/initialized' });
  await stateless.stop();

  expect(opened.headers.get('mcp-session-id')).toBeNull();
  expect(opened.last.result).toMatchObject({
    protocolVersion: '2025-11-25',
    capabilities: { tools: {}, resources: {} },
  });
  expect(call.last.result).toMatchObject({ structuredContent: { text: 'x' } });
  expect(notified.status).toBe(202);
});
